package org.switchwright.simulation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Whose turn it is, where a queue takes agents in turn: told from whom it offered calls before. */
final class Turns {
  private final Map<QueueId, AgentId> offered = new HashMap<>();
  private final Map<CallId, AgentId> tried = new HashMap<>();

  /**
   * @param before the site before the event
   */
  void happened(SiteState before, SiteEvent event) {
    switch (event) {
      case SiteEvent.AgentReserved it -> {
        SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
        if (!before.lent().containsKey(it.agent())) {
          offered.put(call.queue(), it.agent());
        }
        tried.put(call.id(), it.agent());
      }
      // Wherever a call comes to, it is tried there from the beginning.
      case SiteEvent.CallOverflowed it -> tried.remove(it.call());
      case SiteEvent.CallTransferred it -> tried.remove(it.offer().call());
      case SiteEvent.CallRequeued it -> tried.remove(it.offer().call());
      case SiteEvent.ConsultBegan it -> tried.remove(it.offer().call());
      case SiteEvent.CallStepped it -> {
        SiteCall call = Objects.requireNonNull(before.calls().get(it.call()));
        if (it.aim().flatMap(Route.Aim::queue).filter(to -> !to.equals(call.queue())).isPresent()) {
          tried.remove(it.call());
        }
      }
      case SiteEvent.CallLeft it -> tried.remove(it.call());
      default -> {}
    }
  }

  /**
   * Who comes next; empty where the queue's rule is another one.
   *
   * @param candidates who will do equally well, of one tier; at least one
   */
  Optional<AgentId> next(Choosing choosing, SiteCall call, List<AgentId> candidates) {
    return switch (choosing.by()) {
      case ROUND_ROBIN ->
          Optional.of(after(choosing, offered.get(call.queue()), inOrder(choosing, candidates)));
      case TOP_DOWN ->
          Optional.of(after(choosing, tried.get(call.id()), inOrder(choosing, candidates)));
      default -> Optional.empty();
    };
  }

  static List<AgentId> inOrder(Choosing choosing, List<AgentId> candidates) {
    return candidates.stream().sorted(order(choosing)).toList();
  }

  private static Comparator<AgentId> order(Choosing choosing) {
    return Comparator.comparingInt((AgentId agent) -> member(choosing, agent).position())
        .thenComparing(agent -> agent.value());
  }

  private static AgentId after(Choosing choosing, @Nullable AgentId last, List<AgentId> line) {
    boolean sameTier =
        last != null && member(choosing, last).tier() == member(choosing, line.getFirst()).tier();
    return line.stream()
        .filter(agent -> sameTier && order(choosing).compare(agent, last) > 0)
        .findFirst()
        .orElse(line.getFirst());
  }

  private static Choosing.Member member(Choosing choosing, AgentId agent) {
    Choosing.Member member = choosing.members().get(agent);
    return member == null ? new Choosing.Member(1, 1) : member;
  }
}

package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Routing;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.Widening;
import org.switchwright.domain.site.Workload;

/**
 * What a call needs and whom its queue would rather take, told from the configuration and from what
 * was written of its waiting: a second time and otherwise than the site does, one after the other.
 */
final class Needs {
  /** The site compares occupancies in thousandths. */
  private static final double ROUNDED = 0.002;

  private Needs() {}

  /**
   * Which of the requirements an agent meets: 0 for the strategy's or else the queue's own, n for
   * the queue's n-th widening's, less than 0 for none.
   */
  static int met(SiteState state, SiteAgent agent, SiteCall call) {
    return met(state, state, agent, call);
  }

  /**
   * The same.
   *
   * @param looked the site when it was looked whether a widening's figure is as it has to be
   */
  static int met(SiteState state, SiteState looked, SiteAgent agent, SiteCall call) {
    if (call.directedTo().isPresent()) {
      return call.directedTo().get().equals(agent.id()) ? 0 : -1;
    }
    if (!asks(state, agent, call)) {
      return -1;
    }
    Optional<Routing> routing = call.routing().filter(it -> it.required().isPresent());
    if (routing.isPresent()) {
      boolean own = has(agent, routing.get().required().get());
      return own || routing.get().alternatives().stream().anyMatch(it -> has(agent, it)) ? 0 : -1;
    }
    Queue queue = queue(state, call.queue());
    if (has(agent, queue.required())) {
      return 0;
    }
    for (int at = 0; at < queue.widenings().size(); at++) {
      Widening widening = queue.widenings().get(at);
      if (widening.after().compareTo(call.widened()) <= 0
          && has(agent, widening.required())
          && holds(looked, queue, widening)) {
        return at + 1;
      }
    }
    return -1;
  }

  /** Whether a widening's figure is as it has to be. */
  private static boolean holds(SiteState state, Queue queue, Widening widening) {
    if (widening.onlyIf().isEmpty()) {
      return true;
    }
    Widening.Condition condition = widening.onlyIf().get();
    long figure = 0;
    switch (condition.figure()) {
      case WAITING -> {
        for (SiteCall call : state.calls().values()) {
          boolean waits = call.stand() instanceof SiteCall.Stand.Waiting;
          figure += waits && call.queue().equals(queue.id()) ? 1 : 0;
        }
      }
      case FREE_AGENTS -> {
        for (SiteAgent agent : state.agents().values()) {
          figure += SiteBooks.free(agent) && has(agent, widening.required()) ? 1 : 0;
        }
      }
      case STAFFED -> {
        for (SiteAgent agent : state.agents().values()) {
          figure += staffed(agent) && has(agent, queue.required()) ? 1 : 0;
        }
      }
    }
    return condition.atLeast() ? figure >= condition.limit() : figure <= condition.limit();
  }

  /** Whether the queue has this agent, and the call has waited for each tier before the agent's. */
  private static boolean asks(SiteState state, SiteAgent agent, SiteCall call) {
    Choosing choosing = queue(state, call.queue()).choosing();
    if (choosing.members().isEmpty()) {
      return true;
    } else if (!choosing.members().containsKey(agent.id())) {
      return false;
    }
    Set<Integer> before = new HashSet<>();
    choosing
        .members()
        .forEach((id, member) -> {
          SiteAgent other = state.agents().get(id);
          if (other != null && staffed(other) && member.tier() < tier(choosing, agent)) {
            before.add(member.tier());
          }
        });
    Duration wait = choosing.tierWait().multipliedBy(before.size());
    return wait.compareTo(call.widened()) <= 0;
  }

  private static boolean staffed(SiteAgent agent) {
    return !(agent.wish() instanceof Wish.LoggedOut);
  }

  static int tier(Choosing choosing, SiteAgent agent) {
    Choosing.Member member = choosing.members().get(agent.id());
    return member == null ? 1 : member.tier();
  }

  private static int position(Choosing choosing, SiteAgent agent) {
    Choosing.Member member = choosing.members().get(agent.id());
    return member == null ? 1 : member.position();
  }

  /**
   * Whether the queue would rather take one agent than the other, who both meet the same
   * requirement. Whose turn it is {@link Turns} tell; chance shows nothing.
   */
  static boolean rather(
      SiteState state, SiteCall call, int met, SiteAgent one, SiteAgent other, Instant now) {
    Choosing choosing = queue(state, call.queue()).choosing();
    int tiers = Integer.compare(tier(choosing, one), tier(choosing, other));
    if (choosing.by() != AgentChoice.WEIGHTED_RANDOM && tiers != 0) {
      return tiers < 0;
    }
    Workload its = one.workload();
    Workload others = other.workload();
    return switch (choosing.by()) {
      case LONGEST_IDLE, RING_ALL -> one.idleSince().isBefore(other.idleSince());
      case FEWEST_CALLS -> its.calls() < others.calls();
      case LEAST_TALK_TIME -> its.talked().toSeconds() < others.talked().toSeconds();
      case LEAST_OCCUPIED -> share(its, now) < share(others, now) - ROUNDED;
      case MOST_SKILLED -> {
        Set<Skill> skills = skills(state, call, met);
        yield levels(one, skills) > levels(other, skills);
      }
      case IN_ORDER, RING_PROGRESSIVELY -> position(choosing, one) < position(choosing, other);
      case ROUND_ROBIN, TOP_DOWN, RANDOM, WEIGHTED_RANDOM -> false;
    };
  }

  private static double share(Workload workload, Instant now) {
    double staffed = Duration.between(workload.since(), now).toMillis();
    return staffed <= 0 ? 0 : Math.min(1, workload.busy().toMillis() / staffed);
  }

  /** All that the requirement names, or the strategy's requirements of which any will do. */
  private static Set<Skill> skills(SiteState state, SiteCall call, int met) {
    Queue queue = queue(state, call.queue());
    Set<Skill> skills = new HashSet<>();
    call.routing()
        .map(Routing::anyOf)
        .filter(anyOf -> !anyOf.isEmpty())
        .orElseGet(
            () -> List.of(met == 0 ? queue.required() : queue.widenings().get(met - 1).required()))
        .forEach(required -> skills.addAll(required.keySet()));
    return skills;
  }

  private static int levels(SiteAgent agent, Set<Skill> skills) {
    return skills.stream().mapToInt(skill -> agent.skills().getOrDefault(skill, 0)).sum();
  }

  static Queue queue(SiteState state, QueueId id) {
    Queue queue = known(state, id);
    if (queue == null) {
      throw new IllegalStateException("Expected queue " + id + ", but there is none");
    }
    return queue;
  }

  /** Null where the configuration does not have it any more. */
  static @Nullable Queue known(SiteState state, QueueId id) {
    for (Queue each : state.configuration().orElseThrow().queues()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  static boolean has(SiteAgent agent, SortedMap<Skill, Integer> required) {
    for (var need : required.entrySet()) {
      if (agent.skills().getOrDefault(need.getKey(), -1) < need.getValue()) {
        return false;
      }
    }
    return true;
  }
}

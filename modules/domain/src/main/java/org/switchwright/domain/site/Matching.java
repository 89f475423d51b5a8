package org.switchwright.domain.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Considered;
import org.switchwright.domain.routing.RoutingDecision.Rule;
import org.switchwright.domain.routing.RoutingDecision.Verdict;

/**
 * Which waiting call gets which free agent.
 *
 * <ol>
 *   <li>Calls are taken by priority, then by their place.
 *   <li>Each gets, of the free agents with the skills and levels that its queue requires, the one
 *       who has been idle the longest.
 *   <li>A call for whom nobody is free stays, and does not hold up the calls behind it.
 * </ol>
 */
final class Matching {
  private final SiteState state;
  private final Set<AgentId> reserved = new HashSet<>();
  private @Nullable List<SiteAgent> free;
  private @Nullable List<SiteAgent> others;

  Matching(SiteState state) {
    this.state = state;
  }

  /** Sorted only where somebody waits: most decisions of a large site match nobody. */
  private List<SiteAgent> free() {
    List<SiteAgent> sorted = free;
    if (sorted == null) {
      sorted = longestIdleFirst(true);
      free = sorted;
    }
    return sorted;
  }

  private List<SiteAgent> others() {
    List<SiteAgent> sorted = others;
    if (sorted == null) {
      sorted = longestIdleFirst(false);
      others = sorted;
    }
    return sorted;
  }

  private List<SiteAgent> longestIdleFirst(boolean whoAreFree) {
    List<SiteAgent> agents = new ArrayList<>();
    for (SiteAgent agent : state.agents().values()) {
      if (agent.free() == whoAreFree) {
        agents.add(agent);
      }
    }
    agents.sort(SiteAgent.LONGEST_IDLE);
    return agents;
  }

  /** A call, the agent who gets it, and why. */
  record Match(SiteCall call, AgentId agent, RoutingDecision decision) {}

  List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    if (!state.anyWaiting() || free().isEmpty()) {
      return matches;
    }
    // Of many who wait few are served at once: a heap spares the rest their order.
    Queue<SiteCall> waiting = new PriorityQueue<>(SiteCall.PLACE);
    waiting.addAll(state.waiting());
    Set<QueueId> hopeless = new HashSet<>();
    int passedOver = 0;
    while (!waiting.isEmpty() && matches.size() < free().size()) {
      SiteCall call = waiting.remove();
      @Nullable SiteAgent agent = hopeless.contains(call.queue()) ? null : best(call);
      if (agent == null) {
        hopeless.add(call.queue());
        passedOver++;
      } else {
        matches.add(new Match(call, agent.id(), record(call, agent, passedOver)));
        reserved.add(agent.id());
      }
    }
    return matches;
  }

  /** Whether somebody who is free could serve this call, were it the only one. */
  boolean serves(SiteCall call) {
    return best(call) != null;
  }

  private @Nullable SiteAgent best(SiteCall call) {
    SortedMap<Skill, Integer> required = state.queue(call.queue()).required();
    for (SiteAgent agent : free()) {
      if (!reserved.contains(agent.id()) && agent.missing(required) == null) {
        return agent;
      }
    }
    return null;
  }

  private RoutingDecision record(SiteCall call, SiteAgent chosen, int passedOver) {
    SortedMap<Skill, Integer> required = state.queue(call.queue()).required();
    List<Considered> considered = new ArrayList<>(RoutingDecision.MAX_NAMED);
    considered.add(consider(chosen, chosen, required));
    name(free(), chosen, required, considered);
    if (considered.size() < RoutingDecision.MAX_NAMED) {
      name(others(), chosen, required, considered);
    }
    int unnamed = state.agents().size() - considered.size();
    return new RoutingDecision(
        call.queue(), chosen.id(), Rule.LONGEST_IDLE, passedOver, considered, unnamed);
  }

  private void name(
      List<SiteAgent> agents,
      SiteAgent chosen,
      SortedMap<Skill, Integer> required,
      List<Considered> considered) {
    for (SiteAgent agent : agents) {
      if (considered.size() == RoutingDecision.MAX_NAMED) {
        return;
      }
      if (!agent.id().equals(chosen.id())) {
        considered.add(consider(agent, chosen, required));
      }
    }
  }

  private Considered consider(
      SiteAgent agent, SiteAgent chosen, SortedMap<Skill, Integer> required) {
    if (agent.id().equals(chosen.id())) {
      return new Considered(agent.id(), Verdict.CHOSEN, null, agent.idleSince());
    }
    if (agent.wish() instanceof Wish.LoggedOut) {
      return new Considered(agent.id(), Verdict.LOGGED_OUT, null, null);
    }
    Skill missing = agent.missing(required);
    if (missing != null) {
      Verdict verdict =
          agent.skills().containsKey(missing) ? Verdict.LEVEL_TOO_LOW : Verdict.LACKS_SKILL;
      return new Considered(agent.id(), verdict, missing, null);
    }
    @Nullable Verdict working =
        switch (agent.work()) {
          case SiteAgent.Work.Free _ -> null;
          case SiteAgent.Work.Resting _ -> Verdict.RESTING;
          case SiteAgent.Work.Judged _ -> Verdict.UNDER_JUDGEMENT;
          case SiteAgent.Work.Reserved _ -> Verdict.RESERVED;
          case SiteAgent.Work.Talking _ -> Verdict.TALKING;
          case SiteAgent.Work.WrappingUp _ -> Verdict.WRAPPING_UP;
        };
    if (working != null) {
      return new Considered(agent.id(), working, null, since(agent));
    }
    if (agent.wish() instanceof Wish.NotReady) {
      return new Considered(agent.id(), Verdict.NOT_READY, null, null);
    }
    if (agent.station().isEmpty()) {
      return new Considered(agent.id(), Verdict.NO_STATION, null, null);
    }
    Verdict verdict = reserved.contains(agent.id()) ? Verdict.RESERVED : Verdict.IDLE_FOR_LESS;
    return new Considered(agent.id(), verdict, null, agent.idleSince());
  }

  private static @Nullable Instant since(SiteAgent agent) {
    return agent.work() instanceof SiteAgent.Work.Talking talking ? talking.since() : null;
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Considered;
import org.switchwright.domain.routing.RoutingDecision.Verdict;

/**
 * Which waiting call gets which free agent.
 *
 * <ol>
 *   <li>Calls are taken in the order of {@link SiteState#order}.
 *   <li>Each gets one of the free agents who will do for it ({@link Need}): whoever meets the
 *       strictest of its requirements, then by its queue's rule ({@link AgentOrder}).
 *   <li>A call that an agent sent on to one other goes to that one, whatever the queue asks for.
 *   <li>A call for whom nobody is free stays, and does not hold up the calls behind it.
 *   <li>A call whose queue rings several gets as many as may ring at once; whoever is free when
 *       nobody waits any more rings as well for one that rings already.
 * </ol>
 */
final class Matching {
  /** Of an agent to whom the caller was sent on. */
  private static final Need.Alternative NOTHING_ASKED =
      Need.Alternative.of(0, Collections.emptySortedMap());

  private final SiteState state;
  private final Instant now;
  private final Set<AgentId> reserved = new HashSet<>();

  /** Whom each queue takes in this decision, the last. */
  private final Map<QueueId, AgentId> turned = new HashMap<>();

  private final Map<Waited, Need> needs = new HashMap<>();
  private @Nullable List<SiteAgent> free;
  private @Nullable List<SiteAgent> others;

  Matching(SiteState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  /** Calls of one queue that took note of the same widenings need the same. */
  private record Waited(QueueId queue, Duration widened, List<SortedMap<Skill, Integer>> own) {}

  private Need need(SiteCall call) {
    return needs.computeIfAbsent(
        new Waited(call.queue(), call.widened(), call.ownRequirements()),
        _ -> Need.of(state, call));
  }

  /**
   * Who has room for a call. Sorted only where somebody waits: most decisions of a large site match
   * nobody.
   */
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
      if (state.hasRoom(agent, Medium.VOICE) == whoAreFree) {
        agents.add(agent);
      }
    }
    agents.sort(SiteAgent.LONGEST_IDLE);
    return agents;
  }

  /** A call, the agent who gets it, and why. */
  record Match(SiteCall call, AgentId agent, RoutingDecision decision) {}

  /** An agent who will do, and by which requirement. */
  private record Candidate(SiteAgent agent, Need.Alternative met) {}

  List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    List<SiteCall> all = state.waiting();
    List<SiteCall> ringing = state.ringingForMore();
    if ((all.isEmpty() && ringing.isEmpty()) || free().isEmpty()) {
      return matches;
    }
    // Of many who wait few are served at once: a heap spares the rest their order.
    Queue<SiteCall> waiting = new PriorityQueue<>(state.order());
    waiting.addAll(all);
    Set<Need> hopeless = new HashSet<>();
    int passedOver = 0;
    while (!waiting.isEmpty() && matches.size() < free().size()) {
      SiteCall call = waiting.remove();
      Need need = need(call);
      boolean directed = call.directedTo().isPresent();
      List<Candidate> chosen =
          !directed && hopeless.contains(need) ? List.of() : choose(call, need);
      if (chosen.isEmpty()) {
        if (!directed && state.wanted(call) > 0) {
          hopeless.add(need);
        }
        passedOver++;
      }
      matches.addAll(together(call, chosen, passedOver));
    }
    // Whoever is left rings as well where somebody rings already.
    ringing.sort(state.order());
    for (SiteCall call : ringing) {
      matches.addAll(together(call, choose(call, need(call)), passedOver));
    }
    return matches;
  }

  /** As many as may ring for a call now, best first; they are reserved. */
  private List<Candidate> choose(SiteCall call, Need need) {
    List<Candidate> chosen = new ArrayList<>();
    int wanted = state.wanted(call);
    @Nullable Candidate best = wanted > 0 ? best(call, need) : null;
    while (best != null) {
      chosen.add(best);
      reserved.add(best.agent().id());
      turned.put(call.queue(), best.agent().id());
      best = chosen.size() < wanted ? best(call, need) : null;
    }
    return chosen;
  }

  /** Of several chosen at once the record of the first says why; that of the others, who. */
  private List<Match> together(SiteCall call, List<Candidate> chosen, int passedOver) {
    List<Match> matches = new ArrayList<>();
    for (Candidate candidate : chosen) {
      RoutingDecision decision =
          record(
              call,
              candidate,
              chosen,
              matches.isEmpty() ? RoutingDecision.MAX_NAMED : 1,
              passedOver);
      matches.add(new Match(call, candidate.agent().id(), decision));
    }
    return matches;
  }

  /** Whether somebody who is free could serve this call, were it the only one. */
  boolean serves(SiteCall call) {
    return best(call, need(call)) != null;
  }

  private AgentOrder order(SiteCall call, Need.Alternative met) {
    @Nullable AgentId before = state.turns().get(call.queue());
    @Nullable AgentId last = turned.getOrDefault(call.queue(), before);
    return new AgentOrder(state, call, met.counted(), last, now);
  }

  private @Nullable Candidate best(SiteCall call, Need need) {
    Optional<AgentId> only = call.directedTo();
    if (only.isPresent()) {
      return state
          .agent(only.get())
          .filter(agent -> state.hasRoom(agent, call.medium()) && !reserved.contains(agent.id()))
          .map(agent -> new Candidate(agent, NOTHING_ASKED))
          .orElse(null);
    }
    @Nullable Comparator<SiteAgent> order = null;
    @Nullable Candidate best = null;
    for (SiteAgent agent : free()) {
      Need.Alternative met = reserved.contains(agent.id()) ? null : need.met(agent);
      if (met == null || (best != null && met.number() > best.met().number())) {
        continue;
      }
      if (order == null || best == null || met.number() < best.met().number()) {
        order = order(call, met).comparator();
      }
      if (best == null
          || met.number() < best.met().number()
          || order.compare(agent, best.agent()) < 0) {
        best = new Candidate(agent, met);
      }
    }
    return best;
  }

  private RoutingDecision record(
      SiteCall call, Candidate chosen, List<Candidate> together, int named, int passedOver) {
    if (call.directedTo().isPresent()) {
      SiteAgent agent = chosen.agent();
      return new RoutingDecision(
          call.queue(),
          agent.id(),
          state.queue(call.queue()).choosing().by(),
          passedOver,
          List.of(new Considered(agent.id(), Verdict.NAMED, null, agent.idleSince(), null)),
          state.agents().size() - 1,
          0);
    }
    List<Considered> considered = new ArrayList<>(named);
    Verdicts verdicts = new Verdicts(call, chosen, together);
    considered.add(verdicts.on(chosen.agent()));
    verdicts.name(free(), named, considered);
    if (considered.size() < named) {
      verdicts.name(others(), named, considered);
    }
    int unnamed = state.agents().size() - considered.size();
    return new RoutingDecision(
        call.queue(),
        chosen.agent().id(),
        state.queue(call.queue()).choosing().by(),
        passedOver,
        considered,
        unnamed,
        chosen.met().number());
  }

  /** What is said of each agent after one has been chosen for a call. */
  private final class Verdicts {
    private final Candidate chosen;
    private final Need need;
    private final AgentOrder order;
    private final AgentChoice rule;
    private final SiteCall call;
    private final List<Candidate> together;

    Verdicts(SiteCall call, Candidate chosen, List<Candidate> together) {
      this.call = call;
      this.chosen = chosen;
      this.together = together;
      this.need = need(call);
      this.order = order(call, chosen.met());
      this.rule = state.queue(call.queue()).choosing().by();
    }

    void name(List<SiteAgent> agents, int named, List<Considered> considered) {
      for (SiteAgent agent : agents) {
        if (considered.size() == named) {
          return;
        }
        if (!agent.id().equals(chosen.agent().id())) {
          considered.add(on(agent));
        }
      }
    }

    Considered on(SiteAgent agent) {
      if (agent.id().equals(chosen.agent().id())) {
        return could(agent, Verdict.CHOSEN);
      }
      if (call.ringsAt(agent.id())
          || together.stream().anyMatch(it -> it.agent().id().equals(agent.id()))) {
        return could(agent, Verdict.RINGS_TOO);
      }
      Set<Absence> absences = agent.absences();
      if (absences.contains(Absence.LOGGED_OUT)) {
        return without(agent, Verdict.LOGGED_OUT);
      }
      if (!need.knows(agent)) {
        return without(agent, Verdict.NOT_A_MEMBER);
      }
      Skill missing = need.missing(agent);
      if (missing != null) {
        Verdict verdict =
            agent.skills().containsKey(missing) ? Verdict.LEVEL_TOO_LOW : Verdict.LACKS_SKILL;
        return new Considered(agent.id(), verdict, missing, null, null);
      }
      if (!absences.isEmpty()) {
        return new Considered(agent.id(), verdict(absences), null, since(agent), null);
      }
      if (!need.asked(agent)) {
        return without(agent, Verdict.TIER_NOT_OPEN);
      }
      if (reserved.contains(agent.id())) {
        return could(agent, Verdict.RESERVED);
      }
      boolean longestIdle = rule == AgentChoice.LONGEST_IDLE || rule == AgentChoice.RING_ALL;
      return could(agent, longestIdle ? Verdict.IDLE_FOR_LESS : Verdict.LATER_IN_ORDER);
    }

    private Considered could(SiteAgent agent, Verdict verdict) {
      return new Considered(agent.id(), verdict, null, agent.idleSince(), order.figure(agent));
    }

    private static Considered without(SiteAgent agent, Verdict verdict) {
      return new Considered(agent.id(), verdict, null, null, null);
    }

    /** Of several reasons the one that says the most: what the agent does, then what it wants. */
    private static Verdict verdict(Set<Absence> absences) {
      for (Absence absence : Absence.values()) {
        if (absence.isWork() && absences.contains(absence)) {
          return of(absence);
        }
      }
      return of(absences.contains(Absence.NOT_READY) ? Absence.NOT_READY : Absence.NO_STATION);
    }

    private static Verdict of(Absence absence) {
      return switch (absence) {
        case LOGGED_OUT -> Verdict.LOGGED_OUT;
        case NOT_READY -> Verdict.NOT_READY;
        case NO_STATION -> Verdict.NO_STATION;
        case RESERVED -> Verdict.RESERVED;
        case TALKING -> Verdict.TALKING;
        case WRAPPING_UP -> Verdict.WRAPPING_UP;
        case RESTING -> Verdict.RESTING;
        case UNDER_JUDGEMENT -> Verdict.UNDER_JUDGEMENT;
      };
    }

    private static @Nullable Instant since(SiteAgent agent) {
      return agent.work() instanceof SiteAgent.Work.Talking talking ? talking.since() : null;
    }
  }
}

package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;

/**
 * What is known of the ways to other sites. Reports that do not come and calls that do not get
 * there are different things: a site whose link is cut is sent calls on an estimate, and only one
 * that calls do not get to is left out for a while.
 *
 * <p>The estimate is dead reckoning: as many agents are free as there were at the last report, with
 * those who had calls from here then that are over, less those who have calls that were sent since
 * and are not over. How fast the site really serves shows by what becomes of those calls: at most
 * so many are out there unanswered, and always one, so that a site that was busy when it was cut
 * off gets calls too.
 */
final class Neighbours {
  /** How long a call may wait at a site that cannot be asked before it comes back to its place. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a call waits for an agent who is known to be free before it goes on an estimate. */
  static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration SHORTEST_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 4;

  private Neighbours() {}

  static Neighbour of(SiteState state, SiteId site) {
    return Optional.ofNullable(state.neighbours().get(site)).orElse(Neighbour.UNKNOWN);
  }

  static Decision<SiteEvent> linked(SiteState state, Site.NoteLink it, Instant now) {
    boolean cut = of(state, it.site()).cut().isPresent();
    if (cut != it.linked()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected the link to site "
              + it.site()
              + " to be known otherwise, but it is known as "
              + (cut ? "cut" : "up"));
    }
    Draft draft = new Draft(state, now);
    draft.add(
        it.linked()
            ? new SiteEvent.SiteRejoined(now, it.site())
            : new SiteEvent.SiteCutOff(now, it.site(), it.free()));
    return accepted(draft.matched());
  }

  /**
   * What the end of an offer to a lent agent says of the way there. Calls that were on it together
   * say so once.
   */
  static void learn(Draft draft, OfferOutcome outcome, SiteId site, Instant now) {
    Neighbour before = of(draft.state(), site);
    if (outcome == OfferOutcome.UNREACHABLE) {
      if (!before.reachable()) {
        return;
      }
      int failures = before.failures() + 1;
      Duration rest = SHORTEST_REST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
      Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
      draft.add(new SiteEvent.PathFailed(now, site, failures, now.plus(bounded)));
    } else if (outcome != OfferOutcome.WITHDRAWN) {
      found(draft, site, now);
    }
  }

  private static void found(Draft draft, SiteId site, Instant now) {
    if (of(draft.state(), site).failures() > 0) {
      draft.add(new SiteEvent.PathFound(now, site));
    }
  }

  /** An agent has answered: where it is one who is lent, calls get there. */
  static void answered(Draft draft, AgentId agent, Instant now) {
    Lent lent = draft.state().lent().get(agent);
    if (lent != null) {
      found(draft, lent.from(), now);
    }
  }

  /** Lets calls be tried again where they did not get to. */
  static void expire(Draft draft, Instant now) {
    draft
        .state()
        .neighbours()
        .forEach((site, it) -> {
          Instant rests = it.restsUntil();
          if (rests != null && !rests.isAfter(now)) {
            draft.add(new SiteEvent.PathTried(now, site));
          }
        });
  }

  /**
   * Sends the oldest calls that may go to sites that cannot be asked, as far as there is room.
   *
   * @return whether there were any
   */
  static boolean send(Draft draft, Instant now) {
    int before = draft.state().lent().size();
    for (Map.Entry<SiteId, Neighbour> one : draft.state().neighbours().entrySet()) {
      if (one.getValue().cut().isEmpty() || !one.getValue().reachable()) {
        continue;
      }
      SiteId site = one.getKey();
      int room = room(draft.state(), site, one.getValue(), one.getValue().cut().get());
      List<SiteCall> waiting =
          room <= 0
              ? List.of()
              : draft.state().waiting().stream()
                  .filter(call -> goes(draft.state(), call, site, now))
                  .sorted(draft.state().order())
                  .limit(room)
                  .toList();
      waiting.forEach(call -> send(draft, call, site, one.getValue().cut().get(), now));
    }
    return draft.state().lent().size() > before;
  }

  static Sent sent(SiteState state, SiteId site) {
    Neighbour it = of(state, site);
    return new Sent(
        count(state, lent -> lent.from().equals(site) && !lent.answered()),
        count(state, lent -> lent.from().equals(site) && lent.answered()),
        it.cut().map(cut -> free(state, site, cut)),
        it.failures(),
        Optional.ofNullable(it.restsUntil()));
  }

  /** Whoever had a call when the site was cut off, and has it no more, is free there. */
  static PSortedMap<SiteId, Neighbour> returned(
      PSortedMap<SiteId, Neighbour> neighbours, @Nullable Lent back) {
    Neighbour there = back == null ? null : neighbours.get(back.from());
    return back == null || there == null || there.cut().isEmpty()
        ? neighbours
        : back.since(back.from(), there.cut().get().at())
            ? neighbours
            : neighbours.plus(back.from(), there.freed());
  }

  /**
   * How many calls more may be out there without an answer; where the last one did not get there,
   * one tries the way for all.
   */
  private static int room(SiteState state, SiteId site, Neighbour there, Neighbour.Cut cut) {
    int unanswered = count(state, lent -> lent.since(site, cut.at()) && !lent.answered());
    int answered = count(state, lent -> lent.since(site, cut.at()) && lent.answered());
    int most = there.failures() > 0 ? 1 : Math.max(1, cut.free() - answered);
    return most - unanswered;
  }

  /** Agents who are free there by the estimate. */
  private static int free(SiteState state, SiteId site, Neighbour.Cut cut) {
    return Math.max(0, cut.free() - count(state, lent -> lent.since(site, cut.at())));
  }

  private static int count(SiteState state, Predicate<Lent> which) {
    int count = 0;
    for (Lent lent : state.lent().values()) {
      count += which.test(lent) ? 1 : 0;
    }
    return count;
  }

  private static boolean goes(SiteState state, SiteCall call, SiteId site, Instant now) {
    return call.abroad().at(site).isEmpty()
        && address(state, call, site).isPresent()
        && (!awaits(state, call) || !call.enteredQueueAt().plus(GRACE).isAfter(now));
  }

  /** Whether another site may have an agent at once, and say so. */
  private static boolean awaits(SiteState state, SiteCall call) {
    return Enlisting.elsewhere(state, call).keySet().stream()
        .anyMatch(site -> of(state, site).serves());
  }

  /** Whether a call may go to a site that cannot be asked. */
  static boolean mayGo(SiteState state, SiteCall call) {
    return Enlisting.elsewhere(state, call).keySet().stream()
        .anyMatch(site -> of(state, site).cut().isPresent());
  }

  private static Optional<Personal> address(SiteState state, SiteCall call, SiteId site) {
    return Optional.ofNullable(Enlisting.elsewhere(state, call).get(site))
        .flatMap(point -> Optional.ofNullable(of(state, site).addresses().get(point)));
  }

  private static void send(
      Draft draft, SiteCall call, SiteId site, Neighbour.Cut cut, Instant now) {
    SiteState state = draft.state();
    int number = call.abroad().enlistments() + 1;
    Carried carried =
        new Carried(
            new Origin(state.id(), call.id(), number),
            call.interaction(),
            Carried.waited(call.arrivedAt(), now));
    address(state, call, site)
        .flatMap(carried::at)
        .ifPresent(station -> {
          AgentId agent = name(state, site);
          RoutingDecision.Considered why =
              new RoutingDecision.Considered(
                  agent,
                  RoutingDecision.Verdict.ESTIMATED,
                  null,
                  cut.at(),
                  (long) free(state, site, cut));
          Enlisting.offer(
              draft,
              new SiteEvent.AgentLent(
                  now, call.id(), site, number, agent, Optional.empty(), station),
              why,
              now.plus(PATIENCE));
        });
  }

  /** Whoever it is there: nobody says. */
  private static AgentId name(SiteState state, SiteId site) {
    return Enlisting.name(state, site, new AgentId("somebody"));
  }
}

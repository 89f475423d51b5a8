package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.site.Abroad.Enlistment;
import org.switchwright.domain.site.Abroad.Stand;
import org.switchwright.domain.site.SiteEvent.CallDelisted;
import org.switchwright.domain.site.SiteEvent.Delisting;

/**
 * One queue for several sites: a call waits here, and other sites look for an agent too. Whoever
 * has one first lends it: the call rings at the address where it is expected there, and is expected
 * nowhere else any more. What another site does not know, or does not know any more, costs nobody
 * the place.
 */
final class Enlisting {
  /** When another site is told again that a call still waits: twice before it forgets the call. */
  static final Duration RENEWED_AFTER = Call.EXPECTED_FOR.dividedBy(2);

  /** How long a site is left alone that could not serve a call. */
  static final Duration REST = Duration.ofSeconds(5);

  /** How much longer than there a lent agent's phone may ring as seen from here. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  private Enlisting() {}

  /** Where else agents are looked for, by the routing points there. */
  private static SortedMap<SiteId, RoutingPointId> wanted(SiteState state, SiteCall call) {
    boolean anybodys =
        call.waiting()
            && call.consult().isEmpty()
            && call.directedTo().isEmpty()
            && call.abroad().origin().isEmpty();
    return anybodys
        ? state
            .configured()
            .queue(call.queue())
            .map(SiteConfiguration.Queue::elsewhere)
            .orElse(Collections.emptySortedMap())
        : Collections.emptySortedMap();
  }

  /** Enlists those who have come to wait, and takes back those who do not wait any more. */
  static void enlist(Draft draft, Instant now) {
    for (SiteCall call : draft.state().calls().values()) {
      SortedMap<SiteId, RoutingPointId> wanted = wanted(draft.state(), call);
      for (Map.Entry<SiteId, Enlistment> it : call.abroad().enlisted().entrySet()) {
        if (!it.getValue().point().equals(wanted.get(it.getKey()))) {
          delist(draft, call, it.getKey(), it.getValue(), now);
        }
      }
      int number = call.abroad().enlistments();
      for (Map.Entry<SiteId, RoutingPointId> it : wanted.entrySet()) {
        boolean known =
            call.abroad()
                .at(it.getKey())
                .filter(at -> at.point().equals(it.getValue()))
                .isPresent();
        if (!known) {
          number++;
          draft.add(enlisted(call.id(), it.getKey(), it.getValue(), number, now));
        }
      }
    }
  }

  private static SiteEvent enlisted(
      CallId call, SiteId site, RoutingPointId point, int number, Instant now) {
    return new SiteEvent.CallEnlisted(now, call, site, point, number, now.plus(RENEWED_AFTER));
  }

  /** Nobody is to look for an agent for a call that goes. */
  static void delistAll(Draft draft, CallId id, Instant now) {
    SiteCall call = draft.state().call(id).orElseThrow();
    call.abroad().enlisted().forEach((site, it) -> delist(draft, call, site, it, now));
  }

  private static void delist(Draft draft, SiteCall call, SiteId site, Enlistment it, Instant now) {
    draft.add(
        new CallDelisted(
            now,
            call.id(),
            site,
            it.point(),
            it.number(),
            it.stand() instanceof Stand.Resting ? Delisting.RESTED : Delisting.NOT_NEEDED,
            Optional.empty()));
  }

  /** A lent agent did not take the call: that site is asked again after a while. */
  static void rest(Draft draft, OfferOutcome outcome, CallId id, Lent lent, Instant now) {
    SiteCall call = draft.state().call(id).orElseThrow();
    RoutingPointId point = wanted(draft.state(), call).get(lent.from());
    if (outcome != OfferOutcome.WITHDRAWN && point != null) {
      draft.add(
          new CallDelisted(
              now,
              id,
              lent.from(),
              point,
              call.abroad().enlistments(),
              Delisting.NOT_ANSWERED,
              Optional.of(now.plus(REST))));
    }
  }

  /** Asks those again that were not heard for a while, that forget otherwise, or have rested. */
  static void expire(Draft draft, SiteCall call, Instant now) {
    int number = call.abroad().enlistments();
    for (Map.Entry<SiteId, Enlistment> one : call.abroad().enlisted().entrySet()) {
      Enlistment it = one.getValue();
      if (!it.due().isAfter(now)) {
        boolean anew = it.stand() instanceof Stand.Resting;
        number = anew ? number + 1 : number;
        draft.add(enlisted(call.id(), one.getKey(), it.point(), anew ? number : it.number(), now));
      }
    }
  }

  static Decision<SiteEvent> enlisted(SiteState state, Site.Enlisted it, Instant now) {
    Optional<Enlistment> known = find(state, it.call(), it.at(), it.number());
    boolean lent = lent(state, new Origin(state.id(), it.call(), it.number()).expected(), it.at());
    if (known.isEmpty() && !lent) {
      return answered(forget(state, it.call(), it.at(), it.number()));
    }
    return lent || known.get().stand() instanceof Stand.Looking
        ? rejected(
            Reason.ALREADY_DONE,
            "Expected call " + it.call() + " not to be enlisted at " + it.at() + ", but it is")
        : accepted(
            new SiteEvent.EnlistmentTaken(
                now, it.call(), it.at(), it.number(), it.address(), now.plus(RENEWED_AFTER)));
  }

  /** Whether the call is on its way to an agent there, or has one. */
  private static boolean lent(SiteState state, CallId expected, SiteId at) {
    return state.lent().values().stream()
        .anyMatch(it -> it.from().equals(at) && it.theirs().call().equals(expected));
  }

  static Decision<SiteEvent> notEnlisted(SiteState state, Site.NotEnlisted it, Instant now) {
    return find(state, it.call(), it.at(), it.number())
        .map(known ->
            accepted(
                (SiteEvent)
                    new CallDelisted(
                        now,
                        it.call(),
                        it.at(),
                        known.point(),
                        it.number(),
                        Delisting.REFUSED,
                        Optional.of(now.plus(REST)))))
        .orElseGet(() ->
            rejected(
                Reason.ALREADY_DONE,
                "Expected call "
                    + it.call()
                    + " to be enlisted at "
                    + it.at()
                    + ", but it is not"));
  }

  /** Another site has an agent for a call. */
  static Decision<SiteEvent> lend(SiteState state, Site.Lend it, Instant now) {
    if (state.lent().values().stream().anyMatch(lent -> lent.theirs().equals(it.theirs()))) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected offer " + it.theirs() + " of site " + it.from() + " to be new, but it is not");
    }
    Optional<Enlistment> known = find(state, it.call(), it.from(), it.number());
    if (known.isEmpty()) {
      return answered(new Effect.TellElsewhere(it.from(), it.theirs().call(), new Call.Forget()));
    }
    AgentId agent = name(state, it.from(), it.agent());
    Optional<Personal> address = address(known.get());
    if (address.isEmpty()) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected an address at site " + it.from() + ", but there is none yet");
    }
    SiteCall call = state.call(it.call()).orElseThrow();
    Draft draft = new Draft(state, now);
    draft.add(
        new SiteEvent.AgentLent(
            now, it.call(), it.from(), it.number(), agent, it.theirs(), address.get()));
    draft.add(
        new SiteEvent.AgentReserved(
            now,
            call.nextOffer(),
            agent,
            now.plus(it.lasts()).plus(MARGIN),
            decision(state, call, agent, now)));
    return accepted(draft.matched());
  }

  private static RoutingDecision decision(
      SiteState state, SiteCall call, AgentId agent, Instant now) {
    return new RoutingDecision(
        call.queue(),
        agent,
        state.queue(call.queue()).choosing().by(),
        0,
        List.of(
            new RoutingDecision.Considered(agent, RoutingDecision.Verdict.LENT, null, now, null)),
        0,
        0);
  }

  /**
   * An agent of another site has a name here that nobody else has: none of this site's own, and not
   * the same agent either, who may have sent on, there, a caller who still counts as his here.
   */
  private static AgentId name(SiteState state, SiteId site, AgentId agent) {
    String name = site + "." + agent;
    String end = "";
    while (true) {
      int most = Math.min(name.length(), AgentId.MAX_CHARS - end.length());
      AgentId next = new AgentId(name.substring(0, most) + end);
      if (state.agent(next).isEmpty()) {
        return next;
      }
      end += "_";
    }
  }

  private static Optional<Enlistment> find(SiteState state, CallId call, SiteId at, int number) {
    return state.call(call).filter(SiteCall::waiting).flatMap(it -> it.abroad().at(at, number));
  }

  static Optional<Personal> address(Enlistment it) {
    return switch (it.stand()) {
      case Stand.Asked asked -> asked.address();
      case Stand.Looking looking -> Optional.of(looking.address());
      case Stand.Resting _ -> Optional.empty();
    };
  }

  static Effect forget(SiteState state, CallId call, SiteId at, int number) {
    return new Effect.TellElsewhere(
        at, new Origin(state.id(), call, number).expected(), new Call.Forget());
  }

  static Effect ask(SiteCall call, SiteId site, Enlistment it) {
    return new Effect.TellCall(
        call.id(), new Call.Enlist(site, it.point(), it.number(), call.arrivedAt()));
  }

  /** What another site has been asked and has not answered yet. */
  static List<Effect> owed(SiteCall call) {
    List<Effect> effects = new ArrayList<>();
    if (call.waiting()) {
      call.abroad()
          .enlisted()
          .forEach((site, it) -> {
            if (it.stand() instanceof Stand.Asked) {
              effects.add(ask(call, site, it));
            }
          });
    }
    return effects;
  }

  static SiteState evolve(SiteState state, SiteEvent.CallEnlisted it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    Optional<Personal> address =
        call.abroad().at(it.site(), it.number()).flatMap(Enlisting::address);
    return state.with(
        call.with(
            call.abroad()
                .with(
                    it.site(),
                    new Enlistment(it.number(), it.point(), new Stand.Asked(address), it.due()))));
  }

  static SiteState evolve(SiteState state, SiteEvent.EnlistmentTaken it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    RoutingPointId point = call.abroad().at(it.site()).orElseThrow().point();
    return state.with(
        call.with(
            call.abroad()
                .with(
                    it.site(),
                    new Enlistment(
                        it.number(), point, new Stand.Looking(it.address()), it.due()))));
  }

  static SiteState evolve(SiteState state, CallDelisted it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    Abroad without = call.abroad().without(it.site());
    return state.with(
        call.with(
            it.restsUntil()
                .map(until ->
                    without.with(
                        it.site(),
                        new Enlistment(it.number(), it.point(), new Stand.Resting(), until)))
                .orElse(without)));
  }

  static SiteState evolve(SiteState state, SiteEvent.AgentLent it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    return state
        .with(call.with(call.abroad().without(it.site())))
        .lending(
            new Lent(it.site(), it.theirs(), SiteAgent.lent(it.agent(), it.station(), it.at())));
  }
}

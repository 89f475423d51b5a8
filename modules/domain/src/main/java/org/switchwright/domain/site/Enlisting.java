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
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.SiteSeen;
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

  /** Where else there may be an agent, by the routing points there. */
  static SortedMap<SiteId, RoutingPointId> elsewhere(SiteState state, SiteCall call) {
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

  /**
   * Takes back calls that do not wait any more, or from where nobody can be asked; sends some
   * there; and enlists the others.
   */
  static void enlist(Draft draft, NetworkFigures network, Instant now) {
    delist(draft, now);
    if (Neighbours.send(draft, network, now)) {
      delist(draft, now);
    }
    for (SiteCall call : draft.state().calls().values()) {
      elsewhere(draft.state(), call)
          .forEach((site, point) -> {
            SiteCall known = draft.state().call(call.id()).orElseThrow();
            if (known.abroad().at(site).isEmpty() && Neighbours.of(draft.state(), site).serves()) {
              int number = known.abroad().enlistments() + 1;
              draft.add(enlisted(draft.state(), known, site, point, number, now));
            }
          });
    }
  }

  private static void delist(Draft draft, Instant now) {
    for (SiteCall call : draft.state().calls().values()) {
      if (call.abroad().enlisted().isEmpty()) {
        continue;
      }
      SortedMap<SiteId, RoutingPointId> points = elsewhere(draft.state(), call);
      call.abroad()
          .enlisted()
          .forEach((site, it) -> {
            boolean kept =
                it.point().equals(points.get(site))
                    && (it.stand() instanceof Stand.Resting
                        || Neighbours.of(draft.state(), site).serves());
            if (!kept) {
              delist(draft, call, site, it, now);
            }
          });
    }
  }

  private static SiteEvent enlisted(
      SiteState state, SiteCall call, SiteId site, RoutingPointId point, int number, Instant now) {
    return new SiteEvent.CallEnlisted(
        now, call.id(), site, point, number, renewedAt(state, call, now), Optional.empty());
  }

  /**
   * Writes down what is known of each site that is asked to look for an agent too; not again where
   * it is only told that the call still waits.
   */
  static Decision<SiteEvent> seeing(
      SiteState state, Decision<SiteEvent> decision, NetworkFigures network, Instant now) {
    if (!(decision instanceof Decision.Accepted<SiteEvent> yes)
        || yes.events().stream().noneMatch(SiteEvent.CallEnlisted.class::isInstance)) {
      return decision;
    }
    List<SiteEvent> events = new ArrayList<>();
    for (SiteEvent event : yes.events()) {
      events.add(
          event instanceof SiteEvent.CallEnlisted it && isNew(state, it)
              ? it.seeing(SiteSeen.of(network.of(it.site(), it.point()), now))
              : event);
    }
    return new Decision.Accepted<>(events, yes.answers(), yes.named());
  }

  private static boolean isNew(SiteState state, SiteEvent.CallEnlisted it) {
    return state
        .call(it.call())
        .filter(call -> call.abroad().enlistments() >= it.number())
        .isEmpty();
  }

  /** Soon where that is when the call may go to a site that cannot be asked. */
  private static Instant renewedAt(SiteState state, SiteCall call, Instant now) {
    Instant sent = call.enteredQueueAt().plus(Neighbours.GRACE);
    return sent.isAfter(now) && Neighbours.mayGo(state, call) ? sent : now.plus(RENEWED_AFTER);
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
    RoutingPointId point = elsewhere(draft.state(), call).get(lent.from());
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

  /** Asks those again that were not heard for a while or forget otherwise; wakes those at rest. */
  static void expire(Draft draft, SiteCall call, Instant now) {
    for (Map.Entry<SiteId, Enlistment> one : call.abroad().enlisted().entrySet()) {
      Enlistment it = one.getValue();
      if (!it.due().isAfter(now)) {
        if (it.stand() instanceof Stand.Resting) {
          delist(draft, call, one.getKey(), it, now);
        } else {
          draft.add(enlisted(draft.state(), call, one.getKey(), it.point(), it.number(), now));
        }
      }
    }
  }

  static Decision<SiteEvent> enlisted(SiteState state, Site.Enlisted it, Instant now) {
    Optional<Enlistment> known = find(state, it.call(), it.at(), it.number());
    if (known.isEmpty()) {
      return lent(state, new Origin(state.id(), it.call(), it.number()).expected())
          ? rejected(
              Reason.ALREADY_DONE,
              "Expected call " + it.call() + " to wait, but " + it.at() + " has lent it an agent")
          : answered(forget(state, it.call(), it.at(), it.number()));
    }
    return known.get().stand() instanceof Stand.Looking
        ? rejected(
            Reason.ALREADY_DONE,
            "Expected call " + it.call() + " not to be enlisted at " + it.at() + ", but it is")
        : accepted(
            new SiteEvent.EnlistmentTaken(
                now,
                it.call(),
                it.at(),
                it.number(),
                it.address(),
                it.standing(),
                renewedAt(state, state.call(it.call()).orElseThrow(), now)));
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

  /** What is attached to a call of another site was changed here; it hears so by the report. */
  static Decision<SiteEvent> noteData(SiteState state, Site.NoteData it, Instant now) {
    Optional<Abroad> known =
        state.call(it.call()).map(SiteCall::abroad).filter(abroad -> abroad.origin().isPresent());
    if (known.isEmpty()) {
      return rejected(
          Reason.UNKNOWN_CALL,
          "Expected call " + it.call() + " to be one of another site, but it is not");
    }
    int proposed = Math.max(known.get().proposed(), it.proposed());
    int taken = Math.max(known.get().taken(), it.taken());
    return proposed == known.get().proposed() && taken == known.get().taken()
        ? rejected(
            Reason.ALREADY_DONE,
            "Expected more changes of what is attached to call "
                + it.call()
                + ", but there are not")
        : accepted(new SiteEvent.CallDataChanged(now, it.call(), proposed, taken));
  }

  /** Another site has an agent for a call. */
  static Decision<SiteEvent> lend(
      SiteState state, Site.Lend it, NetworkFigures network, Instant now) {
    if (lent(state, it.theirs().call())) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected offer " + it.theirs() + " of site " + it.from() + " to be new, but it is not");
    }
    Optional<Enlistment> known = find(state, it.call(), it.from(), it.number());
    if (known.isEmpty() && state.lately(it.call())) {
      // It may be on its way to that agent: it knows itself.
      return answered(
          new Effect.TellCall(it.call(), new Call.LentTooLate(it.from(), it.theirs().call())));
    }
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
    Draft draft = new Draft(state, now);
    offer(
        draft,
        new SiteEvent.AgentLent(
            now, it.call(), it.from(), it.number(), agent, it.theirs(), address.get()),
        new RoutingDecision.Considered(agent, RoutingDecision.Verdict.LENT, null, now, null),
        now.plus(it.lasts()).plus(MARGIN));
    return accepted(draft.matched(network));
  }

  /** Offers a call to somebody of another site. */
  static void offer(
      Draft draft, SiteEvent.AgentLent lent, RoutingDecision.Considered why, Instant until) {
    SiteCall call = draft.state().call(lent.call()).orElseThrow();
    AgentChoice rule = draft.state().queue(call.queue()).choosing().by();
    draft.add(lent);
    draft.add(
        new SiteEvent.AgentReserved(
            lent.at(),
            call.nextOffer(),
            lent.agent(),
            until,
            new RoutingDecision(call.queue(), lent.agent(), rule, 0, List.of(why), 0, 0)));
  }

  /** Whether an agent is here for the call that is expected elsewhere by this id. */
  private static boolean lent(SiteState state, CallId expected) {
    return state.lent().values().stream()
        .anyMatch(lent -> lent.theirs().filter(it -> it.call().equals(expected)).isPresent());
  }

  /**
   * An agent of another site has a name here that nobody else has: none of this site's own, and not
   * the same agent either, who may have sent on, there, a caller who still counts as his here.
   */
  static AgentId name(SiteState state, SiteId site, AgentId agent) {
    String own = end(agent.value(), AgentId.MAX_CHARS / 2);
    String name = end(site.value(), AgentId.MAX_CHARS - own.length() - 2) + "." + own;
    AgentId free = new AgentId(name);
    while (state.agent(free).isPresent()) {
      free = new AgentId(end(free + "_", AgentId.MAX_CHARS));
    }
    return free;
  }

  private static String end(String text, int atMost) {
    return text.substring(Math.max(0, text.length() - atMost));
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
    SiteState known =
        it.standing()
            .map(address ->
                state.with(it.site(), Neighbours.of(state, it.site()).reachedAt(point, address)))
            .orElse(state);
    return known.with(
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

  static SiteState evolve(SiteState state, SiteEvent.CallDataChanged it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    return state.with(call.with(call.abroad().changed(it.proposed(), it.taken())));
  }

  static SiteState evolve(SiteState state, SiteEvent.AgentLent it) {
    SiteCall call = state.call(it.call()).orElseThrow();
    return state
        .with(call.with(call.abroad().without(it.site()).counting(it.number())))
        .lending(
            new Lent(
                it.site(),
                it.number(),
                it.theirs(),
                SiteAgent.lent(it.agent(), it.station(), it.at())));
  }
}

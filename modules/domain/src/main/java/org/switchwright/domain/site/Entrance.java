package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.Route;

/** How calls come to a site, ask again, and leave it. */
final class Entrance {
  private Entrance() {}

  static Decision<SiteEvent> seek(SiteState state, Site.Seek seek, Router router, Instant now) {
    Optional<SiteCall> known = state.call(seek.call());
    if (known.isPresent()) {
      return seek.origin().isEmpty() && known.get().abroad().origin().isPresent()
          ? takeOver(state, known.get(), router.network(), now)
          : again(state, known.get(), now);
    }
    if (state.lately(seek.call())) {
      return answered(new Effect.TellCall(seek.call(), new Call.Settle()));
    }
    Optional<SiteConfiguration.RoutingPoint> point =
        state
            .configured()
            .point(seek.point())
            .filter(it -> state.configured().queue(it.queue()).isPresent());
    if (point.isEmpty()) {
      return answered(new Effect.TellCall(seek.call(), new Call.Release(Refusal.NOT_FOUND)));
    }
    return accepted(enter(state, seek, point.get(), router, now));
  }

  private static List<SiteEvent> enter(
      SiteState state,
      Site.Seek seek,
      SiteConfiguration.RoutingPoint point,
      Router router,
      Instant now) {
    Optional<Router.Routed> routed = router.route(state, point.id(), seek.asker(), now);
    Optional<Route.Aim> aim = routed.map(it -> it.route().aim());
    Draft draft = new Draft(state, now);
    QueueId queue = aim.flatMap(Route.Aim::queue).orElse(point.queue());
    boolean keeps = !state.queue(queue).keepPlace().isZero() && seek.origin().isEmpty();
    Optional<Departures.Departure> before =
        keeps ? state.departures().of(seek.caller(), queue, now) : Optional.empty();
    draft.add(
        new SiteEvent.CallEntered(
            now,
            seek.call(),
            seek.interaction(),
            point.id(),
            queue,
            aim.flatMap(Route.Aim::priority).orElse(point.priority()),
            before.map(Departures.Departure::arrivedAt).orElse(seek.arrivedAt()),
            keeps ? Optional.of(seek.caller()) : Optional.empty(),
            before.map(Departures.Departure::call),
            seek.origin()));
    routed.ifPresent(it -> draft.add(it.told(seek.call(), now)));
    if (routed.filter(it -> it.route().refused()).isPresent()) {
      draft.release(seek.call(), Refusal.NOBODY_THERE);
    } else {
      Router.settle(draft, draft.state().call(seek.call()).orElseThrow(), now);
    }
    return draft.matched(router.network());
  }

  /** Its home has let go of a call that was expected here. */
  private static Decision<SiteEvent> takeOver(
      SiteState state, SiteCall call, NetworkFigures network, Instant now) {
    Draft draft = new Draft(state, now);
    takeOver(draft, call, now);
    return accepted(draft.matched(network));
  }

  private static void takeOver(Draft draft, SiteCall call, Instant now) {
    draft.add(
        new SiteEvent.CallTakenOver(
            now, call.id(), call.queue(), call.priority(), call.arrivedAt(), call.out().size()));
  }

  static Decision<SiteEvent> reprioritise(
      SiteState state, Site.Reprioritise it, NetworkFigures network, Instant now) {
    Optional<SiteCall> call = state.call(it.call());
    if (call.isEmpty()) {
      return rejected(
          Reason.UNKNOWN_CALL,
          "Expected call " + it.call() + " at site " + state.id() + ", but it is not there");
    }
    if (call.get().priority() == it.priority()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected call " + it.call() + " to have another priority, but it has " + it.priority());
    }
    Draft draft = new Draft(state, now);
    draft.add(
        new SiteEvent.CallReprioritised(
            now, it.call(), call.get().priority(), it.priority(), it.by()));
    return accepted(draft.matched(network));
  }

  /** The call does not know how it stands: it is told, whatever it was told before. */
  static Decision<SiteEvent> again(SiteState state, SiteCall call, Instant now) {
    return switch (call.stand()) {
      case SiteCall.Stand.Waiting _ ->
          answered(
              new Effect.TellCall(
                  call.id(),
                  new Call.Queued(
                      call.queue(),
                      state.position(call),
                      Site.askAgainAt(state, call, now),
                      state.queue(call.queue()).treatment(),
                      call.talked(),
                      call.consulting(),
                      music(state, call))));
      case SiteCall.Stand.Offered _, SiteCall.Stand.Released _ ->
          new Decision.Accepted<>(List.of(), SiteReaction.owed(state, call));
      case SiteCall.Stand.Talking _ when call.consults().number() > 0 ->
          answered(new Effect.TellCall(call.id(), new Call.ConsultOver(call.consults().number())));
      case SiteCall.Stand.Talking _ ->
          rejected(
              Reason.ALREADY_DONE,
              "Expected call " + call.id() + " to look for an agent, but it talks to one");
    };
  }

  /** What its strategy says that the caller hears, or else its queue; empty: what is built in. */
  static Optional<String> music(SiteState state, SiteCall call) {
    return call.callersRouting()
        .flatMap(Routing::treatment)
        .or(() -> state.queue(call.queue()).music());
  }

  static Decision<SiteEvent> leave(
      SiteState state, Site.CallOver over, NetworkFigures network, Instant now) {
    Optional<SiteCall> known = state.call(over.call());
    if (known.isEmpty()) {
      return state.lately(over.call())
          ? answered(new Effect.TellCall(over.call(), new Call.Settle()))
          : accepted(new SiteEvent.UnknownCallEnded(now, over.call(), over.outcome()));
    }
    Draft draft = new Draft(state, now);
    known
        .filter(it -> over.takenOver() && it.abroad().origin().isPresent())
        .ifPresent(it -> takeOver(draft, it, now));
    known.filter(it -> it.consulting() > 0).ifPresent(it -> Consults.cutOff(draft, it, over));
    over.unheard().ifPresent(transfer -> Transfers.carriedOut(draft, transfer, Router.SILENT, now));
    SiteCall call = draft.state().call(over.call()).orElseThrow();
    for (OfferEnd end : over.offers()) {
      if (end.outcome() == OfferOutcome.ACCEPTED) {
        call.ring(end.offer())
            .ifPresent(ring -> {
              Neighbours.answered(draft, ring.agent(), now);
              draft.add(
                  new SiteEvent.OfferAccepted(
                      now, ring.offer(), ring.agent(), now.plus(Site.CHECK_AFTER)));
            });
      }
    }
    for (SiteCall.Ring ring : draft.state().call(call.id()).orElseThrow().out().values()) {
      draft.endOffer(ring, unheard(over, ring.offer()));
    }
    if (draft.state().call(call.id()).orElseThrow().stand()
        instanceof SiteCall.Stand.Talking talking) {
      draft.endConversation(talking.offer(), call.queue(), talking.agent());
    }
    Optional<Instant> placeUntil =
        over.outcome() == CallOutcome.ABANDONED
            ? placeUntil(state, draft.state().call(call.id()).orElseThrow(), now)
            : Optional.empty();
    Enlisting.delistAll(draft, call.id(), now);
    draft.add(new SiteEvent.CallLeft(now, call.id(), over.outcome(), placeUntil));
    return accepted(draft.matched(network));
  }

  private static Optional<Instant> placeUntil(SiteState state, SiteCall call, Instant now) {
    return state
        .configured()
        .queue(call.queue())
        .map(SiteConfiguration.Queue::keepPlace)
        .filter(kept -> !kept.isZero() && call.waiting() && call.caller().isPresent())
        .map(now::plus);
  }

  /** How an offer ended whose end was not heard of. */
  private static OfferOutcome unheard(Site.CallOver over, OfferId offer) {
    return over.offers().stream()
        .filter(end -> end.offer().equals(offer))
        .findFirst()
        .map(OfferEnd::outcome)
        .orElse(OfferOutcome.WITHDRAWN);
  }
}

package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.CallOffered;
import org.switchwright.domain.call.CallEvent.CallQueued;
import org.switchwright.domain.call.CallEvent.CallSettled;
import org.switchwright.domain.call.CallEvent.HandedOver;
import org.switchwright.domain.call.CallEvent.OfferEnding;
import org.switchwright.domain.call.CallEvent.OfferForgone;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Greeting;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.call.Phase.Waiting;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** What a call says to its site's orders. To an order that is out of date it repeats the truth. */
final class SiteSide {
  private SiteSide() {}

  static Decision<CallEvent> decide(CallState state, Call.SiteOrder order, Instant now) {
    if (state.phase() instanceof Over over) {
      return over(state, over, order, now);
    }
    return switch (order) {
      case Call.Queued queued -> queued(state, queued, now);
      case Call.Offered offered -> offered(state, offered, now);
      case Call.Announce announce -> announce(state, announce);
      case Call.EndOffer end -> endOffer(state, end, now);
      case Call.Release release -> release(state, release, now);
      case Call.Enlist it -> enlist(state, it, now);
      case Call.LentTooLate it -> forget(it);
      case Call.AreYouTalking question -> truth(state, question.offer());
      case Call.ConsultOver it -> ConsultSide.siteSays(state, it, now);
      case Call.ConferenceNoted it -> ConferenceSide.siteSays(state, it, now);
      case Call.Settle _ ->
          rejected(
              Reason.OUT_OF_ORDER,
              "Expected call " + state.id() + " to be over, but it is in " + name(state));
    };
  }

  /** Nobody comes to the agent whom another site has. */
  private static Decision<CallEvent> forget(Call.LentTooLate it) {
    return answered(new Effect.TellElsewhere(it.at(), it.expected(), new Call.Forget()));
  }

  private static Decision<CallEvent> over(
      CallState state, Over over, Call.SiteOrder order, Instant now) {
    if (order instanceof Call.LentTooLate it) {
      return over.outcome() == CallOutcome.HANDED_ON
          ? Call.already(state, "been handed on to there")
          : forget(it);
    }
    if (order instanceof Call.Settle) {
      return over.settled() ? Call.already(state, "settled") : accepted(new CallSettled(now));
    }
    return answered(CallReaction.callOver(state, over));
  }

  private static Decision<CallEvent> queued(CallState state, Call.Queued queued, Instant now) {
    boolean moved =
        state.phase() instanceof Waiting waiting && !waiting.queue().equals(queued.queue());
    if (toldBefore(state, queued.after())) {
      return new Decision.Accepted<>(List.of(), CallReaction.owed(state));
    }
    boolean meant = queued.consult() == state.consultation().running();
    if (meant && (state.phase() instanceof Seeking || moved)) {
      return accepted(
          new CallQueued(
              now,
              queued.queue(),
              queued.position(),
              queued.askAgainAt(),
              queued.treatment(),
              queued.music()));
    }
    return Call.already(state, "left the state in which it asks for a place");
  }

  private static Decision<CallEvent> announce(CallState state, Call.Announce it) {
    boolean hears =
        state.phase() instanceof Waiting waiting
            && waiting.queue().equals(it.queue())
            && state.treatment() instanceof CallState.Treatment.Playing;
    return hears
        ? answered(
            CallReaction.signal(state, new Signal.Announce(it.position(), it.expectedWait())))
        : rejected(
            Reason.OUT_OF_ORDER,
            "Expected call "
                + state.id()
                + " to hear music in queue "
                + it.queue()
                + ", but it is in "
                + name(state));
  }

  private static Decision<CallEvent> offered(CallState state, Call.Offered offered, Instant now) {
    OfferId offer = offered.offer();
    if (!unknown(state, offer)) {
      return truth(state, offer);
    }
    boolean taken =
        takesOffers(state)
            && !toldBefore(state, offered.after())
            && offered.consult() == state.consultation().running();
    if (!taken) {
      return accepted(new OfferForgone(now, offer));
    }
    Optional<Personal> elsewhere =
        redirects(state) ? goesTo(state, offered, now) : Optional.empty();
    List<CallEvent> events = new ArrayList<>();
    if (elsewhere.isEmpty()) {
      events.add(new CallOffered(now, offer, offered.agent(), offered.station(), offered.until()));
    }
    offered
        .lender()
        .ifPresent(it ->
            events.add(
                new HandedOver(
                    now,
                    offer,
                    it.site(),
                    it.number(),
                    it.asked(),
                    elsewhere.isEmpty() ? ObservationLevel.RELAYED : ObservationLevel.REDIRECTED)));
    if (elsewhere.isPresent()) {
      events.add(new CallEnded(now, CallOutcome.HANDED_ON, Refusal.HANDED_ON, -1, elsewhere));
    }
    return accepted(events);
  }

  /**
   * Whether the caller can still be told to go elsewhere, and came from where that is done. Not
   * while phones ring here: they would fall silent for an agent who does not ring yet.
   */
  private static boolean redirects(CallState state) {
    boolean unanswered =
        state.answer() == CallState.CallerAnswer.NONE
            || state.answer() == CallState.CallerAnswer.EARLY;
    return unanswered
        && !(state.phase() instanceof Ringing)
        && state.arrived().passage().filter(it -> it.handOver() == HandOver.REDIRECT).isPresent();
  }

  /**
   * Where the agent of another site is, with what that site is to know of the call. Nobody is held
   * at a site that was not asked: from there it has to be able to come back.
   */
  private static Optional<Personal> goesTo(CallState state, Call.Offered offered, Instant now) {
    return offered
        .lender()
        .filter(Call.Lender::asked)
        .flatMap(lender ->
            lender
                .line()
                .flatMap(line ->
                    new Carried(
                            new Origin(state.arrived().site(), state.id(), lender.number()),
                            state.arrived().interaction(),
                            Carried.waited(line.place(), now),
                            Optional.of(line.point()))
                        .at(offered.station())));
  }

  /** By a site that had not heard yet that the caller was sent on. */
  private static boolean toldBefore(CallState state, int after) {
    return state.phase() instanceof Seeking seeking
        && seeking.transfer() != null
        && !state.consulting()
        && after < seeking.transfer().offer().number();
  }

  /** Until one of those that ring is answered. */
  private static boolean takesOffers(CallState state) {
    return switch (state.phase()) {
      case Seeking _, Waiting _ -> true;
      case Ringing ringing -> ringing.rings().size() < Call.MAX_RINGING;
      case Unborn _, Expected _, Unneeded _, Greeting _, Joining _, Connected _, Over _ -> false;
    };
  }

  private static boolean unknown(CallState state, OfferId offer) {
    return state.ring(offer.number()).isEmpty() && state.book().unknown(offer.number());
  }

  private static Decision<CallEvent> endOffer(CallState state, Call.EndOffer end, Instant now) {
    Optional<Ring> ring = state.ring(end.offer().number());
    if (ring.isPresent()) {
      return ring.get().ending() == null
          ? accepted(new OfferEnding(now, end.offer(), OfferOutcome.MISSED))
          : Call.already(state, "been asked to end offer " + end.offer());
    }
    if (unknown(state, end.offer())) {
      return accepted(new OfferForgone(now, end.offer()));
    }
    return truth(state, end.offer());
  }

  private static Decision<CallEvent> release(CallState state, Call.Release release, Instant now) {
    if (state.consulting()) {
      return Call.already(state, "begun to consult");
    }
    if (state.phase() instanceof Seeking || state.phase() instanceof Waiting) {
      return accepted(new CallEnded(now, outcome(release.why()), release.why(), -1));
    }
    return rejected(
        Reason.OUT_OF_ORDER,
        "Expected call " + state.id() + " to wait, but it is in " + name(state));
  }

  /** What is known of the caller goes straight to the other site: this one keeps none of it. */
  private static Decision<CallEvent> enlist(CallState state, Call.Enlist it, Instant now) {
    CallEvent.CallArrived arrived = state.arrived();
    Origin origin = new Origin(arrived.site(), state.id(), it.number());
    return answered(
        new Effect.TellElsewhere(
            it.at(),
            origin.expected(),
            new Call.Expect(
                origin,
                arrived.interaction(),
                it.at(),
                it.point(),
                Carried.waited(it.place(), now),
                Call.EXPECTED_FOR,
                arrived.caller(),
                state.data().values(),
                state.data().version())));
  }

  private static CallOutcome outcome(Refusal why) {
    return why == Refusal.QUEUE_FULL || why == Refusal.WAITED_TOO_LONG
        ? CallOutcome.OVERFLOWED
        : CallOutcome.REFUSED;
  }

  /** Tells the site how the offer stands, whatever made it ask. */
  private static Decision<CallEvent> truth(CallState state, OfferId offer) {
    if (state.ring(offer.number()).isPresent()) {
      return Call.already(state, "taken offer " + offer);
    }
    OfferOutcome outcome = state.book().ended().get(offer.number());
    if (outcome != null) {
      return answered(
          tell(
              state,
              outcome == OfferOutcome.ACCEPTED
                  ? new Site.OfferAccepted(offer)
                  : new Site.OfferEnded(offer, outcome)));
    }
    return rejected(Reason.STALE, "Expected an offer that is remembered, but got " + offer);
  }

  private static Effect tell(CallState state, Site.Command command) {
    return new Effect.TellSite(state.arrived().site(), command);
  }

  private static String name(CallState state) {
    return state.phase().getClass().getSimpleName();
  }
}

package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.LegReinvited;
import org.switchwright.domain.call.CallEvent.OfferEnded;
import org.switchwright.domain.call.CallEvent.OfferEnding;
import org.switchwright.domain.call.CallEvent.ReleaseGivenUp;
import org.switchwright.domain.call.CallEvent.SoughtAgain;
import org.switchwright.domain.call.Leg.Purpose;
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

/** What becomes of a call when nothing else happens in time. */
final class CallDeadlines {
  /** How long a leg may take to confirm its end: BYE over UDP gives up after 64*T1. */
  static final Duration RELEASE_PATIENCE = Duration.ofSeconds(40);

  /** SIP's status for an answer that never came. */
  static final int REQUEST_TIMEOUT = 408;

  private CallDeadlines() {}

  static Decision<CallEvent> expire(CallState state, Instant now) {
    if (state.due().filter(due -> !due.isAfter(now)).isEmpty()) {
      return Decision.rejected(
          Reason.OUT_OF_ORDER,
          "Expected a deadline of call " + state.id() + " to be past, but none is");
    }
    List<CallEvent> unheard = unheard(state.book().losing(), now);
    if (!unheard.isEmpty()) {
      return accepted(unheard);
    }
    if (ConferenceSide.overdue(state, now)) {
      return accepted(ConferenceSide.end(state, 0, now));
    }
    boolean given =
        !(state.phase() instanceof Over)
            && state.leaving().due().filter(due -> past(due, now)).isPresent();
    if (given) {
      return accepted(new ReleaseGivenUp(now, Optional.of(now)));
    }
    return switch (state.phase()) {
      case Unborn _, Expected _, Unneeded _ ->
          throw new IllegalStateException("Expected a call, but it has not arrived");
      case Greeting _ -> accepted(new CallEnded(now, CallOutcome.REFUSED, Refusal.TIMED_OUT, -1));
      case Seeking seeking when past(seeking.due(), now) && state.consulting() ->
          accepted(ConsultSide.end(state, Consultation.Ending.RETRIEVED, now));
      case Seeking seeking when past(seeking.due(), now) ->
          accepted(new CallEnded(now, CallOutcome.REFUSED, Refusal.OVERLOADED, -1));
      case Waiting waiting when past(waiting.due(), now) -> accepted(new SoughtAgain(now));
      case Ringing ringing when past(ringing.due(), now) -> accepted(unheard(ringing.rings(), now));
      case Joining joining when past(joining.due(), now) ->
          accepted(new CallEnded(now, CallOutcome.FAILED, Refusal.TIMED_OUT, -1));
      case Seeking _, Waiting _, Ringing _, Joining _, Connected _ -> legs(state, now);
      case Over _ -> accepted(new ReleaseGivenUp(now, Optional.empty()));
    };
  }

  private static boolean past(Instant due, Instant now) {
    return !due.isAfter(now);
  }

  /** Of those whose time is up, the ones that ring are asked to stop, and the rest given up. */
  private static List<CallEvent> unheard(SortedMap<Integer, Ring> rings, Instant now) {
    List<CallEvent> events = new ArrayList<>();
    for (Ring ring : rings.values()) {
      OfferOutcome ending = ring.ending();
      if (past(ring.due(), now)) {
        events.add(
            ending == null
                ? new OfferEnding(now, ring.id(), OfferOutcome.MISSED)
                : new OfferEnded(now, ring.id(), ending, REQUEST_TIMEOUT));
      }
    }
    return events;
  }

  private static Decision<CallEvent> legs(CallState state, Instant now) {
    List<CallEvent> events = new ArrayList<>();
    for (Leg leg : state.legs().filter(it -> past(it.due(), now)).toList()) {
      Leg.PendingReinvite pending = leg.pending();
      if (pending != null && pending.postponed() && past(pending.due(), now)) {
        events.add(Sessions.resend(state, leg, pending, now));
      } else if (pending != null && past(pending.due(), now)) {
        return end(state, leg, Refusal.TIMED_OUT, now);
      } else if (!leg.dialog().timer().weRefresh()) {
        return end(state, leg, Refusal.SESSION_EXPIRED, now);
      } else {
        events.add(refresh(leg, now));
      }
    }
    return accepted(events);
  }

  private static LegReinvited refresh(Leg leg, Instant now) {
    return Sessions.reinvite(leg, Purpose.REFRESH, Objects.requireNonNull(leg.said()), now);
  }

  /** A peer that does not answer may still be there: it gets a BYE as well. */
  private static Decision<CallEvent> end(CallState state, Leg leg, Refusal why, Instant now) {
    if (state.consulting() && leg.number() != 0) {
      return ConsultSide.lost(state, leg.number(), false, now);
    }
    return accepted(new CallEnded(now, state.outcomeOfFailing(), why, -1));
  }
}

package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.CallEvent.AnsweredTooLate;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.LegReleased;
import org.switchwright.domain.call.CallEvent.OfferAccepted;
import org.switchwright.domain.call.CallEvent.OfferEnded;
import org.switchwright.domain.call.CallEvent.OfferEnding;
import org.switchwright.domain.call.CallEvent.StationRang;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Release.StopRinging;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.routing.OfferOutcome;

/** Decisions on what the stations do to which the call was offered. */
final class StationSide {
  /** The INVITE had 1; what follows in its dialog counts on from there. */
  static final long INVITE_CSEQ = 1;

  /** How many NOTIFYs tell a phone what became of its REFER. */
  static final int NOTIFIES = 2;

  private StationSide() {}

  static Decision<CallEvent> ringing(CallState state, LegReport.Ringing report, Instant now) {
    if (state.phase() instanceof Ringing ringing) {
      Optional<Ring> silent = ringing.ring(report.leg()).filter(ring -> !ring.rang());
      if (silent.isPresent()) {
        return accepted(new StationRang(now, silent.get().id()));
      }
    }
    return over(state, report.leg())
        ? Decision.answered(CallReaction.signal(state, new Signal.SilenceStation(report.leg())))
        : Call.already(state, "heard that leg " + report.leg() + " rings");
  }

  /**
   * Whether the offer has ended for good. One that was never heard of has not: an incarnation of
   * this call that is behind the others must not end what they began.
   */
  private static boolean over(CallState state, int leg) {
    boolean ending = state.phase() instanceof Over over && over.releasing().containsKey(leg);
    return !state.book().unknown(leg)
        && state.ring(leg).isEmpty()
        && state.leg(leg).isEmpty()
        && !ending;
  }

  static Decision<CallEvent> answered(CallState state, LegReport.Answered report, Instant now) {
    if (ConferenceSide.invited(state, report.leg()).isPresent()) {
      return ConferenceSide.answered(state, report, now);
    }
    switch (state.phase()) {
      case Ringing ringing when ringing.ring(report.leg()).isPresent() -> {
        OfferId offer = new OfferId(state.id(), report.leg());
        List<CallEvent> events = new ArrayList<>();
        events.add(new OfferAccepted(now, offer, report.dialog(), report.session()));
        CallState after = CallFold.evolve(state, events.getFirst());
        Sessions.join(after, now)
            .or(() -> Sessions.update(after, Leg.Purpose.UPDATE, now))
            .ifPresent(events::add);
        return accepted(events);
      }
      case Over over when over.releasing().get(report.leg()) instanceof StopRinging -> {
        return accepted(new AnsweredTooLate(now, report.leg(), report.dialog()));
      }
      case Phase _ when unanswered(state, report.leg()) -> {
        return accepted(new AnsweredTooLate(now, report.leg(), report.dialog()));
      }
      case Phase _ when state.leg(report.leg()).filter(leg -> same(leg, report)).isPresent() -> {
        return Call.already(state, "taken the answer of leg " + report.leg());
      }
      case Phase _ -> {
        return Decision.answered(
            CallerSide.bye(
                state, report.leg(), report.dialog(), INVITE_CSEQ + 1, Refusal.TOO_LATE));
      }
    }
  }

  /** Whether it is a leg to a conference's room that is not wanted any more. */
  private static boolean cancelled(CallState state, int leg) {
    Leaving.Farewell farewell = state.leaving().legs().get(leg);
    return farewell != null && farewell.release() instanceof StopRinging;
  }

  /** Whether another one has answered before this one, or nobody wants it any more. */
  private static boolean unanswered(CallState state, int leg) {
    return state.book().losing(leg).filter(ring -> ring.answered() == null).isPresent()
        || cancelled(state, leg);
  }

  private static boolean same(Leg leg, LegReport.Answered report) {
    return leg.dialog().remoteTag().equals(report.dialog().remoteTag());
  }

  static Decision<CallEvent> refused(CallState state, LegReport.Refused report, Instant now) {
    if (state.phase() instanceof Over over
        && over.releasing().get(report.leg()) instanceof StopRinging) {
      return accepted(new LegReleased(now, report.leg()));
    }
    if (ConferenceSide.invited(state, report.leg()).isPresent()) {
      return accepted(ConferenceSide.end(state, report.leg(), now));
    }
    if (cancelled(state, report.leg())) {
      return accepted(new LegReleased(now, report.leg()));
    }
    Optional<Ring> found = state.ring(report.leg());
    if (found.isEmpty()) {
      return Call.already(state, "gone on without leg " + report.leg());
    }
    Ring ring = found.get();
    boolean last = state.phase() instanceof Ringing ringing && ringing.rings().size() == 1;
    boolean talked = state.leaving().request() != null || state.consulting();
    if (last && !talked && report.refusal() == StationRefusal.NOT_ACCEPTABLE) {
      return accepted(
          new OfferEnded(now, ring.id(), OfferOutcome.WITHDRAWN, report.status()),
          new CallEnded(now, CallOutcome.REFUSED, Refusal.NOT_ACCEPTABLE, -1));
    }
    return accepted(
        new OfferEnded(now, ring.id(), outcome(ring, report.refusal()), report.status()));
  }

  /** Its edge died: it is asked to stop, and not waited for as long as one of a living edge. */
  static Decision<CallEvent> orphaned(CallState state, Ring ring, Instant now) {
    boolean patient =
        state.book().losing().containsKey(ring.offer().leg())
            && ring.answered() == null
            && ring.due().isAfter(now.plus(Call.RECOVERED_CANCEL_PATIENCE));
    return ring.ending() == null || patient
        ? accepted(new OfferEnding(now, ring.id(), OfferOutcome.WITHDRAWN))
        : Decision.answered(CallReaction.stop(state, ring));
  }

  /**
   * What was asked of the station wins over how it obeyed. A phone that has no codec in common with
   * the caller is left alone for a while, as one in use, where others have or may have one.
   */
  private static OfferOutcome outcome(Ring ring, StationRefusal refusal) {
    OfferOutcome ending = ring.ending();
    if (ending == OfferOutcome.WITHDRAWN) {
      return OfferOutcome.WITHDRAWN;
    }
    return switch (refusal) {
      case REJECTED -> OfferOutcome.REJECTED;
      case BUSY, NOT_ACCEPTABLE -> OfferOutcome.BUSY;
      case UNREACHABLE -> ring.rang() ? OfferOutcome.MISSED : OfferOutcome.UNREACHABLE;
      case CANCELLED -> ending == null ? OfferOutcome.REJECTED : ending;
    };
  }
}

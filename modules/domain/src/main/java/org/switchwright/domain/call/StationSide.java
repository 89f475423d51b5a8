package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.Decision;
import org.switchwright.domain.call.CallEvent.AnsweredTooLate;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.LegReleased;
import org.switchwright.domain.call.CallEvent.OfferAccepted;
import org.switchwright.domain.call.CallEvent.OfferEnded;
import org.switchwright.domain.call.CallEvent.StationRang;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Release.StopRinging;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.routing.OfferOutcome;

/** Decisions on what the station does to which the call was offered. */
final class StationSide {
  /** The INVITE had 1; what follows in its dialog counts on from there. */
  static final long INVITE_CSEQ = 1;

  private StationSide() {}

  static Decision<CallEvent> ringing(CallState state, LegReport.Ringing report, Instant now) {
    if (state.phase() instanceof Ringing ringing
        && ringing.offer().leg() == report.leg()
        && !ringing.rang()) {
      return accepted(new StationRang(now, ringing.offer().id()));
    }
    return Call.already(state, "heard that leg " + report.leg() + " rings");
  }

  static Decision<CallEvent> answered(CallState state, LegReport.Answered report, Instant now) {
    switch (state.phase()) {
      case Ringing ringing when ringing.offer().leg() == report.leg() -> {
        List<CallEvent> events = new ArrayList<>();
        events.add(new OfferAccepted(now, ringing.offer().id(), report.dialog(), report.session()));
        Sessions.join(CallFold.evolve(state, events.getFirst()), now).ifPresent(events::add);
        return accepted(events);
      }
      case Over over when over.releasing().get(report.leg()) instanceof StopRinging -> {
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

  private static boolean same(Leg leg, LegReport.Answered report) {
    return leg.dialog().remoteTag().equals(report.dialog().remoteTag());
  }

  static Decision<CallEvent> refused(CallState state, LegReport.Refused report, Instant now) {
    if (state.phase() instanceof Over over
        && over.releasing().get(report.leg()) instanceof StopRinging) {
      return accepted(new LegReleased(now, report.leg()));
    }
    if (!(state.phase() instanceof Ringing ringing) || ringing.offer().leg() != report.leg()) {
      return Call.already(state, "gone on without leg " + report.leg());
    }
    if (report.refusal() == StationRefusal.NOT_ACCEPTABLE) {
      return accepted(
          new OfferEnded(now, ringing.offer().id(), OfferOutcome.WITHDRAWN, report.status()),
          new CallEnded(now, CallOutcome.REFUSED, Refusal.NOT_ACCEPTABLE, -1));
    }
    return accepted(
        new OfferEnded(
            now, ringing.offer().id(), outcome(ringing, report.refusal()), report.status()));
  }

  /** What was asked of the station wins over how it obeyed. */
  private static OfferOutcome outcome(Ringing ringing, StationRefusal refusal) {
    if (ringing.ending() == OfferOutcome.WITHDRAWN) {
      return OfferOutcome.WITHDRAWN;
    }
    return switch (refusal) {
      case REJECTED -> OfferOutcome.REJECTED;
      case BUSY -> OfferOutcome.BUSY;
      case UNREACHABLE -> ringing.rang() ? OfferOutcome.MISSED : OfferOutcome.UNREACHABLE;
      case CANCELLED -> ringing.ending() == null ? OfferOutcome.REJECTED : ringing.ending();
      case NOT_ACCEPTABLE ->
          throw new IllegalStateException("Expected a refusal of the offer, but got one of media");
    };
  }
}

package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.CallerConfirmed;
import org.switchwright.domain.call.CallEvent.LegReleased;
import org.switchwright.domain.call.CallEvent.OfferEnded;
import org.switchwright.domain.call.CallEvent.TreatmentFailed;
import org.switchwright.domain.call.CallEvent.TreatmentStarted;
import org.switchwright.domain.call.CallState.CallerAnswer;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Greeting;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.routing.OfferOutcome;

/** Decisions on what the caller does, on endings of legs, and on treatment. */
final class CallerSide {
  private CallerSide() {}

  static Decision<CallEvent> cancelled(CallState state, Instant now) {
    if (state.phase() instanceof Over || state.confirmed()) {
      return Call.already(state, "gone past the point where the caller can cancel");
    }
    return accepted(new CallEnded(now, CallOutcome.ABANDONED, Refusal.CANCELLED, 0));
  }

  static Decision<CallEvent> acknowledged(
      CallState state, LegReport.CallerAcknowledged report, Instant now) {
    if (state.phase() instanceof Over || state.answer() != CallerAnswer.SENT) {
      return Call.already(state, "been acknowledged by the caller");
    }
    if (state.phase() instanceof Greeting && report.answered() == null) {
      return accepted(new CallEnded(now, CallOutcome.REFUSED, Refusal.NOT_ACCEPTABLE, -1));
    }
    List<CallEvent> events = new ArrayList<>();
    events.add(new CallerConfirmed(now, report.answered()));
    CallState confirmed = CallFold.evolve(state, events.getFirst());
    Sessions.join(confirmed, now).ifPresent(events::add);
    Sessions.treat(confirmed, now).ifPresent(events::add);
    return accepted(events);
  }

  static Decision<CallEvent> neverAcknowledged(
      CallState state, LegReport.NeverAcknowledged report, Instant now) {
    if (state.phase() instanceof Over) {
      return Call.already(state, "ended");
    }
    boolean unconfirmed = report.leg() == 0 && state.answer() == CallerAnswer.SENT;
    if (state.consulting() && report.leg() != 0 && state.leg(report.leg()).isPresent()) {
      return ConsultSide.lost(state, report.leg(), false, now);
    }
    boolean renegotiating =
        state.phase() instanceof Connected && state.leg(report.leg()).isPresent();
    if (unconfirmed || renegotiating) {
      return accepted(new CallEnded(now, state.outcomeOfFailing(), Refusal.TIMED_OUT, -1));
    }
    return Call.already(state, "gone on without leg " + report.leg());
  }

  /** A station may hang up before we heard that it had answered: that offer is over. */
  static Decision<CallEvent> hungUp(CallState state, LegReport.HungUp report, Instant now) {
    if (state.phase() instanceof Over) {
      return released(state, new LegReport.Released(report.leg()), now);
    }
    Optional<Ring> ring = state.ring(report.leg());
    if (ring.isPresent()) {
      return accepted(new OfferEnded(now, ring.get().id(), OfferOutcome.WITHDRAWN, 0));
    }
    if (state.leaving().legs().containsKey(report.leg())) {
      return accepted(new LegReleased(now, report.leg()));
    }
    if (state.leg(report.leg()).isEmpty()) {
      return Call.already(state, "gone on without leg " + report.leg());
    }
    if (state.consulting() && report.leg() != 0) {
      return ConsultSide.lost(state, report.leg(), true, now);
    }
    return accepted(new CallEnded(now, state.outcomeOfLeaving(), Refusal.HUNG_UP, report.leg()));
  }

  static Decision<CallEvent> released(CallState state, LegReport.Released report, Instant now) {
    if (state.phase() instanceof Over over && over.releasing().containsKey(report.leg())) {
      return accepted(new LegReleased(now, report.leg()));
    }
    Optional<Ring> hungUp = state.book().losing(report.leg()).filter(it -> it.answered() != null);
    if (hungUp.isPresent()) {
      return accepted(new OfferEnded(now, hungUp.get().id(), OfferOutcome.WITHDRAWN, 0));
    }
    if (!(state.phase() instanceof Over) && state.leaving().legs().containsKey(report.leg())) {
      return accepted(new LegReleased(now, report.leg()));
    }
    return Call.already(state, "gone on without leg " + report.leg());
  }

  static Decision<CallEvent> treatmentStarted(
      CallState state, LegReport.TreatmentStarted report, Instant now) {
    if (!(state.treatment() instanceof Treatment.Starting starting)
        || state.phase() instanceof Over) {
      return Sessions.untreated(state)
          ? answered(CallReaction.signal(state, new Signal.StopTreatment()))
          : Call.already(state, "started treatment");
    }
    SessionDescription previous = starting.previous();
    SessionDescription session = state.callerLeg().next(report.session());
    if (previous != null && previous.text().equals(report.session())) {
      session = previous;
    }
    List<CallEvent> events = new ArrayList<>();
    events.add(new TreatmentStarted(now, session));
    Sessions.treat(CallFold.evolve(state, events.getFirst()), now).ifPresent(events::add);
    return accepted(events);
  }

  static Decision<CallEvent> treatmentFailed(
      CallState state, LegReport.TreatmentFailed report, Instant now) {
    if (!(state.treatment() instanceof Treatment.Starting) || state.phase() instanceof Over) {
      return Call.already(state, "gone on without treatment");
    }
    if (state.phase() instanceof Greeting) {
      return accepted(new CallEnded(now, CallOutcome.REFUSED, Refusal.OVERLOADED, -1));
    }
    if (state.confirmed()
        || state.phase() instanceof Joining
        || state.phase() instanceof Connected) {
      // Late news: whoever has an agent needs no treatment.
      return accepted(new TreatmentFailed(now, report.failure()));
    }
    return switch (report.failure()) {
      case NO_COMMON_CODEC ->
          accepted(new CallEnded(now, CallOutcome.REFUSED, Refusal.NOT_ACCEPTABLE, -1));
      case NO_CAPACITY -> accepted(new TreatmentFailed(now, report.failure()));
    };
  }

  static Effect bye(CallState state, int leg, Dialog dialog, long cseq, Refusal why) {
    return CallReaction.signal(state, new Signal.Bye(leg, dialog, cseq, why));
  }
}

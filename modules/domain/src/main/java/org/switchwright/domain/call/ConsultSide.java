package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.ConsultBegan;
import org.switchwright.domain.call.CallEvent.ConsultEnded;
import org.switchwright.domain.call.CallEvent.ConsultNoted;
import org.switchwright.domain.call.Consultation.Aside;
import org.switchwright.domain.call.Consultation.Ending;
import org.switchwright.domain.call.Leg.Purpose;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.routing.Destination;

/**
 * Decisions on consultations. Whatever ends one without its completion gives the caller back to the
 * agent who asked; only where that one is gone before anybody answered, the caller goes back to the
 * front of the queue. An agent who hangs up after the other one answered completes it.
 */
final class ConsultSide {
  private ConsultSide() {}

  static Decision<CallEvent> begin(CallState state, Call.Consult it, Instant now) {
    if (it.request().equals(state.consultation().request())) {
      return Call.already(state, "begun this consultation");
    }
    if (state.phase() instanceof Over) {
      return over(state);
    }
    if (!(state.phase() instanceof Connected connected) || state.consulting()) {
      return outOfOrder(state, "to talk to an agent who consults nobody, but it does not");
    }
    if (state.consultation().unheard() != null) {
      return outOfOrder(state, "to have told its site of the last consultation, but it has not");
    }
    if (it.to() instanceof Destination.Back
        || it.to().equals(new Destination.ToAgent(connected.offer().agent()))) {
      return outOfOrder(
          state,
          "to have another agent asked than "
              + connected.offer().agent()
              + ", but no other was named");
    }
    if (state.leaving().full()) {
      return outOfOrder(state, "to be sent on now and then, but it is all the time");
    }
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(
        new ConsultBegan(
            now,
            state.consultation().number() + 1,
            connected.offer().id(),
            connected.offer().agent(),
            it.to(),
            it.request()));
    hold(after(state, events), now, events);
    return accepted(events);
  }

  private static CallState after(CallState state, List<CallEvent> events) {
    CallState after = state;
    for (CallEvent event : events) {
      after = CallFold.evolve(after, event);
    }
    return after;
  }

  /** The phone of whoever asks is not to talk into the treatment of the caller. */
  private static void hold(CallState state, Instant now, List<CallEvent> events) {
    Leg leg = state.consultation().leg().orElseThrow();
    SessionDescription said = leg.said();
    if (leg.pending() == null && said != null) {
      Personal held = SessionDescription.held(said.text());
      events.add(Sessions.reinvite(leg, Purpose.HOLD, leg.next(held), now));
    }
  }

  static Decision<CallEvent> complete(CallState state, Instant now) {
    return ended(state, Ending.COMPLETED, now);
  }

  static Decision<CallEvent> retrieve(CallState state, Instant now) {
    return ended(state, Ending.RETRIEVED, now);
  }

  private static Decision<CallEvent> ended(CallState state, Ending ending, Instant now) {
    if (state.phase() instanceof Over) {
      return over(state);
    }
    if (!state.consulting()) {
      return outOfOrder(state, "to be put on hold for a consultation, but it is not");
    }
    if (ending == Ending.COMPLETED && !(state.phase() instanceof Connected)) {
      return outOfOrder(state, "to have an agent who was consulted, but none has answered");
    }
    return accepted(end(state, ending, false, now));
  }

  /** The site says that nobody will be found, or that it has taken note. */
  static Decision<CallEvent> siteSays(CallState state, Call.ConsultOver it, Instant now) {
    Consultation.Unheard unheard = state.consultation().unheard();
    if (unheard != null && unheard.number() == it.number()) {
      return accepted(new ConsultNoted(now, it.number()));
    }
    if (state.consultation().running() != it.number() || state.phase() instanceof Connected) {
      return Call.already(state, "ended consultation " + it.number());
    }
    return accepted(end(state, Ending.RETRIEVED, false, now));
  }

  static List<CallEvent> end(CallState state, Ending ending, boolean gone, Instant now) {
    Aside aside = Objects.requireNonNull(state.consultation().now());
    Phase.Offer talks =
        switch (ending) {
          case COMPLETED -> state.phase() instanceof Connected it ? it.offer() : aside.offer();
          case RETRIEVED, LEFT -> aside.offer();
        };
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(
        new ConsultEnded(
            now,
            state.consultation().number(),
            aside.offer().id(),
            talks.id(),
            talks.agent(),
            ending,
            gone));
    Sessions.join(after(state, events), now).ifPresent(events::add);
    Sessions.update(after(state, events), Purpose.UPDATE, now).ifPresent(events::add);
    return events;
  }

  /**
   * One of the agents is gone.
   *
   * @param gone whether there is nobody left to say BYE to
   */
  static Decision<CallEvent> lost(CallState state, int leg, boolean gone, Instant now) {
    boolean answered = state.phase() instanceof Connected;
    boolean asked = state.consultation().leg().filter(it -> it.number() == leg).isEmpty();
    Ending ending = asked ? Ending.RETRIEVED : answered ? Ending.COMPLETED : Ending.LEFT;
    return accepted(end(state, ending, gone, now));
  }

  private static Decision<CallEvent> over(CallState state) {
    return rejected(Reason.CALL_OVER, "Expected call " + state.id() + " to go on, but it is over");
  }

  private static Decision<CallEvent> outOfOrder(CallState state, String what) {
    return rejected(Reason.OUT_OF_ORDER, "Expected call " + state.id() + " " + what);
  }
}

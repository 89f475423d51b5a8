package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.ConferenceBegan;
import org.switchwright.domain.call.CallEvent.ConferenceEnded;
import org.switchwright.domain.call.CallEvent.ConferenceJoined;
import org.switchwright.domain.call.CallEvent.ConferenceNoted;
import org.switchwright.domain.call.Conference.Mixed;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Over;

/**
 * Decisions on conferences: a consultation into which the caller is let. Where the room fails, the
 * consultation goes on as before; whatever ends the consultation ends the conference.
 */
final class ConferenceSide {
  private ConferenceSide() {}

  static Decision<CallEvent> begin(CallState state, Call.Confer it, Instant now) {
    if (state.phase() instanceof Over) {
      return Call.tooLate(state);
    }
    if (!state.consulting() || !(state.phase() instanceof Connected)) {
      return Call.outOfOrder(state, "to have an agent who was consulted, but none has answered");
    }
    if (state.consultation().conference().isPresent()) {
      return Call.already(state, "begun a conference");
    }
    int first = Conference.FIRST_MIXED + state.consultation().mixed();
    if (state.leaving().full(Conference.SIZE + 2)
        || first + Conference.SIZE - 1 > Conference.LAST_MIXED) {
      return Call.outOfOrder(state, "to confer now and then, but it does so all the time");
    }
    Personal room = Personal.of(state.arrived().caller().key(), it.room());
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(new ConferenceBegan(now, first, room));
    return accepted(events);
  }

  /** The leg to the room that has not been answered yet. */
  static Optional<Mixed> invited(CallState state, int leg) {
    return state
        .consultation()
        .conference()
        .flatMap(it -> it.invited().filter(mixed -> mixed.leg() == leg).findFirst());
  }

  static Decision<CallEvent> answered(CallState state, LegReport.Answered report, Instant now) {
    List<CallEvent> events = new ArrayList<>();
    events.add(new ConferenceJoined(now, report.leg(), report.dialog(), report.session()));
    CallState after = CallFold.evolve(state, events.getFirst());
    Sessions.update(after, Leg.Purpose.UPDATE, now).ifPresent(events::add);
    return accepted(events);
  }

  /** Whether it is a participant's or the room's. */
  static boolean concerns(CallState state, int leg) {
    return state.consultation().conference().isPresent() && state.paired(leg);
  }

  static boolean mixed(CallState state, int leg) {
    return state
        .consultation()
        .conference()
        .filter(it -> it.legs().anyMatch(mixed -> mixed.leg() == leg))
        .isPresent();
  }

  /** What is due of legs that the room does not answer. */
  static boolean overdue(CallState state, Instant now) {
    return state
        .consultation()
        .conference()
        .filter(it -> it.invited().anyMatch(mixed -> !mixed.due().isAfter(now)))
        .isPresent();
  }

  /** The site has taken note. */
  static Decision<CallEvent> siteSays(CallState state, Call.ConferenceNoted it, Instant now) {
    boolean news =
        state.consultation().running() == it.number()
            && state
                .consultation()
                .aside()
                .map(Consultation.Aside::attendance)
                .filter(has -> has.noted() < it.change() && it.change() <= has.changes())
                .isPresent();
    return news
        ? accepted(new ConferenceNoted(now, it.number(), it.change()))
        : Call.already(state, "heard that its site knows who takes part");
  }

  /**
   * The agents talk to each other again, the caller hears treatment.
   *
   * @param gone the leg to the room that has ended by itself; 0 where none has
   */
  static List<CallEvent> end(CallState state, int gone, Instant now) {
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(new ConferenceEnded(now, gone));
    Sessions.update(CallFold.evolve(state, events), Leg.Purpose.UPDATE, now).ifPresent(events::add);
    return events;
  }
}

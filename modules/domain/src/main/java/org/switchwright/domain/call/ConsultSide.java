package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.KeyId;
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
  /** In place of the number of a leg that ended by itself. */
  private static final int NOBODY = 0;

  private static final int NO_LEG = -1;

  private ConsultSide() {}

  static Decision<CallEvent> begin(CallState state, Call.Consult it, Instant now) {
    return begin(state, it.to(), it.request(), null, now);
  }

  /** The edge has seen to it that it is a destination of this site. */
  static Decision<CallEvent> dialled(CallState state, LegReport.Dialled it, Instant now) {
    String request = "dialled-" + it.dialled().invite().branch();
    boolean before = request.equals(state.consultation().request());
    boolean talks =
        state.phase() instanceof Connected connected
            && connected.offer().agent().equals(it.agent());
    if (!before && !talks) {
      return Call.outOfOrder(state, "to talk to agent " + it.agent() + ", but it does not");
    }
    int leg = it.dialled().leg();
    if (!before && (state.leg(leg).isPresent() || state.leaving().legs().containsKey(leg))) {
      return Call.outOfOrder(state, "to have no leg " + leg + ", but it has one");
    }
    return begin(state, it.to(), request, ofCall(state, it.dialled()), now);
  }

  /** The edge that took it may not have known under which key the call's texts are. */
  private static Consultation.Dialled ofCall(CallState state, Consultation.Dialled it) {
    KeyId key = state.arrived().caller().key();
    Personal offered = it.offered().text().map(text -> Personal.of(key, text)).orElse(it.offered());
    return new Consultation.Dialled(it.leg(), it.invite(), it.dialog(), offered);
  }

  private static Decision<CallEvent> begin(
      CallState state,
      Destination to,
      String request,
      Consultation.@Nullable Dialled dialled,
      Instant now) {
    if (request.equals(state.consultation().request())) {
      return Call.already(state, "begun this consultation");
    }
    if (state.phase() instanceof Over) {
      return Call.tooLate(state);
    }
    if (!(state.phase() instanceof Connected connected) || state.consulting()) {
      return Call.outOfOrder(state, "to talk to an agent who consults nobody, but it does not");
    }
    if (state.consultation().unheard() != null) {
      return Call.outOfOrder(
          state, "to have told its site of the last consultation, but it has not");
    }
    if (to instanceof Destination.Back
        || to.equals(new Destination.ToAgent(connected.offer().agent()))) {
      return Call.outOfOrder(
          state,
          "to have another agent asked than "
              + connected.offer().agent()
              + ", but no other was named");
    }
    if (state.leaving().full(2)) {
      return Call.outOfOrder(state, "to be sent on now and then, but it is all the time");
    }
    List<CallEvent> events = new ArrayList<>();
    Sessions.disagree(state, Refusal.GLARE, now).ifPresent(events::add);
    events.add(
        new ConsultBegan(
            now,
            state.consultation().number() + 1,
            connected.offer().id(),
            connected.offer().agent(),
            to,
            request,
            dialled));
    if (dialled == null) {
      hold(CallFold.evolve(state, events), now, events);
    }
    return accepted(events);
  }

  /** The phone of whoever asks is not to talk into the treatment of the caller. */
  private static void hold(CallState state, Instant now, List<CallEvent> events) {
    Leg leg = state.consultation().asking().orElseThrow();
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
      return Call.tooLate(state);
    }
    if (!state.consulting()) {
      return Call.outOfOrder(state, "to be put on hold for a consultation, but it is not");
    }
    if (ending == Ending.COMPLETED && !(state.phase() instanceof Connected)) {
      return Call.outOfOrder(state, "to have an agent who was consulted, but none has answered");
    }
    return accepted(end(state, ending, now));
  }

  /** RFC 3891: whom the agent dialled takes the place of the agent. */
  static Decision<CallEvent> replaced(CallState state, LegReport.ReplaceArrived it, Instant now) {
    Leaving.Farewell left = state.leaving().legs().get(it.leg());
    if (left != null && it.refer().equals(left.refer())) {
      return answered(CallReaction.acceptRefer(state, it.leg(), left));
    }
    if (state.phase() instanceof Over) {
      return Call.tooLate(state);
    }
    Aside aside = state.consultation().now();
    Leg dialled = aside == null ? null : aside.dialled();
    if (aside == null
        || dialled == null
        || dialled.number() != it.replaced()
        || aside.leg().number() != it.leg()
        || !(state.phase() instanceof Connected)) {
      return Call.outOfOrder(
          state, "to have an agent who answered in leg " + it.replaced() + ", but there is none");
    }
    return accepted(end(state, Ending.COMPLETED, NOBODY, it.refer(), now));
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
    return accepted(end(state, Ending.RETRIEVED, now));
  }

  static List<CallEvent> end(CallState state, Ending ending, Instant now) {
    return end(state, ending, NOBODY, null, now);
  }

  /**
   * @param gone the leg that ended by itself
   */
  private static List<CallEvent> end(
      CallState state, Ending ending, int gone, @Nullable ServerTransaction refer, Instant now) {
    Aside aside = Objects.requireNonNull(state.consultation().now());
    Phase.Offer talks =
        switch (ending) {
          case COMPLETED -> state.phase() instanceof Connected it ? it.offer() : aside.offer();
          case RETRIEVED, LEFT -> aside.offer();
        };
    int dialled = aside.dialled() == null ? NO_LEG : aside.dialled().number();
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
            gone != NOBODY && gone != dialled,
            gone == dialled,
            refer));
    Sessions.join(CallFold.evolve(state, events), now).ifPresent(events::add);
    Sessions.update(CallFold.evolve(state, events), Purpose.UPDATE, now).ifPresent(events::add);
    return events;
  }

  /**
   * One of the agents is gone, or has ended the leg in which it asked.
   *
   * @param gone whether there is nobody left to say BYE to
   */
  static Decision<CallEvent> lost(CallState state, int leg, boolean gone, Instant now) {
    if (ConferenceSide.mixed(state, leg)) {
      return accepted(ConferenceSide.end(state, gone ? leg : 0, now));
    }
    boolean answered = state.phase() instanceof Connected;
    boolean asker = Objects.requireNonNull(state.consultation().now()).leg().number() == leg;
    Ending ending = !asker ? Ending.RETRIEVED : answered ? Ending.COMPLETED : Ending.LEFT;
    return accepted(end(state, ending, gone ? leg : NOBODY, null, now));
  }

  /**
   * The edge that died may not have answered what the agent dialled: the phone knows no dialog
   * before that.
   */
  static Optional<Effect> unanswered(CallState state, Leg leg) {
    Aside aside = state.consultation().now();
    return aside != null && leg.equals(aside.dialled()) && leg.cseq() == StationSide.INVITE_CSEQ
        ? Optional.of(
            CallReaction.answerReinvite(
                state, leg.number(), Objects.requireNonNull(aside.invite())))
        : Optional.empty();
  }
}

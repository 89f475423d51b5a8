package org.switchwright.domain.call;

import java.util.List;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallState.Treatment;

/** What the edge is owed for what the caller hears. */
final class TreatmentReaction {
  private TreatmentReaction() {}

  static List<Effect> start(CallState state) {
    if (!(state.treatment() instanceof Treatment.Starting starting)) {
      return List.of();
    }
    SessionDescription previous = starting.previous();
    Personal heard = state.callerLeg().heard();
    Effect start =
        CallReaction.signal(
            state,
            new Signal.StartTreatment(
                heard == null ? null : state.callersWish(heard),
                previous == null ? null : previous.text()));
    return starting.music().isEmpty()
        ? List.of(start)
        : List.of(start, CallReaction.signal(state, new Signal.PlayMusic(starting.music())));
  }

  /** Begins the treatment, or goes on with the music of this queue. */
  static List<Effect> music(CallState state) {
    return state.treatment() instanceof Treatment.Playing playing
        ? List.of(CallReaction.signal(state, new Signal.PlayMusic(playing.music())))
        : start(state);
  }

  static List<Effect> started(CallState state, SessionDescription session) {
    if (ConferenceSide.concerns(state, 0)) {
      // The caller was let in before the player was ready.
      return List.of(CallReaction.signal(state, new Signal.StopTreatment()));
    }
    return switch (state.answer()) {
      case EARLY ->
          List.of(
              CallReaction.signal(state, new Signal.Progress(state.arrived().invite(), session)));
      case SENT -> List.of(CallReaction.answerAgain(state));
      case NONE, CONFIRMED -> List.of();
    };
  }
}

package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.switchwright.domain.call.CallEvent.ConferenceBegan;
import org.switchwright.domain.call.CallEvent.ConferenceEnded;
import org.switchwright.domain.call.CallEvent.ConferenceJoined;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Conference.Mixed;
import org.switchwright.domain.call.Phase.Release;

/** How conferences change a call. */
final class ConferenceFold {
  private ConferenceFold() {}

  static CallState begun(CallState state, ConferenceBegan it) {
    TreeMap<Integer, Mixed> mixed = new TreeMap<>();
    Instant due = it.at().plus(Call.SETUP_PATIENCE);
    int leg = it.firstLeg();
    for (Leg participant :
        Stream.of(
                Stream.of(state.callerLeg()),
                state.consultation().asking().stream(),
                state.agent().stream())
            .flatMap(one -> one)
            .toList()) {
      SessionDescription offered =
          new SessionDescription(
              SessionDescription.unheld(Objects.requireNonNull(participant.heard())), 1);
      mixed.put(participant.number(), new Mixed(leg++, offered, null, due));
    }
    return state.with(state.consultation().conferring(new Conference(it.room(), mixed)));
  }

  static CallState joined(CallState state, ConferenceJoined it) {
    Conference conference = state.consultation().conference().orElseThrow();
    Mixed mixed = ConferenceSide.invited(state, it.leg()).orElseThrow();
    Leg up =
        Leg.start(it.leg(), it.dialog(), it.session(), StationSide.INVITE_CSEQ, it.at())
            .saying(mixed.offered());
    return state.with(state.consultation().conferring(conference.with(up)));
  }

  static CallState ended(CallState state, ConferenceEnded it) {
    Conference conference = state.consultation().conference().orElseThrow();
    CallState next =
        released(state, conference, it.gone(), it.at()).with(state.consultation().conferring(null));
    return conference.has(0)
        ? next.with(new Treatment.Starting(null, TreatmentMode.AFTER_ANSWER, Optional.empty()))
        : next;
  }

  /** Its legs are to go, but for one that has gone. */
  static CallState released(CallState state, Conference conference, int gone, Instant at) {
    Instant due = at.plus(CallDeadlines.RELEASE_PATIENCE);
    Leaving leaving = state.leaving();
    for (Mixed mixed : conference.mixed().values()) {
      if (mixed.leg() != gone) {
        leaving =
            leaving.with(mixed.leg(), new Leaving.Farewell(release(conference, mixed), null, due));
      }
    }
    return state.leaving(leaving);
  }

  static Release release(Conference conference, Mixed mixed) {
    return mixed.up() == null
        ? new Release.StopRinging(conference.room())
        : CallFold.hangup(mixed.up());
  }
}

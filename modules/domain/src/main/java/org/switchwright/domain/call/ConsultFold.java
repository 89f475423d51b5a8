package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.CallEvent.ConsultBegan;
import org.switchwright.domain.call.CallEvent.ConsultEnded;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Consultation.Aside;
import org.switchwright.domain.call.Consultation.Unheard;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Release;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Transfer;
import org.switchwright.domain.routing.Destination;

/** How consultations change a call. */
final class ConsultFold {
  private ConsultFold() {}

  static CallState begun(CallState state, ConsultBegan it) {
    if (!(state.phase() instanceof Connected connected) || state.consulting()) {
      throw new IllegalStateException(
          "Expected a call that talks, but " + state.id() + " is in " + state.phase());
    }
    Aside aside =
        new Aside(
            connected.offer(),
            connected.agent(),
            it.to(),
            dialled(it.dialled(), it.at()),
            it.dialled() == null ? null : it.dialled().invite(),
            null,
            Consultation.Attendance.NONE);
    Instant due = it.at().plus(Call.CONSULT_PATIENCE);
    return state
        .with(state.consultation().begun(it.number(), it.request(), aside))
        .with(new Treatment.Starting(null, TreatmentMode.AFTER_ANSWER))
        .in(new Seeking(due, new Transfer(it.offer(), it.to(), true)));
  }

  /** Answered at once, and on hold until whoever is asked answers. */
  private static @Nullable Leg dialled(Consultation.@Nullable Dialled it, Instant at) {
    return it == null
        ? null
        : Leg.start(it.leg(), it.dialog(), it.offered(), StationSide.INVITE_CSEQ, at)
            .reinvited(it.invite())
            .saying(new SessionDescription(SessionDescription.held(it.offered()), 1));
  }

  static CallState ended(CallState state, ConsultEnded it) {
    Aside aside = Objects.requireNonNull(state.consultation().now());
    @Nullable OfferId answered =
        state.phase() instanceof Connected connected ? connected.offer().id() : null;
    Unheard unheard = new Unheard(it.offer(), it.number(), it.talks(), answered);
    CallState over = withoutDialled(state.with(state.consultation().over(unheard)), aside, it);
    Conference conference = aside.conference();
    CallState free =
        conference == null ? over : ConferenceFold.released(over, conference, 0, it.at());
    Instant due = it.at().plus(Call.SETUP_PATIENCE).plus(Call.RING_GRACE);
    return switch (it.ending()) {
      case COMPLETED -> {
        Connected connected = connected(state);
        yield leaving(free, aside.leg(), it)
            .in(new Joining(connected.offer(), connected.agent(), due));
      }
      case RETRIEVED -> {
        CallState without =
            state.phase() instanceof Connected connected
                ? leaving(free, connected.agent(), it)
                : silenced(free, it.at());
        yield without.in(new Joining(aside.offer(), aside.leg(), due));
      }
      case LEFT ->
          leaving(silenced(free, it.at()), aside.leg(), it)
              .in(
                  new Seeking(
                      it.at().plus(Call.TRANSFER_PATIENCE),
                      new Transfer(it.offer(), new Destination.Back(), true)));
    };
  }

  private static Connected connected(CallState state) {
    if (state.phase() instanceof Connected connected) {
      return connected;
    }
    throw new IllegalStateException(
        "Expected an agent who was consulted, but " + state.id() + " is in " + state.phase());
  }

  private static CallState withoutDialled(CallState state, Aside aside, ConsultEnded it) {
    Leg dialled = aside.dialled();
    return dialled == null || it.dialledGone()
        ? state
        : leaving(state, dialled, CallFold.hangup(dialled), null, it.at());
  }

  /** It gets a BYE, unless it has ended by itself. */
  private static CallState leaving(CallState state, Leg leg, ConsultEnded it) {
    if (it.gone()) {
      return state;
    }
    long told = it.refer() == null ? 0 : StationSide.NOTIFIES;
    Release.Hangup hangup = new Release.Hangup(leg.dialog(), leg.cseq() + told + 1);
    return leaving(state, leg, hangup, it.refer(), it.at());
  }

  private static CallState leaving(
      CallState state,
      Leg leg,
      Release.Hangup hangup,
      @Nullable ServerTransaction refer,
      Instant at) {
    Instant due = at.plus(CallDeadlines.RELEASE_PATIENCE);
    return state.leaving(
        state.leaving().with(leg.number(), new Leaving.Farewell(hangup, refer, due)));
  }

  /** Whoever rings for the consultation is to stop. */
  private static CallState silenced(CallState state, Instant at) {
    if (!(state.phase() instanceof Ringing ringing)) {
      return state;
    }
    OfferBook book = state.book();
    for (Ring ring : ringing.rings().values()) {
      book = book.losing(ring.losing(at.plus(Call.CANCEL_PATIENCE)));
    }
    return state.with(book);
  }
}

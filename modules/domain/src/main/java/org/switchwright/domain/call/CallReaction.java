package org.switchwright.domain.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.*;
import org.switchwright.domain.call.CallState.CallerAnswer;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Phase.*;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** What the edge and the site are owed because of an event, and what after a recovery. */
final class CallReaction {
  private CallReaction() {}

  static List<Effect> react(CallState state, CallEvent event) {
    return switch (event) {
      case OfExpectation it -> ExpectedSide.react(state, it);
      case OfData it -> DataSide.react(state, it);
      case OfferForgone it when state.phase() instanceof Expected expected ->
          List.of(ExpectedSide.withdrawn(expected, it.offer()));
      case CallArrived it when it.expected() -> List.of();
      case CallArrived it ->
          it.offered() == null ? TreatmentReaction.start(state) : List.of(seek(state));
      // Whoever waits at another site hears something there.
      case CallQueued _ when CallFold.heardElsewhere(state) ->
          List.of(signal(state, new Signal.Progress(state.arrived().invite(), null)));
      case CallQueued _ -> TreatmentReaction.music(state);
      case SoughtAgain _ -> List.of(seek(state));
      case TreatmentStarted it -> TreatmentReaction.started(state, it.session());
      case TreatmentFailed _ ->
          state.answer() == CallerAnswer.NONE
              ? List.of(signal(state, new Signal.Progress(state.arrived().invite(), null)))
              : List.of();
      case TreatmentRestarted _ -> TreatmentReaction.start(state);
      case TreatmentRenewed it ->
          List.of(renewTreatment(state, it.reinvite(), it.offered(), it.version()));
      case CallerConfirmed it -> confirmed(state, it);
      case CallOffered it ->
          state.ring(it.offer().number()).stream()
              .map(ring -> inviteStation(state, ring.offer()))
              .toList();
      case StationRang _ ->
          state.answer() == CallerAnswer.NONE && !state.treated()
              ? List.of(signal(state, new Signal.Progress(state.arrived().invite(), null)))
              : List.of();
      case OfferEnding it ->
          state.ring(it.offer().number()).stream().map(ring -> stop(state, ring)).toList();
      case OfferEnded it -> List.of(tell(state, new Site.OfferEnded(it.offer(), it.outcome())));
      case OfferForgone it -> forgone(state, it);
      case OfferAccepted it -> accepted(state, it);
      case CallConnected _ ->
          state.treated() ? List.of(signal(state, new Signal.StopTreatment())) : List.of();
      case LegReinvited it ->
          List.of(reinvite(state, state.leg(it.leg()).orElseThrow(), it.cseq(), it.session()));
      case RenegotiationAgreed it -> List.of(answerReinvite(state, it.from(), it.reinvite()));
      case RenegotiationRefused it ->
          List.of(signal(state, new Signal.RefuseReinvite(it.from(), it.reinvite(), it.refusal())));
      case SessionRefreshed it -> List.of(answerReinvite(state, it.leg(), it.reinvite()));
      case ReinviteSettled it -> settled(state, it);
      case CallTransferred it -> transferred(state, it);
      case ConsultBegan it -> {
        List<Effect> effects = new ArrayList<>();
        if (it.dialled() != null) {
          effects.add(answerReinvite(state, it.dialled().leg(), it.dialled().invite()));
        }
        effects.addAll(TreatmentReaction.start(state));
        effects.addAll(news(state));
        yield effects;
      }
      case ConsultEnded it -> {
        List<Effect> effects = new ArrayList<>(accepting(state, it.offer().number()));
        effects.addAll(losing(state));
        effects.addAll(farewells(state));
        effects.addAll(news(state));
        yield effects;
      }
      case ConferenceBegan _ -> rooms(state);
      case ConferenceJoined it -> Conference.callers(it.leg()) ? attendance(state) : List.of();
      case ConferenceEnded _ -> {
        List<Effect> effects = new ArrayList<>(farewells(state));
        effects.addAll(TreatmentReaction.start(state));
        effects.addAll(attendance(state));
        yield effects;
      }
      case CallEnded _ -> ended(state);
      case AnsweredTooLate it ->
          List.of(
              CallerSide.bye(
                  state, it.leg(), it.dialog(), StationSide.INVITE_CSEQ + 1, Refusal.TOO_LATE));
      case ReinvitePostponed _,
          RenegotiationStarted _,
          ConsultNoted _,
          ConferenceNoted _,
          LegReleased _,
          ReleaseGivenUp _,
          CallSettled _ ->
          List.of();
    };
  }

  /** What the site may not know of a consultation and of what came of it. */
  private static List<Effect> news(CallState state) {
    List<Effect> effects = new ArrayList<>(overConsult(state));
    if (state.phase() instanceof Seeking seeking && seeking.transfer() != null) {
      effects.add(sendOn(state, seeking.transfer()));
    }
    return effects;
  }

  private static List<Effect> overConsult(CallState state) {
    Consultation.Unheard it = state.consultation().unheard();
    return it == null || state.phase() instanceof Over
        ? List.of()
        : List.of(
            tell(
                state,
                new Site.ConsultOver(
                    it.asked(), it.number(), it.talks(), Optional.ofNullable(it.answered()))));
  }

  /** What the site may not know of the caller's part in conferences. */
  private static List<Effect> attendance(CallState state) {
    if (!(state.phase() instanceof Connected connected)) {
      return List.of();
    }
    return state
        .consultation()
        .aside()
        .filter(it -> it.attendance().unheard())
        .map(it ->
            tell(
                state,
                new Site.Attends(
                    it.offer().id(),
                    connected.offer().id(),
                    state.consultation().number(),
                    it.attendance().changes())))
        .stream()
        .toList();
  }

  /** What invites the participants' legs to the room of a conference. */
  private static List<Effect> rooms(CallState state) {
    return state.consultation().conference().stream()
        .flatMap(it -> it.invited().map(leg -> invite(state, it, leg)))
        .toList();
  }

  private static Effect invite(CallState state, Conference it, Conference.Mixed leg) {
    return signal(
        state,
        new Signal.InviteStation(leg.leg(), it.room(), state.arrived().caller(), leg.offered()));
  }

  static List<Effect> owed(CallState state) {
    if (state.arrival() == null) {
      return ExpectedSide.owed(state);
    }
    List<Effect> effects = new ArrayList<>(losing(state));
    effects.addAll(farewells(state));
    effects.addAll(rooms(state));
    effects.addAll(overConsult(state));
    effects.addAll(attendance(state));
    effects.addAll(state.phase() instanceof Over ? List.of() : DataSide.owed(state));
    switch (state.phase()) {
      case Unborn _, Expected _, Unneeded _, Joining _ -> {}
      case Connected _ -> {
        if (!Sessions.untreated(state)) {
          effects.addAll(TreatmentReaction.start(state));
        }
      }
      case Greeting _, Waiting _ -> effects.addAll(TreatmentReaction.start(state));
      case Seeking seeking -> {
        effects.add(seeking.transfer() == null ? seek(state) : sendOn(state, seeking.transfer()));
        effects.addAll(TreatmentReaction.start(state));
      }
      case Ringing ringing -> {
        effects.addAll(TreatmentReaction.start(state));
        for (Ring ring : ringing.rings().values()) {
          if (ring.ending() != null) {
            effects.add(stop(state, ring));
          } else if (!ring.rang()) {
            effects.add(inviteStation(state, ring.offer()));
          }
        }
      }
      case Over over -> {
        effects.addAll(releases(state, over));
        if (!over.settled()) {
          effects.add(callOver(state, over));
        }
        return effects;
      }
    }
    if (state.answer() == CallerAnswer.SENT) {
      effects.add(answerAgain(state));
    }
    state
        .legs()
        .forEach(leg -> {
          Leg.PendingReinvite pending = leg.pending();
          if (pending != null && !pending.postponed()) {
            effects.add(reinvite(state, leg, pending.cseq(), pending.session()));
          }
        });
    return effects;
  }

  static List<Effect> resume(CallState state) {
    List<Effect> effects = new ArrayList<>(owed(state));
    state.consultation().legs().forEach(leg -> effects.add(attend(state, leg.number())));
    state.consultation().conference().stream()
        .flatMap(Conference::invited)
        .forEach(leg -> effects.add(attend(state, leg.leg())));
    state.book().losing().keySet().forEach(leg -> effects.add(attend(state, leg)));
    switch (state.phase()) {
      case Unborn _, Expected _, Unneeded _ -> {}
      case Greeting _, Seeking _, Waiting _ -> effects.add(attend(state, 0));
      case Ringing ringing -> {
        effects.add(attend(state, 0));
        ringing.rings().keySet().forEach(leg -> effects.add(attend(state, leg)));
      }
      case Joining joining -> {
        effects.add(attend(state, 0));
        effects.add(attend(state, joining.agent().number()));
      }
      case Connected connected -> {
        effects.add(attend(state, 0));
        effects.add(attend(state, connected.agent().number()));
      }
      case Over _ -> {}
    }
    return effects;
  }

  private static Effect attend(CallState state, int leg) {
    boolean unanswered = leg == 0 && !state.confirmed();
    return signal(
        state,
        new Signal.Attend(
            leg, state.arrived().caller().key(), unanswered ? state.arrived().invite() : null));
  }

  private static List<Effect> confirmed(CallState state, CallerConfirmed it) {
    if (!(state.phase() instanceof Seeking) || it.answered() == null) {
      return List.of();
    }
    return List.of(signal(state, new Signal.DirectTreatment(it.answered())), seek(state));
  }

  private static List<Effect> accepted(CallState state, OfferAccepted it) {
    List<Effect> effects = new ArrayList<>(losing(state));
    if (state.arrived().takenOver()) {
      // In case the site has not heard yet that it counts here.
      effects.add(seek(state));
    }
    effects.add(tell(state, new Site.OfferAccepted(it.offer())));
    if (state.answer() == CallerAnswer.SENT) {
      effects.add(answerAgain(state));
      SessionDescription said = Objects.requireNonNull(state.callerLeg().said());
      if (state.treated() && said.text().equals(it.session())) {
        effects.add(signal(state, new Signal.StopTreatment()));
      }
    }
    return effects;
  }

  /** The 200 that the caller's INVITE has, or should have had. */
  static Effect answerAgain(CallState state) {
    Leg caller = state.callerLeg();
    return signal(
        state,
        new Signal.Answer(
            state.arrived().invite(),
            Objects.requireNonNull(caller.said()),
            caller.dialog().timer()));
  }

  static Effect answerReinvite(CallState state, int number, ServerTransaction reinvite) {
    Leg leg = state.leg(number).orElseThrow();
    return signal(
        state,
        new Signal.AnswerReinvite(
            number, reinvite, Objects.requireNonNull(leg.said()), leg.dialog().timer()));
  }

  /** The caller's phone knows where the treatment plays from; now it is known where to. */
  private static List<Effect> settled(CallState state, ReinviteSettled it) {
    if (it.leg() == 0 && it.session() != null && ConferenceSide.concerns(state, 0)) {
      return List.of(signal(state, new Signal.StopTreatment()));
    }
    boolean plays = state.treatment() instanceof Treatment.Playing && !Sessions.untreated(state);
    return it.leg() == 0 && it.session() != null && plays
        ? List.of(signal(state, new Signal.DirectTreatment(it.session())))
        : List.of();
  }

  private static List<Effect> transferred(CallState state, CallTransferred it) {
    List<Effect> effects = new ArrayList<>();
    effects.addAll(accepting(state, it.offer().number()));
    effects.addAll(farewells(state));
    effects.addAll(TreatmentReaction.start(state));
    effects.add(sendOn(state, new Transfer(it.offer(), it.to(), it.placeKept())));
    return effects;
  }

  /** Whoever goes because it asked for that is told so first. */
  private static List<Effect> accepting(CallState state, int leg) {
    Leaving.Farewell farewell = state.leaving().legs().get(leg);
    return farewell == null || farewell.refer() == null
        ? List.of()
        : List.of(acceptRefer(state, leg, farewell));
  }

  static Effect acceptRefer(CallState state, int leg, Leaving.Farewell left) {
    Release.Hangup hangup = (Release.Hangup) left.release();
    return signal(
        state,
        new Signal.AcceptRefer(
            leg,
            Objects.requireNonNull(left.refer()),
            hangup.dialog(),
            hangup.cseq() - StationSide.NOTIFIES));
  }

  private static List<Effect> farewells(CallState state) {
    return state.phase() instanceof Over
        ? List.of()
        : state
            .leaving()
            .farewells()
            .map(leg -> release(state, leg.getKey(), leg.getValue().release(), Refusal.TRANSFERRED))
            .toList();
  }

  private static Effect release(CallState state, int leg, Release release, Refusal why) {
    return switch (release) {
      case Release.Hangup it -> CallerSide.bye(state, leg, it.dialog(), it.cseq(), why);
      case Release.Refuse _ -> signal(state, new Signal.Refuse(state.arrived().invite(), why));
      case Release.Redirect it ->
          signal(state, new Signal.Redirect(state.arrived().invite(), it.to()));
      case Release.StopRinging it ->
          signal(state, new Signal.CancelStation(leg, it.station(), state.arrived().caller()));
    };
  }

  private static Effect sendOn(CallState state, Transfer it) {
    if (state.consulting()) {
      return tell(state, new Site.Consult(it.offer(), state.consultation().number(), it.to()));
    }
    return tell(state, carriedOut(state, it));
  }

  private static List<Effect> ended(CallState state) {
    if (!(state.phase() instanceof Over over)) {
      throw new IllegalStateException("Expected an ended call, but it is in " + state.phase());
    }
    List<Effect> effects = new ArrayList<>(releases(state, over));
    if (state.treated()) {
      effects.add(signal(state, new Signal.StopTreatment()));
    }
    effects.add(callOver(state, over));
    return effects;
  }

  private static Effect inviteStation(CallState state, Offer offer) {
    return signal(
        state,
        new Signal.InviteStation(
            offer.leg(),
            offer.station(),
            state.arrived().caller(),
            offer.session(),
            state.arrived().passage()));
  }

  private static Effect reinvite(CallState state, Leg leg, long cseq, SessionDescription session) {
    return signal(state, new Signal.Reinvite(leg.number(), leg.dialog(), cseq, session));
  }

  static Effect renewTreatment(
      CallState state, ServerTransaction reinvite, @Nullable Personal offered, long version) {
    return signal(
        state,
        new Signal.RenewTreatment(reinvite, offered, version, state.callerLeg().dialog().timer()));
  }

  private static List<Effect> releases(CallState state, Over over) {
    List<Effect> effects = new ArrayList<>();
    over.releasing()
        .forEach((leg, release) -> effects.add(release(state, leg, release, over.cause())));
    return effects;
  }

  /** A site that still offers is told first that another offer was accepted, in case it is so. */
  private static List<Effect> forgone(CallState state, OfferForgone it) {
    List<Effect> effects = new ArrayList<>(overConsult(state));
    state
        .agent()
        .map(agent -> new OfferId(state.id(), agent.number()))
        .ifPresent(won -> effects.add(tell(state, new Site.OfferAccepted(won))));
    if (state.phase() instanceof Seeking seeking && seeking.transfer() != null) {
      effects.add(sendOn(state, seeking.transfer()));
    }
    effects.add(tell(state, new Site.OfferEnded(it.offer(), OfferOutcome.WITHDRAWN)));
    return effects;
  }

  private static List<Effect> losing(CallState state) {
    return state.book().losing().values().stream().map(ring -> stop(state, ring)).toList();
  }

  /** A CANCEL; where the station has answered all the same, a BYE. */
  static Effect stop(CallState state, Ring ring) {
    Dialog answered = ring.answered();
    int leg = ring.offer().leg();
    return answered == null
        ? signal(
            state, new Signal.CancelStation(leg, ring.offer().station(), state.arrived().caller()))
        : CallerSide.bye(state, leg, answered, StationSide.INVITE_CSEQ + 1, Refusal.TOO_LATE);
  }

  static Effect callOver(CallState state, Over over) {
    return tell(
        state,
        new Site.CallOver(
            state.id(),
            over.outcome(),
            over.offers(),
            Optional.ofNullable(over.transfer()).map(it -> carriedOut(state, it)),
            state.arrived().takenOver()));
  }

  private static Site.Transfer carriedOut(CallState state, Transfer it) {
    CallArrived arrived = state.arrived();
    Optional<Site.Asker> asker =
        it.to() instanceof Destination.ToAddress
            ? Optional.of(
                new Site.Asker(arrived.interaction(), arrived.caller(), state.data().values()))
            : Optional.empty();
    return new Site.Transfer(it.offer(), it.to(), it.placeKept(), asker);
  }

  private static Effect seek(CallState state) {
    CallArrived arrived = state.arrived();
    return tell(
        state,
        new Site.Seek(
            state.id(),
            arrived.interaction(),
            arrived.point(),
            arrived.place().orElse(arrived.at()),
            arrived.caller(),
            state.data().values(),
            arrived.origin()));
  }

  private static Effect tell(CallState state, Site.Command command) {
    return new Effect.TellSite(state.arrived().site(), command);
  }

  static Effect signal(CallState state, Signal signal) {
    return new Effect.Signalled(state.arrived().edge(), state.id(), signal);
  }
}

package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.CallEvent.*;
import org.switchwright.domain.call.CallState.CallerAnswer;
import org.switchwright.domain.call.CallState.Treatment;
import org.switchwright.domain.call.Leg.PendingReinvite;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Greeting;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Offer;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Release;
import org.switchwright.domain.call.Phase.Renegotiation;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Transfer;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.call.Phase.Waiting;
import org.switchwright.domain.routing.OfferOutcome;

/** How each event changes a call. No rule here: an event that cannot be is a bug. */
final class CallFold {
  private CallFold() {}

  static CallState evolve(CallState state, List<CallEvent> events) {
    CallState after = state;
    for (CallEvent event : events) {
      after = evolve(after, event);
    }
    return after;
  }

  static CallState evolve(CallState state, CallEvent event) {
    return switch (event) {
      case OfExpectation it -> ExpectedSide.evolve(state, it);
      case OfData it -> DataSide.evolve(state, it);
      case CallSettled _ when state.phase() instanceof Unneeded it ->
          state.in(new Unneeded(it.expectation(), it.offers(), true, it.due()));
      case CallArrived it -> arrived(state, it);
      case CallQueued it -> queued(state, it);
      case SoughtAgain it -> state.in(seeking(it.at()));
      case TreatmentStarted it -> treatmentStarted(state, it);
      case TreatmentFailed _ -> state.with(new Treatment.None());
      case TreatmentRestarted _ -> restarted(state);
      case TreatmentRenewed it -> renewed(state, it);
      case CallerConfirmed it -> confirmed(state, it);
      case CallOffered it -> offered(state, it);
      case StationRang it -> {
        Ringing ringing = ringing(state, it);
        yield state.in(ringing(ringing, ring(state, it.offer(), it).ringing()));
      }
      case OfferEnding it -> ending(state, it);
      case OfferEnded it -> offerEnded(state, it);
      case OfferForgone it ->
          state.with(state.book().ended(it.offer().number(), OfferOutcome.WITHDRAWN));
      case OfferAccepted it -> accepted(state, it);
      case CallConnected it -> {
        Joining joining = joining(state, it);
        yield state.in(new Connected(joining.offer(), joining.agent(), null));
      }
      case LegReinvited it ->
          state.with(
              leg(state, it.leg())
                  .reinviting(
                      new PendingReinvite(
                          it.purpose(),
                          it.cseq(),
                          it.session(),
                          it.at().plus(Call.SETUP_PATIENCE),
                          false)));
      case ReinvitePostponed it -> state.with(leg(state, it.leg()).postponing(it.until()));
      case ReinviteSettled it -> {
        Leg leg = leg(state, it.leg());
        yield state.with(
            it.session() == null ? leg.refused() : leg.agreed(it.session()).refreshed(it.at()));
      }
      case RenegotiationStarted it ->
          renegotiating(
              state.with(leg(state, it.from()).reinvited(it.reinvite())),
              new Renegotiation(it.from(), it.reinvite(), it.offered()));
      case RenegotiationAgreed it -> {
        Leg leg = leg(state, it.from()).hearing(renegotiation(state, it).offered());
        SessionDescription said = new SessionDescription(it.answered(), it.version());
        yield renegotiating(state.with(leg.saying(said).refreshed(it.at())), null);
      }
      case RenegotiationRefused _ -> renegotiating(state, null);
      case SessionRefreshed it ->
          state.with(leg(state, it.leg()).reinvited(it.reinvite()).refreshed(it.at()));
      case CallTransferred it -> transferred(state, it);
      case ConsultBegan it -> ConsultFold.begun(state, it);
      case ConsultEnded it -> ConsultFold.ended(state, it);
      case ConferenceBegan it -> ConferenceFold.begun(state, it);
      case ConferenceJoined it -> ConferenceFold.joined(state, it);
      case ConferenceEnded it -> ConferenceFold.ended(state, it);
      case ConferenceNoted it -> state.with(state.consultation().noted(it.change()));
      case ConsultNoted _ -> state.with(state.consultation().heard());
      case CallEnded it -> ended(state, it);
      case AnsweredTooLate it when state.book().losing(it.leg()).isPresent() -> {
        Ring ring = state.book().losing(it.leg()).orElseThrow();
        Instant until = it.at().plus(CallDeadlines.RELEASE_PATIENCE);
        yield state.with(state.book().losing(ring.answering(it.dialog(), until)));
      }
      case AnsweredTooLate it when !(state.phase() instanceof Over) ->
          state.leaving(
              state
                  .leaving()
                  .with(
                      it.leg(),
                      new Leaving.Farewell(
                          new Release.Hangup(it.dialog(), StationSide.INVITE_CSEQ + 1),
                          null,
                          it.at().plus(CallDeadlines.RELEASE_PATIENCE))));
      case AnsweredTooLate it -> {
        Over over = over(state, it);
        Release hangup = new Release.Hangup(it.dialog(), StationSide.INVITE_CSEQ + 1);
        TreeMap<Integer, Release> releasing = new TreeMap<>(over.releasing());
        releasing.put(it.leg(), hangup);
        yield state.in(over(over, releasing, over.settled(), over.due()));
      }
      case LegReleased it when !(state.phase() instanceof Over) ->
          state.leaving(state.leaving().without(it.leg()));
      case LegReleased it -> {
        Over over = over(state, it);
        TreeMap<Integer, Release> releasing = new TreeMap<>(over.releasing());
        releasing.remove(it.leg());
        yield state.in(over(over, releasing, over.settled(), over.due()));
      }
      case ReleaseGivenUp it when !(state.phase() instanceof Over) ->
          state.leaving(state.leaving().after(it.dueUntil().orElse(Instant.MAX)));
      case ReleaseGivenUp it -> {
        Over over = over(state, it);
        Instant next = it.at().plus(CallDeadlines.RELEASE_PATIENCE);
        yield state.in(over(over, new TreeMap<>(), over.settled(), next));
      }
      case CallSettled it -> {
        Over over = over(state, it);
        yield state.in(over(over, over.releasing(), true, over.due()));
      }
    };
  }

  private static CallState arrived(CallState state, CallArrived it) {
    if (!(state.phase() instanceof Unborn || state.phase() instanceof Expected)) {
      throw impossible(state, it);
    }
    boolean delayed = it.offered() == null;
    AttachedData data = state.data().came(it.attached());
    return new CallState(
        state.id(),
        it,
        CallerAnswer.NONE,
        Leg.start(0, it.dialog(), it.offered(), 0, it.at()).reinvited(it.invite()),
        delayed
            ? new Treatment.Starting(null, TreatmentMode.AFTER_ANSWER, Optional.empty())
            : new Treatment.None(),
        delayed ? new Greeting(it.at().plus(Call.SETUP_PATIENCE)) : seeking(it.at()),
        state.book(),
        Leaving.NONE,
        Consultation.NONE,
        it.origin().isPresent() && it.place().isPresent() ? data.unasked() : data);
  }

  private static Seeking seeking(Instant at) {
    return new Seeking(at.plus(Call.SITE_PATIENCE), null);
  }

  private static CallState queued(CallState state, CallQueued it) {
    CallState waiting = state.in(new Waiting(it.queue(), it.askAgainAt()));
    if (heardElsewhere(state)) {
      return waiting;
    }
    return waiting.with(
        state.treated()
            ? state.treatment().with(it.music())
            : new Treatment.Starting(null, it.treatment(), it.music()));
  }

  /** Whether the caller waits at another site, and hears what is played there. */
  static boolean heardElsewhere(CallState state) {
    return state.arrived().origin().isPresent()
        && state.answer() == CallerAnswer.NONE
        && !state.treated();
  }

  private static CallState treatmentStarted(CallState state, TreatmentStarted it) {
    if (!(state.treatment() instanceof Treatment.Starting starting)) {
      throw impossible(state, it);
    }
    CallerAnswer answer =
        state.answer() != CallerAnswer.NONE
            ? state.answer()
            : starting.mode() == TreatmentMode.EARLY_MEDIA ? CallerAnswer.EARLY : CallerAnswer.SENT;
    Leg caller = state.callerLeg();
    boolean told = state.answer() == CallerAnswer.SENT || state.answer() == CallerAnswer.CONFIRMED;
    return state
        .with(new Treatment.Playing(it.session(), starting.mode(), starting.music()))
        .with(told ? caller : caller.saying(it.session()))
        .answered(answer);
  }

  private static CallState restarted(CallState state) {
    return switch (state.treatment()) {
      case Treatment.Playing playing ->
          state.with(new Treatment.Starting(playing.session(), playing.mode(), playing.music()));
      case Treatment.Starting _, Treatment.None _ -> state;
    };
  }

  private static CallState renewed(CallState state, TreatmentRenewed it) {
    Leg caller = state.callerLeg();
    SessionDescription said = Objects.requireNonNull(caller.said());
    Leg next =
        caller
            .reinvited(it.reinvite())
            .saying(new SessionDescription(said.text(), it.version()))
            .refreshed(it.at());
    return state.with(it.offered() == null ? next : next.hearing(it.offered()));
  }

  private static CallState confirmed(CallState state, CallerConfirmed it) {
    Leg leg = state.callerLeg().refreshed(it.at());
    Personal answered = it.answered();
    CallState next =
        state.answered(CallerAnswer.CONFIRMED).with(answered == null ? leg : leg.hearing(answered));
    return state.phase() instanceof Greeting ? next.in(seeking(it.at())) : next;
  }

  private static CallState offered(CallState state, CallOffered it) {
    Offer offer = new Offer(it.offer(), it.agent(), it.station(), firstOffer(state));
    Ring ring = new Ring(offer, false, null, null, it.until().plus(Call.RING_GRACE));
    Ringing before =
        state.phase() instanceof Ringing ringing
            ? ringing
            : new Ringing(Collections.emptySortedMap());
    return state.with(state.book().offered(it.offer().number())).in(ringing(before, ring));
  }

  private static SessionDescription firstOffer(CallState state) {
    Personal heard =
        Objects.requireNonNull(
            state.callerLeg().heard(), "Expected a caller with a session, but there is none");
    return new SessionDescription(state.callersWish(asker(state, heard)), 1);
  }

  /** Who was consulted hears whoever asks, in place of the caller. */
  private static Personal asker(CallState state, Personal caller) {
    return state
        .consultation()
        .asking()
        .map(leg -> Objects.requireNonNull(leg.heard()))
        .orElse(caller);
  }

  private static CallState ending(CallState state, OfferEnding it) {
    boolean recovered = it.outcome() == OfferOutcome.WITHDRAWN;
    Instant due = it.at().plus(recovered ? Call.RECOVERED_CANCEL_PATIENCE : Call.CANCEL_PATIENCE);
    Ring ending = ring(state, it.offer(), it).ending(it.outcome(), due);
    return state.book().losing().containsKey(it.offer().number())
        ? state.with(state.book().losing(ending))
        : state.in(ringing(ringing(state, it), ending));
  }

  /** With the last of several the call is back where it was before the first. */
  private static CallState offerEnded(CallState state, OfferEnded it) {
    ring(state, it.offer(), it);
    int number = it.offer().number();
    CallState ended =
        state.with(state.book().ended(number, it.outcome())).with(state.data().without(number));
    if (!(state.phase() instanceof Ringing ringing) || ringing.ring(number).isEmpty()) {
      return ended;
    }
    SortedMap<Integer, Ring> left = Phase.without(ringing.rings(), number);
    return ended.in(left.isEmpty() ? seeking(it.at()) : new Ringing(left));
  }

  private static Ringing ringing(Ringing before, Ring ring) {
    return new Ringing(Phase.with(before.rings(), ring));
  }

  /** The others that ring have lost; they stay in the book until they have stopped. */
  private static CallState accepted(CallState state, OfferAccepted it) {
    Ring won = ringing(state, it).ring(it.offer().number()).orElseThrow();
    OfferBook book = state.book().ended(it.offer().number(), OfferOutcome.ACCEPTED);
    for (Ring ring : ringing(state, it).rings().values()) {
      if (!ring.id().equals(it.offer())) {
        book = book.losing(ring.losing(it.at().plus(Call.CANCEL_PATIENCE)));
      }
    }
    Leg agent =
        Leg.start(won.offer().leg(), it.dialog(), it.session(), StationSide.INVITE_CSEQ, it.at())
            .saying(won.offer().session());
    if (state.consulting()) {
      return state.with(book).in(new Connected(won.offer(), agent, null));
    }
    Instant due = it.at().plus(Call.SETUP_PATIENCE).plus(Call.RING_GRACE);
    CallState joining = state.with(book).in(new Joining(won.offer(), agent, due));
    return switch (state.answer()) {
      case NONE ->
          joining
              .with(state.callerLeg().saying(state.callerLeg().next(it.session())))
              .answered(CallerAnswer.SENT);
      case EARLY -> joining.answered(CallerAnswer.SENT);
      case SENT, CONFIRMED -> joining;
    };
  }

  private static Renegotiation renegotiation(CallState state, CallEvent event) {
    if (state.phase() instanceof Connected connected && connected.renegotiation() != null) {
      return connected.renegotiation();
    }
    throw impossible(state, event);
  }

  private static CallState renegotiating(CallState state, @Nullable Renegotiation renegotiation) {
    if (!(state.phase() instanceof Connected connected)) {
      throw new IllegalStateException(
          "Expected a connected call to renegotiate, but it is in " + state.phase());
    }
    return state.in(new Connected(connected.offer(), connected.agent(), renegotiation));
  }

  private static CallState transferred(CallState state, CallTransferred it) {
    if (!(state.phase() instanceof Connected connected)) {
      throw impossible(state, it);
    }
    Leg agent = connected.agent();
    long told = it.refer() == null ? 0 : StationSide.NOTIFIES;
    Leaving.Farewell farewell =
        new Leaving.Farewell(
            new Release.Hangup(agent.dialog(), agent.cseq() + told + 1),
            it.refer(),
            it.at().plus(CallDeadlines.RELEASE_PATIENCE));
    Transfer transfer = new Transfer(it.offer(), it.to(), it.placeKept());
    return state
        .with(state.data().without(it.offer().number()))
        .leaving(state.leaving().with(agent.number(), farewell, it.request()))
        .with(new Treatment.Starting(null, TreatmentMode.AFTER_ANSWER, Optional.empty()))
        .in(new Seeking(it.at().plus(Call.TRANSFER_PATIENCE), transfer));
  }

  private static CallState ended(CallState state, CallEnded it) {
    TreeMap<Integer, Release> releasing = new TreeMap<>();
    state
        .leaving()
        .farewells()
        .forEach(leg -> releasing.put(leg.getKey(), leg.getValue().release()));
    boolean callerUp =
        state.answer() == CallerAnswer.SENT || state.answer() == CallerAnswer.CONFIRMED;
    if (it.by() != 0) {
      releasing.put(
          0,
          callerUp
              ? hangup(state.callerLeg())
              : it.goesTo().<Release>map(Release.Redirect::new).orElse(new Release.Refuse()));
    }
    Stream.concat(state.agent().stream(), state.consultation().legs())
        .filter(agent -> agent.number() != it.by())
        .forEach(agent -> releasing.put(agent.number(), hangup(agent)));
    state
        .consultation()
        .conference()
        .ifPresent(room ->
            room.invited()
                .forEach(leg -> releasing.put(leg.leg(), ConferenceFold.release(room, leg))));
    OfferBook book = state.book();
    @Nullable Transfer transfer =
        state.phase() instanceof Seeking seeking && !state.consulting() ? seeking.transfer() : null;
    switch (state.phase()) {
      case Ringing ringing -> {
        for (Ring ring : ringing.rings().values()) {
          releasing.put(ring.offer().leg(), release(ring));
          book = book.ended(ring.offer().leg(), OfferOutcome.WITHDRAWN);
        }
      }
      case Unborn _, Expected _, Unneeded _, Over _ -> throw impossible(state, it);
      case Greeting _, Seeking _, Waiting _, Joining _, Connected _ -> {}
    }
    for (Ring ring : state.book().losing().values()) {
      releasing.put(ring.offer().leg(), release(ring));
      book = book.ended(ring.offer().leg(), OfferOutcome.WITHDRAWN);
    }
    Instant due = it.at().plus(CallDeadlines.RELEASE_PATIENCE);
    return state
        .with(book)
        .with(Consultation.NONE)
        .in(
            new Over(
                it.outcome(),
                it.cause(),
                book.ends(state.id()),
                transfer,
                sorted(releasing),
                false,
                due));
  }

  private static Release release(Ring ring) {
    Dialog answered = ring.answered();
    return answered == null
        ? new Release.StopRinging(ring.offer().station())
        : new Release.Hangup(answered, StationSide.INVITE_CSEQ + 1);
  }

  static Release.Hangup hangup(Leg leg) {
    return new Release.Hangup(leg.dialog(), leg.cseq() + 1);
  }

  private static Over over(
      Over over, SortedMap<Integer, Release> releasing, boolean settled, Instant due) {
    return new Over(
        over.outcome(),
        over.cause(),
        over.offers(),
        over.transfer(),
        sorted(releasing),
        settled,
        due);
  }

  private static SortedMap<Integer, Release> sorted(SortedMap<Integer, Release> releasing) {
    return Collections.unmodifiableSortedMap(releasing);
  }

  private static Leg leg(CallState state, int number) {
    return state
        .leg(number)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected a leg " + number + ", but the call is in " + state.phase()));
  }

  private static Ringing ringing(CallState state, CallEvent event) {
    if (state.phase() instanceof Ringing ringing) {
      return ringing;
    }
    throw impossible(state, event);
  }

  private static Ring ring(CallState state, OfferId offer, CallEvent event) {
    return state.ring(offer.number()).orElseThrow(() -> impossible(state, event));
  }

  private static Joining joining(CallState state, CallEvent event) {
    if (state.phase() instanceof Joining joining) {
      return joining;
    }
    throw impossible(state, event);
  }

  private static Over over(CallState state, CallEvent event) {
    if (state.phase() instanceof Over over) {
      return over;
    }
    throw impossible(state, event);
  }

  private static IllegalStateException impossible(CallState state, CallEvent event) {
    return new IllegalStateException(
        "Expected a call that allows " + event + ", but " + state.id() + " is in " + state.phase());
  }
}

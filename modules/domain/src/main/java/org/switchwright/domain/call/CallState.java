package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.call.Conference.Pair;
import org.switchwright.domain.call.Phase.Connected;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Greeting;
import org.switchwright.domain.call.Phase.Joining;
import org.switchwright.domain.call.Phase.Over;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.call.Phase.Ringing;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.call.Phase.Waiting;

/**
 * A call, folded from its events.
 *
 * @param arrival how it came; null before
 * @param answer how far our answer to the caller's INVITE is
 * @param caller the caller's leg; null before the arrival
 * @param book what it remembers of its offers
 * @param leaving legs that the call goes on without
 * @param consultation what an agent asks another one meanwhile
 * @param data what is attached to it
 */
public record CallState(
    CallId id,
    CallEvent.@Nullable CallArrived arrival,
    CallerAnswer answer,
    @Nullable Leg caller,
    Treatment treatment,
    Phase phase,
    OfferBook book,
    Leaving leaving,
    Consultation consultation,
    AttachedData data) {

  /** How far our answer to the caller's INVITE is. */
  public enum CallerAnswer {
    NONE,
    /** 183 with a session. */
    EARLY,
    /** 200, not acknowledged. */
    SENT,
    CONFIRMED
  }

  /** What the caller hears while waiting. */
  public sealed interface Treatment {
    record None() implements Treatment {}

    /**
     * @param music its name; empty: what is built in
     */
    record Starting(
        @Nullable SessionDescription previous, TreatmentMode mode, Optional<String> music)
        implements Treatment {
      /** With the music that is built in. */
      Starting(@Nullable SessionDescription previous, TreatmentMode mode) {
        this(previous, mode, Optional.empty());
      }
    }

    record Playing(SessionDescription session, TreatmentMode mode, Optional<String> music)
        implements Treatment {}

    /** The same with other music; nothing where there is none. */
    default Treatment with(Optional<String> next) {
      return switch (this) {
        case None none -> none;
        case Starting it -> new Starting(it.previous(), it.mode(), next);
        case Playing it -> new Playing(it.session(), it.mode(), next);
      };
    }
  }

  static CallState unborn(CallId id) {
    return new CallState(
        id,
        null,
        CallerAnswer.NONE,
        null,
        new Treatment.None(),
        new Unborn(),
        OfferBook.EMPTY,
        Leaving.NONE,
        Consultation.NONE,
        AttachedData.NOTHING);
  }

  CallEvent.CallArrived arrived() {
    return Objects.requireNonNull(arrival, "Expected a call that has arrived, but it has not");
  }

  Leg callerLeg() {
    return Objects.requireNonNull(caller, "Expected a call with a caller, but it has none");
  }

  /**
   * The caller's session as one to talk in. Once an agent has talked, a caller who may not speak is
   * one whom that agent had put on hold; where the caller holds too, the answer will say so.
   */
  Personal callersWish(Personal heard) {
    return leaving.request() == null && !consulting() ? heard : SessionDescription.unheld(heard);
  }

  boolean consulting() {
    return consultation.now() != null;
  }

  boolean treated() {
    return !(treatment instanceof Treatment.None);
  }

  boolean confirmed() {
    return answer == CallerAnswer.CONFIRMED;
  }

  /** The agent's leg, while there is one. */
  Optional<Leg> agent() {
    return switch (phase) {
      case Joining joining -> Optional.of(joining.agent());
      case Connected connected -> Optional.of(connected.agent());
      case Unborn _, Expected _, Unneeded _, Greeting _, Seeking _, Waiting _, Ringing _, Over _ ->
          Optional.empty();
    };
  }

  /** The caller's or the agent's leg, if it is one of this moment. */
  Optional<Leg> leg(int number) {
    if (number == 0) {
      return Optional.ofNullable(caller);
    }
    return legs().filter(leg -> leg.number() == number).findFirst();
  }

  /** Whom the peer of this leg talks to, or soon will; the caller to nobody while put on hold. */
  Optional<Leg> other(int number) {
    return pairs().filter(pair -> pair.has(number)).map(it -> it.besides(number)).findFirst();
  }

  /**
   * Who talk to each other, or soon will: the caller and an agent, or two agents, or each of them
   * and a conference's room.
   */
  Stream<Pair> pairs() {
    Optional<Conference> conference = consultation.conference();
    if (conference.isPresent()) {
      return conference.get().mixed().entrySet().stream()
          .flatMap(it ->
              Stream.ofNullable(it.getValue().up())
                  .map(up -> new Pair(leg(it.getKey()).orElseThrow(), up)));
    }
    Optional<Leg> first = consulting() ? consultation.asking() : Optional.ofNullable(caller);
    return first.stream().flatMap(one -> agent().stream().map(agent -> new Pair(one, agent)));
  }

  /** Whether the peer of this leg is one of two who talk to each other. */
  boolean paired(int number) {
    return phase instanceof Connected && pairs().anyMatch(pair -> pair.has(number));
  }

  /** All dialogs that the call goes on with. */
  Stream<Leg> legs() {
    return Stream.concat(
        Stream.ofNullable(caller), Stream.concat(consultation.legs(), agent().stream()));
  }

  /** The highest number of an offer so far. */
  public int offers() {
    return book.highest();
  }

  /** The station of an offer that rings, or was asked to stop. */
  public Optional<Ring> ring(int number) {
    Optional<Ring> losing = book.losing(number);
    return losing.isEmpty() && phase instanceof Ringing ringing ? ringing.ring(number) : losing;
  }

  Optional<Instant> due() {
    Optional<Instant> left = phase instanceof Over ? Optional.empty() : leaving.due();
    return Stream.of(dueOfPhase(), Optional.ofNullable(book.due()), left, consultation.due())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> dueOfPhase() {
    return switch (phase) {
      case Unborn _ -> Optional.empty();
      case Expected it -> Optional.of(it.due());
      case Unneeded it -> it.settled() ? Optional.empty() : Optional.of(it.due());
      case Greeting greeting -> Optional.of(greeting.due());
      case Seeking seeking -> Optional.of(earliest(seeking.due()));
      case Waiting waiting -> Optional.of(earliest(waiting.due()));
      case Ringing ringing -> Optional.of(earliest(ringing.due()));
      case Joining joining -> Optional.of(earliest(joining.due()));
      case Connected connected -> Optional.of(earliest(connected.agent().due()));
      case Over over ->
          over.settled() && over.releasing().isEmpty() ? Optional.empty() : Optional.of(over.due());
    };
  }

  /** How the call ends if one of its parties leaves now. */
  CallOutcome outcomeOfLeaving() {
    if (consulting()) {
      return CallOutcome.SERVED;
    }
    return switch (phase) {
      case Joining _, Connected _ -> CallOutcome.SERVED;
      case Unborn _, Expected _, Unneeded _, Greeting _, Seeking _, Waiting _, Ringing _, Over _ ->
          CallOutcome.ABANDONED;
    };
  }

  /** How the call ends if a leg turns out to be dead now. */
  CallOutcome outcomeOfFailing() {
    return phase instanceof Joining ? CallOutcome.FAILED : outcomeOfLeaving();
  }

  private Instant earliest(Instant due) {
    if (!confirmed() || !callerLeg().due().isBefore(due)) {
      return due;
    }
    return callerLeg().due();
  }

  CallState leaving(Leaving next) {
    return with(answer, caller, treatment, phase, book, next, consultation, data);
  }

  CallState in(Phase next) {
    return with(answer, caller, treatment, next, book, leaving, consultation, data);
  }

  CallState answered(CallerAnswer next) {
    return with(next, caller, treatment, phase, book, leaving, consultation, data);
  }

  CallState with(Treatment next) {
    return with(answer, caller, next, phase, book, leaving, consultation, data);
  }

  CallState with(OfferBook next) {
    return with(answer, caller, treatment, phase, next, leaving, consultation, data);
  }

  CallState with(Consultation next) {
    return with(answer, caller, treatment, phase, book, leaving, next, data);
  }

  CallState with(AttachedData next) {
    return with(answer, caller, treatment, phase, book, leaving, consultation, next);
  }

  private CallState with(
      CallerAnswer nextAnswer,
      @Nullable Leg nextCaller,
      Treatment nextTreatment,
      Phase nextPhase,
      OfferBook nextBook,
      Leaving nextLeaving,
      Consultation nextConsultation,
      AttachedData nextData) {
    return new CallState(
        id,
        arrival,
        nextAnswer,
        nextCaller,
        nextTreatment,
        nextPhase,
        nextBook,
        nextLeaving,
        nextConsultation,
        nextData);
  }

  CallState with(Leg leg) {
    if (consultation.legs().anyMatch(it -> it.number() == leg.number())) {
      return with(consultation.with(leg));
    }
    if (leg.number() == 0) {
      return with(answer, leg, treatment, phase, book, leaving, consultation, data);
    }
    return switch (phase) {
      case Joining joining -> in(new Joining(joining.offer(), leg, joining.due()));
      case Connected connected ->
          in(new Connected(connected.offer(), leg, connected.renegotiation()));
      case Unborn _, Expected _, Unneeded _, Greeting _, Seeking _, Waiting _, Ringing _, Over _ ->
          throw new IllegalStateException(
              "Expected an agent's leg while joining or connected, but the call is in " + phase);
    };
  }
}

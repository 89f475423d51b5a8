package org.switchwright.domain.call;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.CallEvent.CallArrived;
import org.switchwright.domain.call.CallEvent.CallEnded;
import org.switchwright.domain.call.CallEvent.CallExpected;
import org.switchwright.domain.call.CallEvent.CallOffered;
import org.switchwright.domain.call.CallEvent.CallSettled;
import org.switchwright.domain.call.CallEvent.CallUnneeded;
import org.switchwright.domain.call.CallEvent.ExpectationPlaced;
import org.switchwright.domain.call.CallEvent.ExpectationRenewed;
import org.switchwright.domain.call.CallEvent.OfferForgone;
import org.switchwright.domain.call.CallEvent.OfferHeld;
import org.switchwright.domain.call.Phase.Expected;
import org.switchwright.domain.call.Phase.Held;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Unborn;
import org.switchwright.domain.call.Phase.Unneeded;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/**
 * A call that is expected here: it waits at its site as any other, and an agent who is reserved for
 * it is held until the caller comes, who is at another site and keeps the place there. One that
 * comes and is not answered goes back to that place.
 */
final class ExpectedSide {
  private static final Duration CLOCKS_DRIFT = Duration.ofSeconds(5);

  private ExpectedSide() {}

  static Decision<CallEvent> expect(CallState state, Call.Expect it, Instant now) {
    Instant until = now.plus(it.lasts());
    CallEvent.@Nullable DataChanged news =
        DataSide.news(state, it.version(), it.attached(), 0, now);
    if (state.phase() instanceof Expected expected) {
      CallEvent renewed = new ExpectationRenewed(now, later(until, expected.expectation().until()));
      return news == null ? accepted(renewed) : accepted(renewed, news);
    }
    if (!(state.phase() instanceof Unborn)) {
      return rejected(
          Reason.CALL_OVER,
          "Expected call " + state.id() + " to be new, but it has come or is not needed any more");
    }
    CallEvent expected =
        new CallExpected(
            now,
            new Expectation(
                it.origin(),
                it.interaction(),
                it.site(),
                it.point(),
                now.minus(it.waited()),
                until,
                it.caller(),
                it.attached()));
    return news == null ? accepted(expected) : accepted(expected, news);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** While the caller has not come. */
  static Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
    return switch (command) {
      case Call.Expect it -> expect(state, it, now);
      case Call.Forget _ -> forget(state, now);
      case DataCommand it -> DataSide.decide(state, it, now);
      case Call.Arrive it -> arrive(state, it, now);
      case Call.SiteOrder it -> ordered(state, it, now);
      case Call.Expire _ -> expire(state, now);
      case LegReport _, Call.Transfer _, Call.Consulting _ ->
          rejected(
              Reason.UNKNOWN_CALL,
              "Expected call " + state.id() + " to have arrived, but it is only expected");
    };
  }

  private static Decision<CallEvent> forget(CallState state, Instant now) {
    return state.phase() instanceof Expected
        ? accepted(new CallUnneeded(now))
        : Call.already(state, "been forgotten");
  }

  /** The caller has come by the address that the home was given. */
  private static Decision<CallEvent> arrive(CallState state, Call.Arrive it, Instant now) {
    Optional<Carried> handedOn = handedOn(it);
    if (handedOn.filter(carried -> !believed(state, carried, now)).isPresent()) {
      return stranger(state);
    }
    if (!(state.phase() instanceof Expected expected)) {
      return Call.tooLate(state);
    }
    Held held = expected.held();
    if (held == null || it.offered() == null) {
      return Call.outOfOrder(
          state, "to come with a session while an agent is held for it, but it does not");
    }
    Expectation expectation = expected.expectation();
    return accepted(
        new CallArrived(
            now,
            expectation.interaction(),
            expectation.site(),
            it.edge(),
            expectation.point(),
            it.invite(),
            it.dialog(),
            it.caller(),
            it.offered(),
            state.data().values(),
            handedOn.isPresent() ? Optional.empty() : Optional.of(expectation.origin()),
            handedOn.map(_ -> expectation.place()),
            it.passage()),
        new CallOffered(now, held.offer(), held.agent(), held.station(), held.until()));
  }

  /**
   * One who was handed on and did not get through comes again, while the first is not forgotten.
   * What it says of itself has to be what it said, but for the wait, which is not known any more.
   */
  static Decision<CallEvent> again(CallState state, Call.Arrive it, Instant now) {
    Optional<Carried> handedOn = handedOn(it);
    if (handedOn.isEmpty()) {
      return Call.tooLate(state);
    }
    CallEvent.CallArrived first = state.arrived();
    boolean same =
        state.phase() instanceof Phase.Over over
            && over.due().isAfter(now)
            && first.takenOver()
            && handedOn.get().point().equals(Optional.of(first.point()))
            && handedOn.get().interaction().equals(first.interaction())
            && plausible(handedOn.get(), first.place().orElse(first.at()), now);
    return same ? Call.tooLate(state) : stranger(state);
  }

  /** What a caller says of a place that its home has let go of. */
  private static Optional<Carried> handedOn(Call.Arrive it) {
    return it.carried().filter(Carried::handedOn);
  }

  /** Whether a caller says of its call what its home has said, and comes soon enough. */
  private static boolean believed(CallState state, Carried carried, Instant now) {
    Expectation told =
        switch (state.phase()) {
          case Expected expected -> expected.expectation();
          case Unneeded unneeded when unneeded.due().isAfter(now) -> unneeded.expectation();
          default -> null;
        };
    return told != null
        && carried.point().equals(Optional.of(told.point()))
        && carried.interaction().equals(told.interaction())
        && plausible(carried, told.place(), now);
  }

  /** Never longer than since its place, but for what clocks go apart meanwhile. */
  private static boolean plausible(Carried carried, Instant place, Instant now) {
    return !place.minus(CLOCKS_DRIFT).isAfter(now.minus(carried.waited()));
  }

  private static Decision<CallEvent> stranger(CallState state) {
    return rejected(
        Reason.UNKNOWN_CALL,
        "Expected a caller whom the home of call " + state.id() + " told of, but it is another");
  }

  private static Decision<CallEvent> ordered(CallState state, Call.SiteOrder order, Instant now) {
    if (state.phase() instanceof Unneeded unneeded) {
      if (!(order instanceof Call.Settle)) {
        return answered(callOver(state, unneeded));
      }
      return unneeded.settled() ? Call.already(state, "settled") : accepted(new CallSettled(now));
    }
    Expected expected = (Expected) state.phase();
    return switch (order) {
      case Call.Queued it ->
          expected.placed()
                  && (expected.held() != null || !it.askAgainAt().isAfter(expected.patience()))
              ? Call.already(state, "been given a place")
              : accepted(new ExpectationPlaced(now, it.queue(), it.askAgainAt()));
      case Call.Offered it -> offered(state, expected, it, now);
      case Call.EndOffer it -> endOffer(state, expected, it.offer(), now);
      case Call.Release _ -> accepted(new CallUnneeded(now));
      case Call.Announce _,
          Call.AreYouTalking _,
          Call.ConsultOver _,
          Call.ConferenceNoted _,
          Call.Enlist _,
          Call.LentTooLate _,
          Call.Settle _ ->
          Call.outOfOrder(state, "to have arrived, but it is only expected");
    };
  }

  /** One is held; whoever else would ring waits until the caller has come. */
  private static Decision<CallEvent> offered(
      CallState state, Expected expected, Call.Offered it, Instant now) {
    Held held = expected.held();
    if (held != null && held.offer().equals(it.offer())) {
      return Call.already(state, "held offer " + it.offer());
    }
    if (!state.book().unknown(it.offer().number())) {
      return answered(withdrawn(expected, it.offer()));
    }
    return accepted(
        held == null
            ? new OfferHeld(now, it.offer(), it.agent(), it.station(), it.until())
            : new OfferForgone(now, it.offer()));
  }

  /**
   * The site's time is up before that of a call whose agent is held: the home does not want this
   * agent, or cannot be heard.
   */
  private static Decision<CallEvent> endOffer(
      CallState state, Expected expected, OfferId offer, Instant now) {
    Held held = expected.held();
    if (held != null && held.offer().equals(offer)) {
      return accepted(new CallUnneeded(now));
    }
    return state.book().unknown(offer.number())
        ? accepted(new OfferForgone(now, offer))
        : answered(withdrawn(expected, offer));
  }

  private static Decision<CallEvent> expire(CallState state, Instant now) {
    return switch (state.phase()) {
      case Expected it when !it.due().isAfter(now) -> accepted(new CallUnneeded(now));
      case Unneeded it when !it.due().isAfter(now) -> accepted(new CallUnneeded(now));
      case Phase _ ->
          rejected(
              Reason.OUT_OF_ORDER,
              "Expected a deadline of call " + state.id() + " to be past, but none is");
    };
  }

  /** A call that was expected and is not answered goes back to its place at home. */
  static Decision<CallEvent> sentBack(CallState state, Decision<CallEvent> decision, Instant now) {
    boolean unanswered =
        state.arrival() != null
            && state.arrival().expected()
            && state.answer() == CallState.CallerAnswer.NONE
            && state.phase() instanceof Phase.Ringing;
    if (!unanswered || !(decision instanceof Decision.Accepted<CallEvent> yes)) {
      return decision;
    }
    Optional<CallEvent.OfferEnded> last =
        yes.events().stream()
            .filter(CallEvent.OfferEnded.class::isInstance)
            .map(CallEvent.OfferEnded.class::cast)
            .reduce((_, later) -> later);
    if (last.isEmpty() || !(CallFold.evolve(state, yes.events()).phase() instanceof Seeking)) {
      return decision;
    }
    List<CallEvent> events = new ArrayList<>(yes.events());
    events.add(new CallEnded(now, CallOutcome.ELSEWHERE, why(last.get().outcome()), -1));
    return new Decision.Accepted<>(events, yes.answers(), yes.named());
  }

  private static Refusal why(OfferOutcome outcome) {
    return switch (outcome) {
      case BUSY -> Refusal.AGENT_BUSY;
      case REJECTED -> Refusal.AGENT_REJECTED;
      case MISSED, UNREACHABLE, WITHDRAWN, ACCEPTED -> Refusal.NOBODY_THERE;
    };
  }

  static CallState evolve(CallState state, CallEvent.OfExpectation event) {
    return switch (event) {
      case CallExpected it ->
          state
              .with(state.data().came(it.expectation().attached()))
              .in(new Expected(it.expectation(), false, null, it.expectation().until()));
      case ExpectationRenewed it -> {
        Expected expected = expected(state);
        yield state.in(
            new Expected(
                expected.expectation().lasting(it.until()),
                expected.placed(),
                expected.held(),
                later(expected.patience(), expected.placed() ? expected.patience() : it.until())));
      }
      case ExpectationPlaced it -> {
        Expected expected = expected(state);
        yield state.in(new Expected(expected.expectation(), true, null, it.askAgainAt()));
      }
      case OfferHeld it -> {
        Expected expected = expected(state);
        Held held = new Held(it.offer(), it.agent(), it.station(), it.until());
        yield state
            .with(state.book().offered(it.offer().number()))
            .in(new Expected(expected.expectation(), true, held, it.at().plus(Call.HELD_FOR)));
      }
      case CallUnneeded it when state.phase() instanceof Unneeded unneeded ->
          state.in(
              new Unneeded(
                  unneeded.expectation(), unneeded.offers(), unneeded.settled(), until(it.at())));
      case CallUnneeded it -> {
        Expected expected = expected(state);
        Held held = expected.held();
        OfferBook book =
            held == null
                ? state.book()
                : state.book().ended(held.offer().number(), OfferOutcome.WITHDRAWN);
        yield state
            .with(book)
            .in(new Unneeded(expected.expectation(), book.ends(state.id()), false, until(it.at())));
      }
    };
  }

  private static Instant until(Instant at) {
    return at.plus(CallDeadlines.RELEASE_PATIENCE);
  }

  private static Expected expected(CallState state) {
    if (state.phase() instanceof Expected expected) {
      return expected;
    }
    throw new IllegalStateException(
        "Expected a call that is expected, but " + state.id() + " is in " + state.phase());
  }

  static List<Effect> react(CallState state, CallEvent.OfExpectation event) {
    return switch (event) {
      case CallExpected it -> List.of(seek(state, it.expectation()));
      case CallUnneeded _ -> owed(state);
      case ExpectationRenewed _, ExpectationPlaced _, OfferHeld _ -> List.of();
    };
  }

  static List<Effect> owed(CallState state) {
    return switch (state.phase()) {
      case Expected it when !it.placed() -> List.of(seek(state, it.expectation()));
      case Unneeded it when !it.settled() -> List.of(callOver(state, it));
      case Phase _ -> List.of();
    };
  }

  private static Effect seek(CallState state, Expectation it) {
    return new Effect.TellSite(
        it.site(),
        new Site.Seek(
            state.id(),
            it.interaction(),
            it.point(),
            it.place(),
            it.caller(),
            state.data().values(),
            Optional.of(it.origin())));
  }

  static Effect withdrawn(Expected expected, OfferId offer) {
    return new Effect.TellSite(
        expected.expectation().site(), new Site.OfferEnded(offer, OfferOutcome.WITHDRAWN));
  }

  private static Effect callOver(CallState state, Unneeded it) {
    List<OfferEnd> offers = it.offers();
    return new Effect.TellSite(
        it.expectation().site(), new Site.CallOver(state.id(), CallOutcome.ELSEWHERE, offers));
  }
}

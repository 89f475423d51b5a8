package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.OfferBook;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** Calls with one fault each. */
final class SpoiltCall {
  private SpoiltCall() {}

  static class Rules extends Faulty<Call.Command, CallEvent, CallState> {
    Rules() {
      super(Call.AGGREGATE);
    }
  }

  private static boolean is(Effect effect, Class<? extends Signal> signal) {
    return effect instanceof Effect.Signalled it && signal.isInstance(it.signal());
  }

  /** Says that it will not take an offer, and takes it when it comes after all. */
  static final class TakesWhatItHasDeclined extends Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      Decision<CallEvent> real = super.decide(state, command, now);
      if (real instanceof Decision.Accepted<CallEvent> yes
          && !yes.events().isEmpty()
          && yes.events().getFirst() instanceof CallEvent.OfferForgone it) {
        return Decision.answered(
            new Effect.TellSite(
                state.arrival().site(), new Site.OfferEnded(it.offer(), OfferOutcome.WITHDRAWN)));
      }
      return real;
    }
  }

  /** Has no deadline while a station rings. */
  static final class RingsWithoutDeadline extends Rules {
    @Override
    public Optional<Instant> due(CallState state) {
      return state.phase() instanceof Phase.Ringing ? Optional.empty() : super.due(state);
    }
  }

  /** Leaves the station ringing when the caller has gone. */
  static final class RingsAfterAbandon extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      List<Effect> real = super.react(state, event);
      return event instanceof CallEvent.CallEnded
          ? real.stream().filter(effect -> !is(effect, Signal.CancelStation.class)).toList()
          : real;
    }

    @Override
    public List<Effect> owed(CallState state) {
      List<Effect> real = super.owed(state);
      return state.phase() instanceof Phase.Over
          ? real.stream().filter(effect -> !is(effect, Signal.CancelStation.class)).toList()
          : real;
    }
  }

  /** Lets the others ring on when one has answered. */
  static final class LetsLosersRing extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      List<Effect> real = super.react(state, event);
      return event instanceof CallEvent.OfferAccepted ? kept(real) : real;
    }

    @Override
    public List<Effect> owed(CallState state) {
      List<Effect> real = super.owed(state);
      return state.book().losing().isEmpty() ? real : kept(real);
    }

    private static List<Effect> kept(List<Effect> effects) {
      return effects.stream().filter(it -> !is(it, Signal.CancelStation.class)).toList();
    }
  }

  /** Does not hang up on those who answered after another. */
  static final class KeepsTheSecond extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return event instanceof CallEvent.AnsweredTooLate && !(state.phase() instanceof Phase.Over)
          ? List.of()
          : super.react(state, event);
    }

    @Override
    public List<Effect> owed(CallState state) {
      return state.book().losing().isEmpty()
          ? super.owed(state)
          : super.owed(state).stream().filter(it -> !is(it, Signal.Bye.class)).toList();
    }
  }

  /** Keeps the leg of an agent who has handed the caller over to the one who was asked. */
  static final class KeepsWhoAsked extends Rules {
    @Override
    public CallState evolve(CallState state, CallEvent event) {
      CallState next = super.evolve(state, event);
      return event instanceof CallEvent.ConsultEnded
          ? new CallState(
              next.id(),
              next.arrival(),
              next.answer(),
              next.caller(),
              next.treatment(),
              next.phase(),
              next.book(),
              state.leaving(),
              next.consultation(),
              next.data())
          : next;
    }
  }

  /** Never says goodbye to legs of these numbers. */
  static final class KeepsLegs extends Rules {
    private final int from;
    private final int to;

    KeepsLegs(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return without(super.react(state, event));
    }

    @Override
    public List<Effect> owed(CallState state) {
      return without(super.owed(state));
    }

    private List<Effect> without(List<Effect> effects) {
      return effects.stream()
          .filter(effect ->
              !(effect instanceof Effect.Signalled it
                  && it.signal() instanceof Signal.Bye bye
                  && bye.leg() >= from
                  && bye.leg() <= to))
          .toList();
    }
  }

  /** Does not tell the site this. */
  static final class KeepsToItself extends Rules {
    private final Class<? extends Site.Command> news;

    KeepsToItself(Class<? extends Site.Command> news) {
      this.news = news;
    }

    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return without(super.react(state, event));
    }

    @Override
    public List<Effect> owed(CallState state) {
      return without(super.owed(state));
    }

    private List<Effect> without(List<Effect> effects) {
      return effects.stream()
          .filter(
              effect -> !(effect instanceof Effect.TellSite it && news.isInstance(it.command())))
          .toList();
    }
  }

  /** Says everything once and never again. */
  static final class NeverRepeats extends Rules {
    @Override
    public List<Effect> owed(CallState state) {
      return List.of();
    }
  }

  /** Does not see to its legs after a recovery. */
  static final class ForgetsItsLegs extends Rules {
    @Override
    public List<Effect> resume(CallState state) {
      return super.owed(state);
    }
  }

  /** Answers the caller with the words of the player where the agent should be heard. */
  static final class ForgetsToJoin extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return event instanceof CallEvent.LegReinvited ? List.of() : super.react(state, event);
    }

    @Override
    public List<Effect> owed(CallState state) {
      return super.owed(state).stream()
          .filter(effect -> !is(effect, Signal.Reinvite.class))
          .toList();
    }
  }

  /** Takes a phone that is in use for one that nobody answered. */
  static final class ConfusesOutcomes extends Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      Decision<CallEvent> real = super.decide(state, command, now);
      return real instanceof Decision.Accepted<CallEvent> yes
              && !yes.events().isEmpty()
              && yes.events().getFirst() instanceof CallEvent.OfferEnded it
              && it.outcome() == OfferOutcome.MISSED
          ? Decision.accepted(
              new CallEvent.OfferEnded(it.at(), it.offer(), OfferOutcome.REJECTED, it.status()))
          : real;
    }
  }

  /** Folds differently the second time: a state that depends on more than the journal. */
  static final class CountsItsFolds extends Rules {
    private long folds;

    @Override
    public CallState evolve(CallState state, CallEvent event) {
      CallState next = super.evolve(state, event);
      folds++;
      OfferBook book = next.book();
      return new CallState(
          next.id(),
          next.arrival(),
          next.answer(),
          next.caller(),
          next.treatment(),
          next.phase(),
          new OfferBook(
              (int) (book.highest() + folds % 2), book.forgotten(), book.ended(), book.losing()),
          next.leaving(),
          next.consultation(),
          next.data());
    }
  }

  /** Lets the agent who sends a caller on sit in a dead dialog. */
  static final class SaysNoGoodbye extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return silent(super.react(state, event));
    }

    @Override
    public List<Effect> owed(CallState state) {
      return silent(super.owed(state));
    }

    private static List<Effect> silent(List<Effect> effects) {
      return effects.stream()
          .filter(effect ->
              !(effect instanceof Effect.Signalled it
                  && it.signal() instanceof Signal.Bye bye
                  && bye.why() == Refusal.TRANSFERRED))
          .toList();
    }
  }

  /** Tells the site once that a caller was sent on, and then asks as if nothing had been. */
  static final class SendsOnOnce extends Rules {
    @Override
    public List<Effect> owed(CallState state) {
      return super.owed(state).stream()
          .filter(effect ->
              !(effect instanceof Effect.TellSite it && it.command() instanceof Site.Transfer))
          .toList();
    }
  }

  /** Leaves a caller who was sent on with nobody at the other end. */
  static final class LeavesInSilence extends Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      return event instanceof CallEvent.LegReinvited it
              && it.leg() == 0
              && state.leaving().request() != null
              && !(state.phase() instanceof Phase.Joining)
          ? List.of()
          : super.react(state, event);
    }

    @Override
    public List<Effect> owed(CallState state) {
      boolean waits =
          state.leaving().request() != null && !(state.phase() instanceof Phase.Joining);
      return super.owed(state).stream()
          .filter(effect -> !waits || !is(effect, Signal.Reinvite.class))
          .toList();
    }
  }
}

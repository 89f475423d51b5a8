package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.switchwright.domain.Decision;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Expectation;
import org.switchwright.domain.call.SessionDescription;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;

/** Calls that are expected, and monitors, with one fault each. */
final class SpoiltExpecting {
  private SpoiltExpecting() {}

  private static Decision<CallEvent> expecting(
      Decision<CallEvent> real, UnaryOperator<Expectation> change) {
    return real instanceof Decision.Accepted<CallEvent> yes
        ? new Decision.Accepted<>(
            yes.events().stream()
                .map(event ->
                    event instanceof CallEvent.CallExpected it
                        ? new CallEvent.CallExpected(it.at(), change.apply(it.expectation()))
                        : event)
                .toList(),
            yes.answers(),
            yes.named())
        : real;
  }

  private static Expectation with(Expectation it, Instant place, Instant until) {
    return new Expectation(
        it.origin(),
        it.interaction(),
        it.site(),
        it.point(),
        place,
        until,
        it.caller(),
        it.attached());
  }

  /** Rings at the agent before the caller has come. */
  static final class RingsAtOnce extends SpoiltCall.Rules {
    @Override
    public List<Effect> react(CallState state, CallEvent event) {
      List<Effect> effects = new ArrayList<>(super.react(state, event));
      if (event instanceof CallEvent.OfferHeld it) {
        Signal ring =
            new Signal.InviteStation(
                it.offer().number(),
                it.station(),
                it.station(),
                new SessionDescription(it.station(), 1));
        effects.add(new Effect.Signalled(new EdgeId("edge"), state.id(), ring));
      }
      return effects;
    }
  }

  /** Does not hear that nobody will come. */
  static final class IgnoresForget extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return command instanceof Call.Forget
          ? Decision.rejected(Decision.Reason.ALREADY_DONE, "Expected nothing")
          : super.decide(state, command, now);
    }
  }

  /** Expects a call for an hour, whether anybody speaks of it or not. */
  static final class ExpectsForLong extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return expecting(
          super.decide(state, command, now),
          it -> with(it, it.place(), now.plus(Duration.ofHours(1))));
    }
  }

  /** Lets whoever is expected come last. */
  static final class ForgetsTheWait extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return expecting(super.decide(state, command, now), it -> with(it, now, it.until()));
    }
  }

  /** Lets whoever is expected come before those who have waited for as long. */
  static final class ClaimsMore extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      return expecting(
          super.decide(state, command, now),
          it -> with(it, it.place().minusSeconds(5), it.until()));
    }
  }

  /** Lets a caller whom nobody answered wait here. */
  static final class KeepsTheCaller extends SpoiltCall.Rules {
    @Override
    public Decision<CallEvent> decide(CallState state, Call.Command command, Instant now) {
      Decision<CallEvent> real = super.decide(state, command, now);
      return real instanceof Decision.Accepted<CallEvent> yes
              && !yes.events().isEmpty()
              && yes.events().getLast() instanceof CallEvent.CallEnded it
              && it.outcome() == CallOutcome.ELSEWHERE
          ? new Decision.Accepted<>(
              yes.events().subList(0, yes.events().size() - 1), yes.answers(), yes.named())
          : real;
    }
  }

  /** Lends each agent twice, by two offers. */
  static final class LendsTwice extends Faulty<SiteMonitor.Command, MonitorEvent, MonitorState> {
    LendsTwice(SiteId home) {
      super(SiteMonitor.telling(home));
    }

    @Override
    public List<Effect> react(MonitorState state, MonitorEvent event) {
      List<Effect> effects = new ArrayList<>();
      for (Effect effect : super.react(state, event)) {
        effects.add(effect);
        if (effect instanceof Effect.TellSite told && told.command() instanceof Site.Lend it) {
          OfferId another = new OfferId(it.theirs().call(), it.theirs().number() + 1);
          effects.add(
              new Effect.TellSite(
                  told.site(),
                  new Site.Lend(
                      it.call(), it.from(), it.number(), it.agent(), another, it.lasts())));
        }
      }
      return effects;
    }
  }

  /** Lends what it hears of first, and never says so again. */
  static final class LendsOnce extends Faulty<SiteMonitor.Command, MonitorEvent, MonitorState> {
    LendsOnce(SiteId home) {
      super(SiteMonitor.telling(home));
    }

    @Override
    public List<Effect> owed(MonitorState state) {
      return List.of();
    }

    @Override
    public List<Effect> resume(MonitorState state) {
      return List.of();
    }
  }
}

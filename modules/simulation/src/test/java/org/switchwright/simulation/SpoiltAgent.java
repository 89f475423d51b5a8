package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.agent.Wish;

/** Agents' records with one fault each. */
final class SpoiltAgent {
  private SpoiltAgent() {}

  static class Rules extends Faulty<Agent.Command, AgentEvent, AgentState> {
    Rules() {
      super(Agent.AGGREGATE);
    }
  }

  private static AgentEvent notReady(Instant now, long version) {
    Wish missed = new Wish.NotReady(Wish.SystemReason.MISSED.text());
    return new AgentEvent.WishChanged(now, missed, version, Optional.empty());
  }

  /** Lets a miss of long ago undo what the agent has wished since. */
  static final class LetsOldMissesWin extends Rules {
    @Override
    public Decision<AgentEvent> decide(AgentState state, Agent.Command command, Instant now) {
      Decision<AgentEvent> real = super.decide(state, command, now);
      if (command instanceof Agent.Missed missed
          && real instanceof Decision.Accepted<AgentEvent> yes
          && yes.events().size() == 1) {
        return Decision.accepted(
            notReady(now, state.version() + 1),
            new AgentEvent.JudgementNoted(now, missed.version(), state.version() + 2));
      }
      return real;
    }
  }

  /** Carries a log-out out when it comes, whenever it was uttered. */
  static final class IgnoresTheTime extends Rules {
    @Override
    public Decision<AgentEvent> decide(AgentState state, Agent.Command command, Instant now) {
      Decision<AgentEvent> real = super.decide(state, command, now);
      boolean late =
          command instanceof Agent.LogOut
              && real instanceof Decision.Rejected<AgentEvent>(var reason, var _)
              && reason == Decision.Reason.STALE;
      return late
          ? Decision.accepted(
              new AgentEvent.WishChanged(
                  now,
                  new Wish.LoggedOut(),
                  state.version() + 1,
                  Optional.of(((Agent.LogOut) command).uttered())))
          : real;
    }
  }

  /** Takes no note of a wish that changes nothing; one from before then changes something. */
  static final class ForgetsWhatIsSaidAnew extends Rules {
    @Override
    public AgentState evolve(AgentState state, AgentEvent event) {
      return event instanceof AgentEvent.WishRenewed ? state : super.evolve(state, event);
    }
  }

  /** Notes the miss before its consequence: the site believes it and sends the next call. */
  static final class NotesBeforeTheConsequence extends Rules {
    @Override
    public Decision<AgentEvent> decide(AgentState state, Agent.Command command, Instant now) {
      Decision<AgentEvent> real = super.decide(state, command, now);
      if (command instanceof Agent.Missed missed
          && real instanceof Decision.Accepted<AgentEvent> yes
          && yes.events().size() == 2) {
        return Decision.accepted(
            new AgentEvent.JudgementNoted(now, missed.version(), state.version() + 1),
            notReady(now, state.version() + 2));
      }
      return real;
    }
  }

  /** Does not care that its phone is silent. */
  static final class DeafToSilence extends Rules {
    @Override
    public Decision<AgentEvent> decide(AgentState state, Agent.Command command, Instant now) {
      return command instanceof Agent.Silent
          ? Decision.rejected(Decision.Reason.STALE, "Expected nothing, but got a planted bug")
          : super.decide(state, command, now);
    }
  }

  /** Has its phone watched when it comes, and never again. */
  static final class WatchedOnce extends Rules {
    @Override
    public List<Effect> react(AgentState state, AgentEvent event) {
      return event instanceof AgentEvent.RegistrationRefreshed
          ? List.of()
          : super.react(state, event);
    }
  }

  /** Stays ready for ever without a phone. */
  static final class ReadyForEver extends Rules {
    @Override
    public Optional<Instant> due(AgentState state) {
      return Optional.ofNullable(state.station()).map(AgentState.Station::expiresAt);
    }
  }

  /** Tells the site each wish once, whether it heard or not. */
  static final class TellsOnce extends Rules {
    @Override
    public List<Effect> owed(AgentState state) {
      return List.of();
    }
  }
}

package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
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

  /** Lets a miss of long ago undo what the agent has wished since. */
  static final class LetsOldMissesWin extends Rules {
    @Override
    public Decision<AgentEvent> decide(AgentState state, Agent.Command command, Instant now) {
      Decision<AgentEvent> real = super.decide(state, command, now);
      if (command instanceof Agent.Missed missed
          && real instanceof Decision.Accepted<AgentEvent> yes
          && yes.events().size() == 1) {
        return Decision.accepted(
            new AgentEvent.WishChanged(
                now, new Wish.NotReady(Wish.SystemReason.MISSED.text()), state.version() + 1),
            new AgentEvent.JudgementNoted(now, missed.version(), state.version() + 2));
      }
      return real;
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
            new AgentEvent.WishChanged(
                now, new Wish.NotReady(Wish.SystemReason.MISSED.text()), state.version() + 2));
      }
      return real;
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

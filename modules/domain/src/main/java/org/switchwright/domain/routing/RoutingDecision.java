package org.switchwright.domain.routing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;

/**
 * Why this call went to this agent, and why to none of the others.
 *
 * @param rule the rule that ordered the candidates
 * @param waitingBefore how many calls of any queue were ahead of this one and stayed waiting,
 *     because nobody who was free could serve them
 * @param considered the agents of the site, candidates first, best first; at most {@value
 *     #MAX_NAMED}
 * @param unnamed how many agents more were considered than are named
 * @param widening which of the queue's widenings the chosen agent met, from 1; 0: what the queue
 *     asks for
 */
public record RoutingDecision(
    QueueId queue,
    AgentId chosen,
    AgentChoice rule,
    int waitingBefore,
    List<Considered> considered,
    int unnamed,
    int widening) {
  /** Keeps the record of a large site within a few kilobytes. */
  public static final int MAX_NAMED = 50;

  public RoutingDecision {
    considered = List.copyOf(considered);
    if (considered.size() > MAX_NAMED) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_NAMED + " named agents, but got " + considered.size());
    }
  }

  /**
   * @param skill the first required skill that the agent lacks or has too low; otherwise null
   * @param since since when the agent is in the state that the verdict names; null if unknown
   * @param figure what the rule compared: idle seconds, calls, seconds talked, occupancy in
   *     thousandths, sum of levels, a number by chance, or position; null for whoever could not
   */
  public record Considered(
      AgentId agent,
      Verdict verdict,
      @Nullable Skill skill,
      @Nullable Instant since,
      @Nullable Long figure) {}

  /** What was said of one agent. */
  public enum Verdict {
    CHOSEN,
    /** Was chosen because an agent had sent the caller on to this one. */
    NAMED,
    /** Of another site, which has reserved this agent for the call. */
    LENT,
    /**
     * Somebody of another site that cannot be asked; the figure is how many agents are free there
     * by the estimate, since the last report.
     */
    ESTIMATED,
    /** Could have served the call, but was idle for less time than the chosen one. */
    IDLE_FOR_LESS,
    /** The call is offered to this agent too, at the same time. */
    RINGS_TOO,
    /** Could have served the call, but the queue's rule puts the chosen one first. */
    LATER_IN_ORDER,
    /** The queue has members, and the agent is none. */
    NOT_A_MEMBER,
    /** The call has not waited for long enough to be given to the agent's tier. */
    TIER_NOT_OPEN,
    LACKS_SKILL,
    LEVEL_TOO_LOW,
    LOGGED_OUT,
    NOT_READY,
    /** No phone is registered. */
    NO_STATION,
    RESERVED,
    TALKING,
    WRAPPING_UP,
    /** Left alone for a while after a rejected or busy offer. */
    RESTING,
    /** Missed an offer or could not be reached, and has not been heard from since. */
    UNDER_JUDGEMENT
  }
}

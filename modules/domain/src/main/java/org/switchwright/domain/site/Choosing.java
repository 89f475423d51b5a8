package org.switchwright.domain.site;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.routing.AgentChoice;

/**
 * Whom a queue takes.
 *
 * @param by the order among those who are free and can
 * @param members who works for the queue; empty: everybody who has the skills, all in one tier
 * @param tierWait how long a call waits for each tier before the next one is asked as well; zero:
 *     all tiers are asked at once. A tier of which nobody is logged in is not waited for
 * @param ringStep after how long one more is rung, for {@link AgentChoice#RING_PROGRESSIVELY}
 */
public record Choosing(
    AgentChoice by, SortedMap<AgentId, Member> members, Duration tierWait, Duration ringStep) {
  /** An agent's place in a queue; the lower comes first. */
  public record Member(int tier, int position) {}

  static final Member OUTSIDER = new Member(1, 1);

  public static final Duration RING_STEP = Duration.ofSeconds(5);

  /** Of everybody who can, whoever has been idle for the longest. */
  public static final Choosing LONGEST_IDLE = by(AgentChoice.LONGEST_IDLE);

  public static Choosing by(AgentChoice choice) {
    return new Choosing(
        choice, Collections.unmodifiableSortedMap(new TreeMap<>()), Duration.ZERO, RING_STEP);
  }

  Member member(AgentId agent) {
    return members.getOrDefault(agent, OUTSIDER);
  }

  boolean knows(AgentId agent) {
    return members.isEmpty() || members.containsKey(agent);
  }
}

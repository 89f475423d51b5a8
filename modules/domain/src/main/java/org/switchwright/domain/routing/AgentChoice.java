package org.switchwright.domain.routing;

/**
 * In which order a queue takes the free agents who can serve a call. A lower tier always comes
 * first; the order holds within a tier, and where it leaves two agents equal, the one who has been
 * idle for longer comes first.
 *
 * <p>In brackets the names that Asterisk's {@code app_queue} and FreeSWITCH's {@code
 * mod_callcenter} have for it.
 */
public enum AgentChoice {
  /** Who has been without work for the longest (leastrecent; longest-idle-agent). */
  LONGEST_IDLE,
  /** Who has taken the fewest calls since log-in (fewestcalls; agent-with-fewest-calls). */
  FEWEST_CALLS,
  /** Who has talked the least since log-in (agent-with-least-talk-time). */
  LEAST_TALK_TIME,
  /** Whose share of busy time (ringing, talk and wrap-up) since log-in is the lowest. */
  LEAST_OCCUPIED,
  /** Whose levels of the required skills add up to the most. */
  MOST_SKILLED,
  /** Anyone (random; random). */
  RANDOM,
  /** Anyone, a lower tier more likely; the only one for which tiers are weights (wrandom). */
  WEIGHTED_RANDOM,
  /**
   * Whoever follows the last one whom the queue offered a call (rrmemory, rrordered; round-robin).
   */
  ROUND_ROBIN,
  /** By position, and after an offer that failed whoever follows (linear; top-down). */
  TOP_DOWN,
  /** By position, each time from the first (sequentially-by-agent-order). */
  IN_ORDER,
  /** All at once (ringall; ring-all). */
  RING_ALL,
  /** By position, one more after each step while the earlier ones ring on (ring-progressively). */
  RING_PROGRESSIVELY
}

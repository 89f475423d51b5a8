package org.switchwright.domain.estimate;

/**
 * One call of a site's past. Points in time are milliseconds since the epoch.
 *
 * @param enteredMs when it began to wait for an agent
 * @param answeredMs when an agent answered, or {@link #NEVER}
 * @param endedMs when it was released, or given up while it waited
 * @param agent who answered; empty where nobody did
 * @param queue what kind of call it was: its queue or its type
 * @param headStartMs how much earlier it seems to have entered where the site takes the next call,
 *     by its priority; 0 for an ordinary one
 */
public record CallRecord(
    long enteredMs, long answeredMs, long endedMs, String agent, String queue, int headStartMs) {
  /** Stands for an answer that never came. */
  public static final long NEVER = Long.MAX_VALUE;

  /** No call takes longer, from entering to its end; what does is a fault of its log. */
  public static final long MAX_CALL_MS = 4 * 3_600_000L;

  public CallRecord {
    if (endedMs < enteredMs || endedMs - enteredMs > MAX_CALL_MS) {
      throw new IllegalArgumentException(
          "Expected an end at most 4 h after the call entered, but got "
              + (endedMs - enteredMs)
              + " ms");
    }
    if (answeredMs != NEVER && (answeredMs < enteredMs || answeredMs > endedMs)) {
      throw new IllegalArgumentException(
          "Expected an answer between entering and the end, but got "
              + (answeredMs - enteredMs)
              + " ms after entering, "
              + (endedMs - answeredMs)
              + " ms before the end");
    }
    if ((answeredMs == NEVER) != agent.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected an agent exactly where the call was answered, but got \"" + agent + "\"");
    }
    if (headStartMs < 0 || headStartMs > MAX_CALL_MS) {
      throw new IllegalArgumentException(
          "Expected a head start from 0 to 4 h, but got " + headStartMs + " ms");
    }
  }

  public boolean answered() {
    return answeredMs != NEVER;
  }
}

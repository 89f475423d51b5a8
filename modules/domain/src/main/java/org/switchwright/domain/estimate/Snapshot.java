package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * A site at the cut, as its last report says: who waits, who talks to whom, who is logged in
 * without a call, all with their ages. Times in seconds after the cut, so most are below zero.
 *
 * @param recent calls that entered in the half hour before and no longer wait
 * @param entered when calls entered of the two hours before, in order
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Snapshot(Waiting waiting, Talking talking, Idle idle, Recent recent, double[] entered) {
  /** By call; which it is, is its index in the history. */
  @SuppressWarnings("ArrayRecordComponent")
  record Waiting(int[] call, double[] entered, int[] queue, int[] headStartMs) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Talking(int[] call, double[] since, int[] queue, int[] agent) {}

  /**
   * Agents without a call.
   *
   * @param since when each of them last ended a call; the login where there is none
   * @param pausesUntil 0 for who is free, when a pause ends at the latest for who is in one, NaN
   *     where that is not known
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Idle(int[] agent, double[] since, double[] pausesUntil) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Recent(double[] entered, double[] waited, boolean[] answered) {}

  static Snapshot of(SiteHistory history, long cutMs) {
    int first = history.firstAfter(cutMs - CallRecord.MAX_CALL_MS);
    int last = history.firstAfter(cutMs);
    int[] waiting = new int[last - first];
    int[] talking = new int[last - first];
    int[] recent = new int[last - first];
    long[] lastEnd = new long[history.agentCount()];
    boolean[] talks = new boolean[history.agentCount()];
    Arrays.fill(lastEnd, Long.MIN_VALUE);
    int waits = 0;
    int busy = 0;
    int gone = 0;
    for (int i = first; i < last; i++) {
      if (history.leftQueue(i) > cutMs) {
        waiting[waits++] = i;
        continue;
      }
      if (history.entered[i] > cutMs - Horizons.LEVEL_WINDOW_MS) {
        recent[gone++] = i;
      }
      if (history.answered[i] == SiteHistory.NEVER) {
        continue;
      }
      int agent = history.agent[i];
      if (history.ended[i] > cutMs) {
        talking[busy++] = i;
        talks[agent] = true;
      } else {
        lastEnd[agent] = Math.max(lastEnd[agent], history.ended[i]);
      }
    }
    return new Snapshot(
        waiting(history, cutMs, Arrays.copyOf(waiting, waits)),
        talking(history, cutMs, Arrays.copyOf(talking, busy)),
        idle(history, cutMs, talks, lastEnd),
        recent(history, cutMs, Arrays.copyOf(recent, gone)),
        entered(history, cutMs));
  }

  private static double seconds(long civilMs, long cutMs) {
    return (civilMs - cutMs) / 1_000.0;
  }

  private static Waiting waiting(SiteHistory history, long cutMs, int[] calls) {
    double[] entered = new double[calls.length];
    int[] queue = new int[calls.length];
    int[] headStartMs = new int[calls.length];
    for (int i = 0; i < calls.length; i++) {
      entered[i] = seconds(history.entered[calls[i]], cutMs);
      queue[i] = history.queue[calls[i]];
      headStartMs[i] = history.headStartMs[calls[i]];
    }
    return new Waiting(calls, entered, queue, headStartMs);
  }

  private static Talking talking(SiteHistory history, long cutMs, int[] calls) {
    double[] since = new double[calls.length];
    int[] queue = new int[calls.length];
    int[] agent = new int[calls.length];
    for (int i = 0; i < calls.length; i++) {
      since[i] = seconds(history.answered[calls[i]], cutMs);
      queue[i] = history.queue[calls[i]];
      agent[i] = history.agent[calls[i]];
    }
    return new Talking(calls, since, queue, agent);
  }

  private static Idle idle(SiteHistory history, long cutMs, boolean[] talks, long[] lastEnd) {
    int[] idle = new int[history.agentCount()];
    double[] since = new double[history.agentCount()];
    int free = 0;
    for (int agent = 0; agent < idle.length; agent++) {
      int session = talks[agent] ? -1 : history.sessions.of(agent, cutMs);
      if (session >= 0) {
        idle[free] = agent;
        since[free++] = seconds(Math.max(lastEnd[agent], history.sessions.from[session]), cutMs);
      }
    }
    double[] notKnown = new double[free];
    Arrays.fill(notKnown, Double.NaN);
    return new Idle(Arrays.copyOf(idle, free), Arrays.copyOf(since, free), notKnown);
  }

  private static Recent recent(SiteHistory history, long cutMs, int[] calls) {
    double[] entered = new double[calls.length];
    double[] waited = new double[calls.length];
    boolean[] answered = new boolean[calls.length];
    for (int i = 0; i < calls.length; i++) {
      long from = history.entered[calls[i]];
      entered[i] = seconds(from, cutMs);
      waited[i] = seconds(history.leftQueue(calls[i]), from);
      answered[i] = history.answered[calls[i]] != SiteHistory.NEVER;
    }
    return new Recent(entered, waited, answered);
  }

  private static double[] entered(SiteHistory history, long cutMs) {
    int first =
        history.firstAfter(cutMs - ArrivalForecast.OBSERVED_MINUTES * SiteHistory.MINUTE_MS);
    int last = history.firstAfter(cutMs);
    double[] entered = new double[last - first];
    for (int i = first; i < last; i++) {
      entered[i - first] = seconds(history.entered[i], cutMs);
    }
    return entered;
  }

  /** The same, but that these are the agents without a call. */
  Snapshot idle(Idle others) {
    return new Snapshot(waiting, talking, others, recent, entered);
  }

  int loggedIn() {
    return talking.agent().length + idle.agent().length;
  }

  /** How many calls entered in the last {@code seconds} before the cut. */
  int enteredWithin(double seconds) {
    int count = 0;
    for (int i = entered.length - 1; i >= 0 && entered[i] > -seconds; i--) {
      count++;
    }
    return count;
  }
}

package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** From when until when each agent was logged in, in civil time. */
final class Sessions {
  /** By agent, and of each by time. */
  final int[] agent;

  final long[] from;
  final long[] to;

  /** Where the sessions of an agent begin in the columns; one more at the end. */
  final int[] first;

  private final long[] starts;
  private final long[] ends;

  /** Who comes back within it, or has gone for no longer, counts as away for that time. */
  private static final long AWAY_MS = 3_600_000;

  private final long[] back;

  private Sessions(int[] agent, long[] from, long[] to, int agents) {
    this.agent = agent;
    this.from = from;
    this.to = to;
    this.first = new int[agents + 1];
    for (int each : agent) {
      first[each + 1]++;
    }
    for (int i = 0; i < agents; i++) {
      first[i + 1] += first[i];
    }
    this.starts = from.clone();
    this.ends = to.clone();
    this.back = new long[to.length];
    for (int i = 0; i < to.length; i++) {
      boolean comes = i + 1 < to.length && agent[i + 1] == agent[i];
      back[i] = Math.min(to[i] + AWAY_MS, comes ? from[i + 1] : Long.MAX_VALUE);
    }
    Arrays.sort(starts);
    Arrays.sort(ends);
    Arrays.sort(back);
  }

  /**
   * Cuts overlaps of one agent's calls, in place, and derives sessions from what is left.
   *
   * @param ended is changed where a call overlaps the same agent's next one
   */
  static Sessions ofCalls(long[] answered, long[] ended, int[] agent, int agents) {
    int[] order = byAgentAndAnswer(answered, agent);
    int[] who = new int[order.length];
    long[] from = new long[order.length];
    long[] to = new long[order.length];
    int size = 0;
    for (int k = 0; k < order.length; k++) {
      int call = order[k];
      boolean more = k + 1 < order.length && agent[order[k + 1]] == agent[call];
      if (more) {
        ended[call] = Math.min(ended[call], answered[order[k + 1]]);
      }
      if (size > 0
          && who[size - 1] == agent[call]
          && answered[call] - to[size - 1] <= SiteHistory.PAUSE_MS) {
        to[size - 1] = ended[call];
      } else {
        who[size] = agent[call];
        from[size] = answered[call];
        to[size] = ended[call];
        size++;
      }
    }
    return new Sessions(
        Arrays.copyOf(who, size), Arrays.copyOf(from, size), Arrays.copyOf(to, size), agents);
  }

  /** The answered calls. */
  static int[] byAgentAndAnswer(long[] answered, int[] agent) {
    return IntStream.range(0, answered.length)
        .filter(i -> answered[i] != SiteHistory.NEVER)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(i -> agent[i])
                .thenComparingLong(i -> answered[i])
                .thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many are open. */
  int open(long civilMs) {
    return SiteHistory.upTo(starts, civilMs) - SiteHistory.upTo(ends, civilMs);
  }

  /** How many have gone within the last hour and are not back. */
  int away(long civilMs) {
    return SiteHistory.upTo(ends, civilMs) - SiteHistory.upTo(back, civilMs);
  }

  /** Whether an agent is one of these. */
  boolean away(int who, long civilMs) {
    int last = lastBegun(who, civilMs);
    return last >= 0 && to[last] <= civilMs && to[last] > civilMs - AWAY_MS;
  }

  /** The session of an agent that is open then, or -1. */
  int of(int who, long civilMs) {
    int last = lastBegun(who, civilMs);
    return last >= 0 && to[last] > civilMs ? last : -1;
  }

  private int lastBegun(int who, long civilMs) {
    int low = first[who];
    int high = first[who + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (from[middle] <= civilMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > first[who] ? low - 1 : -1;
  }
}

package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the calls before a cut tell of agents without a call, where nobody told whether they were
 * free. Somebody waited, or somebody who had become idle later was given a call: then who takes
 * such calls and got none was in a pause. Of a pause that is known to have lasted for so long more
 * is left than of one of which nothing is known but when it began.
 */
final class KnownPauses {
  /** A call rings before it is answered: so long it has not been waiting. */
  private static final double RING_SECONDS = 2;

  /** Calls that entered earlier are not looked at. */
  private static final long LOOKED_AT_MS = 90 * SiteHistory.MINUTE_MS;

  private KnownPauses() {}

  /**
   * @param idle agents without a call at the cut
   * @return by agent, for how many seconds the pause is known to have lasted; 0 where nothing is
   *     known, and the whole time without a call where it lasts
   */
  static double[] of(SiteHistory history, long cutMs, WorkTimes times, Snapshot.Idle idle) {
    double[] paused = new double[idle.agent().length];
    double[] idleSince = new double[history.agentCount()];
    Arrays.fill(idleSince, Double.NEGATIVE_INFINITY);
    int[] calls =
        IntStream.range(history.firstAfter(cutMs - LOOKED_AT_MS), history.firstAfter(cutMs))
            .boxed()
            .sorted(Comparator.comparingLong(history::leftQueue))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int call : calls) {
      boolean gone = history.leftQueue(call) <= cutMs;
      boolean answered = history.answered[call] <= cutMs;
      double until = gone ? (history.leftQueue(call) - cutMs) / 1_000.0 : 0;
      double waited = until - (history.entered[call] - cutMs) / 1_000.0 - RING_SECONDS;
      double taker = answered ? idleSince[history.agent[call]] : Double.NEGATIVE_INFINITY;
      for (int i = 0; i < paused.length; i++) {
        double since = idle.since()[i];
        boolean passedOver = waited > 0 || taker > since;
        if (until > since && passedOver && times.takes(idle.agent()[i], history.queue[call])) {
          double known = until - since - (waited > 0 && gone ? RING_SECONDS : 0);
          paused[i] = Math.max(paused[i], known);
        }
      }
      if (answered) {
        idleSince[history.agent[call]] = (history.ended[call] - cutMs) / 1_000.0;
      }
    }
    return paused;
  }
}

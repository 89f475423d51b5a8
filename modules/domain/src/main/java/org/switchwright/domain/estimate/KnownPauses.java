package org.switchwright.domain.estimate;

/**
 * What the calls before a cut tell of agents without a call, where nobody told whether they were
 * free. Somebody waited: then who has been seen to take such calls, and got none, was in a pause.
 * Of a pause that is known to have lasted for so long more is left than of one of which nothing is
 * known but when it began.
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
    int last = history.firstAfter(cutMs);
    for (int call = history.firstAfter(cutMs - LOOKED_AT_MS); call < last; call++) {
      boolean gone = history.leftQueue(call) <= cutMs;
      double until = gone ? (history.leftQueue(call) - cutMs) / 1_000.0 - RING_SECONDS : 0;
      double entered = (history.entered[call] - cutMs) / 1_000.0;
      if (until <= entered + (gone ? 0 : RING_SECONDS)) {
        continue;
      }
      for (int i = 0; i < paused.length; i++) {
        double known = until - idle.since()[i];
        if (known > paused[i] && times.surelyTakes(idle.agent()[i], history.queue[call])) {
          paused[i] = known;
        }
      }
    }
    return paused;
  }
}

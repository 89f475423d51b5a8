package org.switchwright.domain.estimate;

import static org.switchwright.domain.estimate.SiteHistory.NOBODY;

import java.util.stream.IntStream;

/**
 * Who was logged in on a similar day in the hours that a course covers: so whoever comes in a
 * course is somebody who comes at that time of day, and takes the kinds of call that they take.
 *
 * @param agent by session
 * @param from and {@code to} in seconds after the time of the cut on that day
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Attendance(int[] agent, double[] from, double[] to) {
  /** Who comes a little later in truth may have come in a course. */
  private static final double EARLY_SECONDS = 120;

  /**
   * @param at the time of the cut, on that day
   */
  static Attendance of(SiteHistory history, long at) {
    Sessions all = history.sessions;
    long until = at + StaffingPaths.MINUTES * SiteHistory.MINUTE_MS;
    int[] open =
        IntStream.range(0, all.agent.length)
            .filter(i -> all.to[i] > at && all.from[i] <= until)
            .toArray();
    return new Attendance(
        IntStream.of(open).map(i -> all.agent[i]).toArray(),
        IntStream.of(open).mapToDouble(i -> (all.from[i] - at) / 1_000.0).toArray(),
        IntStream.of(open).mapToDouble(i -> (all.to[i] - at) / 1_000.0).toArray());
  }

  /**
   * Somebody who was there at that time and is not on the floor yet; nobody in particular where
   * there is none.
   */
  int someone(double now, Floor floor, Chance chance) {
    int chosen = NOBODY;
    int found = 0;
    for (int i = 0; i < agent.length; i++) {
      boolean there = from[i] <= now + EARLY_SECONDS && to[i] > now;
      if (there && !floor.has(agent[i]) && chance.below(++found) == 0) {
        chosen = agent[i];
      }
    }
    return chosen;
  }
}

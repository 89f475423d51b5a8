package org.switchwright.domain.estimate;

/**
 * How many agents would have been logged in on similar days, had they been planned as the day in
 * question was. A day's deviation from its own plan is kept, in proportion to how many were
 * planned; so where the plans are the same, the days are as they were. A day whose plan is not
 * known deviates as the others do on average, and beyond that by what it differs from others like
 * it.
 */
final class Adherence {
  /** A few who came unplanned are not made many. */
  private static final double MOST_SCALED = 2;

  private Adherence() {}

  /**
   * @param civilMs on {@code day} or soon after it
   * @return by similar day; as it was where the plan of that time is not known
   */
  static double[] loggedIn(SiteHistory history, long civilMs, int day, int[] similar) {
    Schedule schedule = history.schedule();
    boolean known = schedule.covers(civilMs);
    int planned = schedule.planned(civilMs);
    double[] there = new double[similar.length];
    double deviations = 0;
    int ofPlanned = 0;
    double others = 0;
    for (int d = 0; d < similar.length; d++) {
      long at = civilMs + (similar[d] - day) * SiteHistory.DAY_MS;
      there[d] = history.loggedIn(at);
      if (known && schedule.covers(at)) {
        there[d] = planned + scaled(there[d], schedule.planned(at), planned);
        deviations += there[d] - planned;
        ofPlanned++;
      } else {
        others += there[d];
      }
    }
    if (!known || ofPlanned == similar.length) {
      return there;
    }
    double usual = others / (similar.length - ofPlanned);
    double expected = planned + (ofPlanned == 0 ? 0 : deviations / ofPlanned);
    for (int d = 0; d < similar.length; d++) {
      if (!schedule.covers(civilMs + (similar[d] - day) * SiteHistory.DAY_MS)) {
        there[d] = Math.max(0, expected + there[d] - usual);
      }
    }
    return there;
  }

  /** A deviation of a day on which {@code then} were planned, where {@code now} are. */
  private static double scaled(double there, int then, int now) {
    double proportion = then == 0 ? 1 : Math.min(MOST_SCALED, (double) now / then);
    return (there - then) * proportion;
  }

  /** The mean of similar days, around that time of day. */
  static double average(
      SiteHistory history, long civilMs, int day, int[] similar, long[] aroundMs) {
    double sum = 0;
    for (long around : aroundMs) {
      for (double there : loggedIn(history, civilMs + around, day, similar)) {
        sum += there;
      }
    }
    return sum / (similar.length * aroundMs.length);
  }
}

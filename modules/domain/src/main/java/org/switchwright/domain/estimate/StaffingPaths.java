package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * How many agents may be logged in after a cut: the paths of similar days, as they would have been
 * by the plan of the day where there is one ({@link Adherence}), each moved to where the site stood
 * at the cut, from where it returns to its own course as the site does ({@link StaffingReturn}).
 * Ends of shifts stay where they are, and their correlation with them. Days on which about as many
 * were logged in at the time of the cut are taken more often. How many calls usually wait is told
 * beside it: where more wait, more agents come.
 */
final class StaffingPaths {
  static final int MINUTES = 240 + 30;
  private static final double FLOOR = 0.6;
  private static final double MOST_UNSURE = 0.5;

  /** The usual line is smoothed by ten minutes to both sides, by steps of two. */
  private static final int SMOOTH_MINUTES = 10;

  private static final int SMOOTH_STEP = 2;

  private final double[][] paths;
  private final Attendance[] days;

  /** Of the weights, summed up. */
  private final double[] upTo;

  private final double[] usualLine;
  private final double[] unsure;

  private StaffingPaths(
      double[][] paths, Attendance[] days, double[] upTo, double[] usualLine, double[] unsure) {
    this.paths = paths;
    this.days = days;
    this.upTo = upTo;
    this.usualLine = usualLine;
    this.unsure = unsure;
  }

  /**
   * The site at the cut.
   *
   * @param there how many are logged in
   * @param away how many have gone within the last hour
   */
  record AtCut(int there, int away, StaffingReturn returning) {}

  static StaffingPaths of(SiteHistory history, long cutMs, int day, int[] similar, AtCut cut) {
    int now = cut.there();
    double[][] paths = new double[similar.length][MINUTES + 1];
    double[] mean = new double[MINUTES + 1];
    for (int minute = 0; minute <= MINUTES; minute++) {
      long at = cutMs + minute * SiteHistory.MINUTE_MS;
      double[] there = Adherence.loggedIn(history, at, day, similar);
      for (int d = 0; d < similar.length; d++) {
        paths[d][minute] = there[d];
        mean[minute] += paths[d][minute] / similar.length;
      }
    }
    double[] upTo = new double[similar.length];
    double sum = 0;
    for (int d = 0; d < similar.length; d++) {
      double away = (paths[d][0] - now) / (1 + 0.1 * now);
      double first = paths[d][0];
      double gone = history.sessions.away(cutMs + (similar[d] - day) * SiteHistory.DAY_MS);
      for (int minute = 0; minute <= MINUTES; minute++) {
        double moved =
            paths[d][minute]
                + cut.returning().left(minute) * (now - first)
                + cut.returning().back(minute) * (cut.away() - gone);
        // Who has far fewer than usual does not get them all at once.
        double least = Math.min(FLOOR * mean[minute], now + Math.max(0, mean[minute] - mean[0]));
        paths[d][minute] = Math.max(moved, least);
      }
      paths[d][0] = now;
      sum += 1 / (1 + away * away);
      upTo[d] = sum;
    }
    Attendance[] days = new Attendance[similar.length];
    Arrays.setAll(
        days, d -> Attendance.of(history, cutMs + (similar[d] - day) * SiteHistory.DAY_MS));
    return new StaffingPaths(
        paths, days, upTo, usualLine(history, cutMs, day, similar), unsure(paths));
  }

  /** By how much the paths differ: standard deviation by mean. */
  private static double[] unsure(double[][] paths) {
    double[] unsure = new double[MINUTES + 1];
    for (int minute = 0; minute <= MINUTES; minute++) {
      double sum = 0;
      double squares = 0;
      for (double[] path : paths) {
        sum += path[minute];
        squares += path[minute] * path[minute];
      }
      double mean = sum / paths.length;
      double variance = Math.max(0, squares / paths.length - mean * mean);
      unsure[minute] = Math.min(MOST_UNSURE, Math.sqrt(variance) / Math.max(1, mean));
    }
    return unsure;
  }

  private static double[] usualLine(SiteHistory history, long cutMs, int day, int[] similar) {
    double[] line = new double[MINUTES + 1];
    int samples = 2 * SMOOTH_MINUTES / SMOOTH_STEP + 1;
    for (int each : similar) {
      long at = cutMs + (each - day) * SiteHistory.DAY_MS;
      double[] waiting = new double[MINUTES + 2 * SMOOTH_MINUTES + 1];
      for (int m = 0; m < waiting.length; m++) {
        waiting[m] = history.waiting(at + (m - SMOOTH_MINUTES) * SiteHistory.MINUTE_MS);
      }
      for (int minute = 0; minute <= MINUTES; minute++) {
        for (int k = 0; k < samples; k++) {
          line[minute] += waiting[minute + k * SMOOTH_STEP] / (samples * similar.length);
        }
      }
    }
    return line;
  }

  /** By minute, by what part of it the number of agents may differ. */
  double[] unsure() {
    return unsure;
  }

  /** How many calls wait on similar days. */
  double usualLine(int minute) {
    return usualLine[Math.min(minute, MINUTES)];
  }

  /**
   * One of them.
   *
   * @param byMinute how many; rounded down, the mean of many is the path
   * @param day who was there on its day
   */
  @SuppressWarnings("ArrayRecordComponent") // a column of many numbers; never compared
  record Path(double[] byMinute, Attendance day) {
    double at(int minute) {
      return byMinute[Math.min(minute, byMinute.length - 1)];
    }
  }

  Path draw(Chance chance) {
    double at = chance.uniform() * upTo[upTo.length - 1];
    int day = 0;
    while (upTo[day] < at) {
      day++;
    }
    double rounding = chance.uniform();
    double[] path = new double[MINUTES + 1];
    for (int minute = 0; minute <= MINUTES; minute++) {
      path[minute] = paths[day][minute] + rounding;
    }
    path[0] = paths[day][0];
    return new Path(path, days[day]);
  }
}

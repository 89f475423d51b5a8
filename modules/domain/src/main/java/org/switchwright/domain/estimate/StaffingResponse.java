package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * How the number of agents follows the line: how many more are logged in for each call that waits
 * beyond the usual. More agents also make the line shorter, so that the two cannot simply be
 * compared; but the calls that come beyond the usual make it longer, and agents do not cause these.
 * So it is estimated by that instrument (Wald, Annals of Mathematical Statistics 11, 1940): what
 * goes with excess calls in the number of agents, divided by what goes with them in the line, over
 * an hour each; drawn to 0 the more, the less excess calls say of the line.
 *
 * <p>Usual is the mean of the other days of the same day of the week within eight weeks.
 */
final class StaffingResponse {
  /** The line is felt as its mean over about so long: exponential smoothing. */
  private static final double FELT_MINUTES = 15;

  private static final double MOST = 0.4;
  private static final double WEAK = 0.2;
  private static final double HOLIDAY = 0.6;
  private static final int STEP = 5;
  private static final int STEPS = 24 * 60 / STEP;
  private static final int AHEAD = 60 / STEP;
  private static final int EVERY = 3;

  /** Of a deviation of staffing so much is left after an hour. */
  private static final double LEFT = StrictMath.pow(0.5, 0.5);

  private StaffingResponse() {}

  /** How the felt deviation of the line goes on over so many minutes. */
  static double felt(double before, double deviation, double minutes) {
    double keep = StrictMath.exp(-minutes / FELT_MINUTES);
    return keep * before + (1 - keep) * deviation;
  }

  /**
   * By how many calls the line is longer than usual, at most as many as there are agents, and
   * shorter by at most half as many: beyond that nobody can follow it.
   */
  static double bounded(double longer, double agents) {
    return Math.clamp(longer, -agents / 2, agents);
  }

  /** Agents for each call, from 0 to 0.4; from the eight weeks before that day. */
  static double before(SiteHistory history, int day) {
    double xz = 0;
    double yz = 0;
    double xx = 0;
    double zz = 0;
    for (int weekday = 1; weekday <= 7; weekday++) {
      Day[] days = days(history, day, weekday);
      if (days.length < Backtest.LEAST_SIMILAR) {
        continue;
      }
      Day sum = Day.sum(days);
      for (Day each : days) {
        Day off = each.lessMean(sum, days.length);
        for (int s = 0; s + AHEAD < STEPS; s += EVERY) {
          if (off.usualAgents[s] < 1 || off.usualAgents[s + AHEAD] < 1) {
            continue;
          }
          double x = off.waiting[s + AHEAD] - LEFT * off.waiting[s];
          double y = off.agents[s + AHEAD] - LEFT * off.agents[s];
          double z = 0;
          for (int k = s + 1; k <= s + AHEAD; k++) {
            z += off.entered[k];
          }
          xz += x * z;
          yz += y * z;
          xx += x * x;
          zz += z * z;
        }
      }
    }
    double drawn = xz + WEAK * Math.sqrt(xx * zz);
    return xz <= 0 || drawn <= 0 ? 0 : Math.clamp(yz / drawn, 0, MOST);
  }

  /** Of that day of the week, without holidays. */
  private static Day[] days(SiteHistory history, int day, int weekday) {
    int first = Math.max(history.firstDay(), day - WorkTimes.WEEKS * 7);
    int[] found = new int[WorkTimes.WEEKS];
    int[] calls = new int[WorkTimes.WEEKS];
    int size = 0;
    for (int each = day - weekday; each >= first && size < found.length; each -= 7) {
      long from = each * SiteHistory.DAY_MS;
      calls[size] = history.entered(from - 1, from + SiteHistory.DAY_MS - 1);
      found[size++] = each;
    }
    int[] sorted = Arrays.copyOf(calls, size);
    Arrays.sort(sorted);
    double least = size == 0 ? 0 : Math.max(1, HOLIDAY * sorted[size / 2]);
    Day[] days = new Day[size];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (calls[i] >= least) {
        days[kept++] = Day.of(history, found[i]);
      }
    }
    return Arrays.copyOf(days, kept);
  }

  /** One day, or how it deviates, by steps of five minutes. */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  private record Day(double[] agents, double[] waiting, double[] entered, double[] usualAgents) {
    static Day empty() {
      return new Day(new double[STEPS], new double[STEPS], new double[STEPS], new double[STEPS]);
    }

    static Day of(SiteHistory history, int day) {
      Day made = empty();
      for (int s = 0; s < STEPS; s++) {
        long at = day * SiteHistory.DAY_MS + s * (STEP * SiteHistory.MINUTE_MS);
        made.agents[s] = history.loggedIn(at);
        made.waiting[s] = history.waiting(at);
        made.entered[s] = history.entered(at - STEP * SiteHistory.MINUTE_MS, at);
      }
      return made;
    }

    static Day sum(Day[] days) {
      Day sum = empty();
      for (Day day : days) {
        for (int s = 0; s < STEPS; s++) {
          sum.agents[s] += day.agents[s];
          sum.waiting[s] += day.waiting[s];
          sum.entered[s] += day.entered[s];
        }
      }
      return sum;
    }

    /** Less the mean of the others; the line as it is felt. */
    Day lessMean(Day sum, int days) {
      Day off = empty();
      double felt = 0;
      for (int s = 0; s < STEPS; s++) {
        double usual = (sum.agents[s] - agents[s]) / (days - 1);
        off.usualAgents[s] = usual;
        off.agents[s] = agents[s] - usual;
        off.entered[s] = entered[s] - (sum.entered[s] - entered[s]) / (days - 1);
        double waits = (sum.waiting[s] - waiting[s]) / (days - 1);
        felt = felt(felt, bounded(waiting[s] - waits, usual), STEP);
        off.waiting[s] = felt;
      }
      return off;
    }
  }
}

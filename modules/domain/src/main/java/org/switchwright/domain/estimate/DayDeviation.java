package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one day of the past differed from the usual, by steps of five minutes. Usual is the mean of
 * the other days of the same day of the week within the eight weeks.
 *
 * @param agents how many more were logged in
 * @param away how many more had gone within the hour before, and were not back
 * @param felt by how much longer the line was, as agents feel it ({@link StaffingResponse#felt})
 * @param entered how many more calls entered in the five minutes before
 * @param usualAgents how many are logged in usually
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record DayDeviation(
    double[] agents, double[] away, double[] felt, double[] entered, double[] usualAgents) {
  static final int STEP_MINUTES = 5;
  static final int STEPS = 24 * 60 / STEP_MINUTES;

  private static final double HOLIDAY = 0.6;

  /** Of the days of the eight weeks before that one, without holidays. */
  static List<DayDeviation> before(SiteHistory history, int day) {
    List<DayDeviation> all = new ArrayList<>();
    for (int weekday = 1; weekday <= 7; weekday++) {
      Day[] days = days(history, day, weekday);
      if (days.length >= Backtest.LEAST_SIMILAR) {
        Day sum = Day.sum(days);
        for (Day each : days) {
          all.add(each.lessMean(sum, days.length - 1));
        }
      }
    }
    return all;
  }

  /** Whether somebody is usually there at both times. */
  boolean open(int step, int later) {
    return usualAgents[step] >= 1 && usualAgents[later] >= 1;
  }

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

  /** One day as it was. */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  private record Day(double[] agents, double[] away, double[] waiting, double[] entered) {
    static Day empty() {
      return new Day(new double[STEPS], new double[STEPS], new double[STEPS], new double[STEPS]);
    }

    static Day of(SiteHistory history, int day) {
      Day made = empty();
      for (int s = 0; s < STEPS; s++) {
        long at = day * SiteHistory.DAY_MS + s * (STEP_MINUTES * SiteHistory.MINUTE_MS);
        made.agents[s] = history.loggedIn(at);
        made.away[s] = history.sessions.away(at);
        made.waiting[s] = history.waiting(at);
        made.entered[s] = history.entered(at - STEP_MINUTES * SiteHistory.MINUTE_MS, at);
      }
      return made;
    }

    static Day sum(Day[] days) {
      Day sum = empty();
      for (Day day : days) {
        for (int s = 0; s < STEPS; s++) {
          sum.agents[s] += day.agents[s];
          sum.away[s] += day.away[s];
          sum.waiting[s] += day.waiting[s];
          sum.entered[s] += day.entered[s];
        }
      }
      return sum;
    }

    DayDeviation lessMean(Day sum, int others) {
      DayDeviation off =
          new DayDeviation(
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              new double[STEPS],
              new double[STEPS]);
      double felt = 0;
      for (int s = 0; s < STEPS; s++) {
        double usual = (sum.agents[s] - agents[s]) / others;
        double usualLine = (sum.waiting[s] - waiting[s]) / others;
        double longer = StaffingResponse.bounded(waiting[s] - usualLine, usual);
        felt = StaffingResponse.felt(felt, longer, STEP_MINUTES);
        off.usualAgents[s] = usual;
        off.agents[s] = agents[s] - usual;
        off.away[s] = away[s] - (sum.away[s] - away[s]) / others;
        off.felt[s] = felt;
        off.entered[s] = entered[s] - (sum.entered[s] - entered[s]) / others;
      }
      return off;
    }
  }
}

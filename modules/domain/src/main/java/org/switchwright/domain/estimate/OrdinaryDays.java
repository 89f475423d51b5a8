package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which days of a history can be compared. A day with less than 60% of the calls that its day of
 * the week usually has (the median of up to eight before it) is a holiday, and teaches nothing
 * about others; but where the last three days of that day of the week had as few, that is how many
 * calls there are now. Days are counted from 1 January 1970.
 *
 * <p>Similar to a day are the last eight of the same day of the week; or, where the day of the week
 * says little, the last fifteen whose day of the week has about as many calls. Which of the two it
 * is is decided by which would have told the hourly numbers of calls of the weeks before it better.
 */
final class OrdinaryDays {
  private static final double HOLIDAY = 0.6;
  private static final double LIKE = 0.25;
  private static final int LATELY = 2;
  private static final int WEEKS = 8;
  private static final int WEEKS_BACK = 13;
  private static final int RECENT = 15;
  private static final int RECENT_BACK = 45;
  private static final int JUDGED = 25;
  private static final int ENOUGH = 3;
  private static final int HOURS = 24;

  private final int firstDay;
  private final int[] calls;
  private final int[][] hourly;
  private final boolean[] ordinary;

  /** What is usual on that day of the week, as it was known then; at first the day itself. */
  private final double[] usual;

  OrdinaryDays(SiteHistory history) {
    firstDay = day(history.firstMs());
    int days = history.size() == 0 ? 0 : day(history.lastMs()) - firstDay + 1;
    calls = new int[days];
    // A log of few days may go over many years; those without a call are one.
    hourly = new int[days][];
    Arrays.fill(hourly, new int[HOURS]);
    for (long at : history.entered) {
      int day = day(at) - firstDay;
      if (calls[day]++ == 0) {
        hourly[day] = new int[HOURS];
      }
      hourly[day][(int) (Math.floorMod(at, SiteHistory.DAY_MS) / 3_600_000)]++;
    }
    ordinary = new boolean[days];
    usual = new double[days];
    for (int i = 0; i < days; i++) {
      double median = median(before(i, WEEKS, WEEKS_BACK * 7, weekday(i)));
      ordinary[i] = calls[i] > 0 && !(calls[i] < HOLIDAY * Math.min(median, ofLate(i, median)));
      usual[i] = Double.isNaN(median) ? calls[i] : median;
    }
  }

  /** The most of the two days before it of that day of the week, holidays among them. */
  private double ofLate(int i, double otherwise) {
    int most = 0;
    for (int week = 1; week <= LATELY; week++) {
      int j = i - 7 * week;
      if (j < 0 || calls[j] == 0) {
        return otherwise;
      }
      most = Math.max(most, calls[j]);
    }
    return most;
  }

  static int day(long civilMs) {
    return (int) Math.floorDiv(civilMs, SiteHistory.DAY_MS);
  }

  int first() {
    return firstDay;
  }

  /** The first day after the history. */
  int end() {
    return firstDay + calls.length;
  }

  boolean ordinary(int day) {
    int i = day - firstDay;
    return i >= 0 && i < ordinary.length && ordinary[i];
  }

  /** Days before that one which it resembles, the latest first; empty where there are none. */
  int[] similar(int day) {
    int i = day - firstDay;
    List<Integer> weekly = before(i, WEEKS, WEEKS_BACK * 7, weekday(i));
    List<Integer> recent = recent(i);
    List<Integer> chosen = weekly;
    if (weekly.size() < ENOUGH && recent.size() >= ENOUGH) {
      chosen = recent;
    } else if (recent.size() >= ENOUGH) {
      chosen = recentIsBetter(i) ? recent : weekly;
    }
    if (chosen.size() < ENOUGH) {
      chosen = before(i, RECENT, RECENT_BACK, _ -> true);
    }
    // What ended long ago says more than nothing.
    if (chosen.size() < ENOUGH) {
      chosen = before(i, WEEKS, Integer.MAX_VALUE, weekday(i));
    }
    if (chosen.size() < ENOUGH) {
      chosen = before(i, RECENT, Integer.MAX_VALUE, _ -> true);
    }
    return chosen.stream().mapToInt(it -> it + firstDay).toArray();
  }

  /** The latest ordinary days before that one, at most so many. */
  int[] lastOrdinary(int day, int atMost) {
    return before(day - firstDay, atMost, Integer.MAX_VALUE, _ -> true).stream()
        .mapToInt(it -> it + firstDay)
        .toArray();
  }

  private List<Integer> recent(int i) {
    double like = median(before(i, WEEKS, WEEKS_BACK * 7, weekday(i)));
    return Double.isNaN(like)
        ? List.of()
        : before(
            i, RECENT, RECENT_BACK, j -> Math.abs(usual[j] - like) <= LIKE * Math.max(like, 1));
  }

  private boolean recentIsBetter(int i) {
    double weeklyError = 0;
    double recentError = 0;
    int judged = 0;
    for (int j : before(i, JUDGED, WEEKS_BACK * 7, _ -> true)) {
      List<Integer> weekly = before(j, WEEKS, WEEKS_BACK * 7, weekday(j));
      List<Integer> recent = recent(j);
      if (weekly.size() >= ENOUGH && recent.size() >= ENOUGH) {
        weeklyError += error(j, weekly);
        recentError += error(j, recent);
        judged++;
      }
    }
    return judged > 0 && recentError < weeklyError;
  }

  private double error(int i, List<Integer> days) {
    double error = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      double mean = 0;
      for (int j : days) {
        mean += hourly[j][hour];
      }
      double off = hourly[i][hour] - mean / days.size();
      error += off * off;
    }
    return error;
  }

  private IntPredicate weekday(int i) {
    return j -> Math.floorMod(i - j, 7) == 0;
  }

  /** Ordinary days before {@code i}, the latest first. */
  private List<Integer> before(int i, int atMost, int daysBack, IntPredicate wanted) {
    List<Integer> found = new ArrayList<>();
    int oldest = daysBack > i ? 0 : i - daysBack;
    for (int j = Math.min(i, ordinary.length) - 1; j >= oldest && found.size() < atMost; j--) {
      if (ordinary[j] && wanted.test(j)) {
        found.add(j);
      }
    }
    return found;
  }

  /** Of fewer than two there is none. */
  private double median(List<Integer> days) {
    if (days.size() < 2) {
      return Double.NaN;
    }
    int[] sorted = days.stream().mapToInt(j -> calls[j]).toArray();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2.0;
  }
}

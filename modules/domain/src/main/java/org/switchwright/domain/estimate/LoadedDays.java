package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The days of a log, to be played again. Days are counted from 1 January 1970. */
public final class LoadedDays {
  private final SiteHistory history;
  private final OrdinaryDays ordinary;
  private final long seed;
  private final Map<Integer, LoadedDay> known = new HashMap<>();

  /** What days were like, taken together. */
  public record Totals(
      int calls, int abandoned, double waitedSeconds, double handleSeconds, int days) {
    public double meanWaitSeconds() {
      return waitedSeconds / calls;
    }

    /** How many of those who wait give up in each second of it. */
    public double abandonsPerSecond() {
      return waitedSeconds <= 0 ? 0 : abandoned / waitedSeconds;
    }
  }

  public LoadedDays(SiteHistory history, long seed) {
    this.history = history;
    this.ordinary = new OrdinaryDays(history);
    this.seed = seed;
  }

  /** The first day of the log. */
  public int first() {
    return ordinary.first();
  }

  /** The first day after the log. */
  public int end() {
    return ordinary.end();
  }

  /** Whether it is no holiday. */
  public boolean ordinary(int day) {
    return ordinary.ordinary(day);
  }

  public LoadedDay day(int day) {
    return known.computeIfAbsent(day, it -> LoadedDay.of(history, it, seed));
  }

  /**
   * The latest ordinary days before that one of the same day of the week, and that one first.
   *
   * @return at most {@code count}
   */
  public List<LoadedDay> likeDay(int day, int count) {
    List<LoadedDay> all = new ArrayList<>();
    all.add(day(day));
    for (int each = day - 7; each >= first() && all.size() < count; each -= 7) {
      if (ordinary(each)) {
        all.add(day(each));
      }
    }
    return all;
  }

  /** As it was recorded; {@code handleSeconds} is the mean of talk and pause. */
  public Totals recorded(List<Integer> ofDays) {
    int calls = 0;
    int abandoned = 0;
    double waited = 0;
    double handled = 0;
    for (int day : ofDays) {
      for (LoadedDay.Caller caller : day(day).callers()) {
        handled += (caller.talkMs() + caller.pauseMs()) / 1_000.0;
      }
      long midnight = day * SiteHistory.DAY_MS;
      int last = history.firstAfter(midnight + SiteHistory.DAY_MS - 1);
      for (int i = history.firstAfter(midnight - 1); i < last; i++) {
        calls++;
        abandoned += history.answered[i] == SiteHistory.NEVER ? 1 : 0;
        waited += (history.leftQueue(i) - history.entered[i]) / 1_000.0;
      }
    }
    return new Totals(calls, abandoned, waited, calls == 0 ? 0 : handled / calls, ofDays.size());
  }
}

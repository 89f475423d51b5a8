package org.switchwright.domain.estimate;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Supposes that the link to a site had been cut at many times of its past, estimates what it did
 * then and compares that with what it did. For each cut only what was known at it, and what the
 * level of observation lets the controller see up to the horizon, goes in; models and calibration
 * learn from days before it alone.
 */
public final class Backtest {
  /** So many ordinary days before a cut calibrate it. */
  static final int CALIBRATION_DAYS = 25;

  /** By how many minutes the cuts that calibrate are apart, at most. */
  static final Duration CALIBRATED_EVERY = Duration.ofMinutes(90);

  /** Without so many similar days there is nothing to go by, and no cut. */
  static final int LEAST_SIMILAR = 3;

  private final SiteHistory history;
  private final OrdinaryDays days;
  private final Plan plan;

  /**
   * What is asked.
   *
   * @param fromDay the first day that is scored, counted from 1 January 1970
   * @param toDay the first one that no longer is
   * @param cutEvery from one cut to the next, from midnight on while the site is open
   * @param share which share of the site's calls come by way of the controller, above 0 and up to 1
   * @param particles how many courses are simulated for each cut
   */
  public record Plan(
      int fromDay,
      int toDay,
      Duration cutEvery,
      ObservationLevel level,
      double share,
      int particles,
      long seed) {
    public Plan {
      if (toDay <= fromDay) {
        throw new IllegalArgumentException(
            "Expected an end after the beginning, but got "
                + LocalDate.ofEpochDay(fromDay)
                + " to "
                + LocalDate.ofEpochDay(toDay - 1L));
      }
      if (cutEvery.compareTo(Duration.ofMinutes(5)) < 0
          || cutEvery.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            "Expected a cut every 5 min to 24 h, but got " + cutEvery);
      }
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "Expected a share above 0 and up to 1, but got " + share);
      }
      if (particles < 10 || particles > 10_000) {
        throw new IllegalArgumentException("Expected 10 to 10000 particles, but got " + particles);
      }
    }
  }

  /** The cuts of one day, simulated. */
  public static final class DayOfCuts {
    private final int day;

    /** All of them calibrate. */
    final List<Cut> cuts;

    private final List<Cut> scored;

    private DayOfCuts(int day, List<Cut> cuts, List<Cut> scored) {
      this.day = day;
      this.cuts = cuts;
      this.scored = scored;
    }

    public int day() {
      return day;
    }

    /** How many of them are scored. */
    public int size() {
      return scored.size();
    }
  }

  /**
   * How much there is to simulate.
   *
   * @param ordinary days that are to be scored and can be compared with others
   * @param comparable those of them that have enough similar ones
   * @param scored cuts on those
   * @param cuts the same, with the cuts that calibrate the first of them
   */
  public record Prospect(int ordinary, int comparable, int scored, int cuts) {
    /** What a course of a cut leaves behind. */
    private static final int BYTES = Float.BYTES * Quantity.values().length * Horizons.count();

    /** What all of it takes once it is simulated. */
    public long bytes(int particles) {
      return (long) cuts * particles * BYTES;
    }
  }

  public Backtest(SiteHistory history, Plan plan) {
    this.history = history;
    this.days = new OrdinaryDays(history);
    this.plan = plan;
  }

  /**
   * The days to simulate: those to score, and before them those that calibrate the first of them.
   */
  public List<Integer> days() {
    List<Integer> wanted = new ArrayList<>();
    int[] before = days.lastOrdinary(plan.fromDay(), CALIBRATION_DAYS);
    for (int i = before.length - 1; i >= 0; i--) {
      wanted.add(before[i]);
    }
    for (int day = plan.fromDay(); day < plan.toDay(); day++) {
      if (days.ordinary(day)) {
        wanted.add(day);
      }
    }
    return wanted;
  }

  /** Simulates the cuts of a day. Days may be simulated in any order, and at the same time. */
  public DayOfCuts cutsOf(int day) {
    int[] similar = days.similar(day);
    List<Cut> cuts = new ArrayList<>();
    List<Cut> scored = new ArrayList<>();
    if (similar.length >= LEAST_SIMILAR) {
      WorkTimes times = WorkTimes.before(history, day);
      for (long at : openings(day, similar)) {
        Cut cut = Cut.of(history, at, similar, times, plan);
        cuts.add(cut);
        if (scores(at)) {
          scored.add(cut);
        }
      }
    }
    return new DayOfCuts(day, cuts, scored);
  }

  /**
   * When a day is cut: to be scored, and more often where these alone are too few to learn from.
   */
  private SortedSet<Long> openings(int day, int[] similar) {
    SortedSet<Long> times = new TreeSet<>();
    Duration least =
        plan.cutEvery().compareTo(CALIBRATED_EVERY) > 0 ? CALIBRATED_EVERY : plan.cutEvery();
    for (Duration every : List.of(plan.cutEvery(), least)) {
      for (long ofDay = 0; ofDay < SiteHistory.DAY_MS; ofDay += every.toMillis()) {
        long at = day * SiteHistory.DAY_MS + ofDay;
        if (Cut.open(history, at, day, similar)) {
          times.add(at);
        }
      }
    }
    return times;
  }

  private boolean scores(long cutMs) {
    return Math.floorMod(cutMs, SiteHistory.DAY_MS) % plan.cutEvery().toMillis() == 0;
  }

  /** What is to be expected, before it takes its time. */
  public Prospect prospect() {
    int ordinary = 0;
    int comparable = 0;
    int scored = 0;
    int cuts = 0;
    for (int day : days()) {
      int[] similar = days.similar(day);
      boolean enough = similar.length >= LEAST_SIMILAR;
      SortedSet<Long> ofDay = enough ? openings(day, similar) : new TreeSet<>();
      cuts += ofDay.size();
      if (day >= plan.fromDay()) {
        ordinary++;
        comparable += enough ? 1 : 0;
        scored += (int) ofDay.stream().filter(this::scores).count();
      }
    }
    return new Prospect(ordinary, comparable, scored, cuts);
  }

  /** Scores what was simulated of all {@link #days}. */
  public BacktestReport report(List<DayOfCuts> simulated) {
    List<DayOfCuts> ordered =
        simulated.stream().sorted(Comparator.comparingInt(DayOfCuts::day)).toList();
    TreeMap<Integer, DayOfCuts> byDay = new TreeMap<>();
    ordered.forEach(it -> byDay.put(it.day(), it));
    List<Cut> scored = new ArrayList<>();
    byDay.tailMap(plan.fromDay()).values().forEach(it -> scored.addAll(it.scored));
    List<BacktestReport.Row> rows = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      for (int h = 0; h < Horizons.count(); h++) {
        rows.add(row(quantity, h, byDay));
      }
    }
    int scoredDays = (int) scored.stream().mapToInt(Cut::day).distinct().count();
    return new BacktestReport(plan, scored.size(), scoredDays, rows);
  }

  private BacktestReport.Row row(Quantity quantity, int h, NavigableMap<Integer, DayOfCuts> byDay) {
    int q = quantity.index();
    Scores scores = new Scores();
    for (DayOfCuts day : byDay.tailMap(plan.fromDay()).values()) {
      // At a site that is open at night, what came true of the last cuts was not known by midnight.
      long known = day.day() * SiteHistory.DAY_MS - Horizons.ms(h) - Horizons.WAIT_WINDOW_MS;
      List<Cut> before =
          byDay.headMap(day.day(), false).descendingMap().values().stream()
              .limit(CALIBRATION_DAYS)
              .flatMap(it -> it.cuts.stream())
              .filter(it -> it.cutMs() < known)
              .toList();
      Calibration calibration = Calibration.of(before, q, h);
      for (Cut cut : day.scored) {
        if (!Double.isNaN(cut.truth()[q][h])) {
          scores.add(cut, cut.truth()[q][h], calibration.told(cut, q, h), cut.values(q, h));
        }
      }
    }
    return scores.row(quantity, Horizons.MINUTES.get(h));
  }
}

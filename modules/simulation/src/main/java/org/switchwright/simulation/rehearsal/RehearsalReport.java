package org.switchwright.simulation.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import org.switchwright.domain.estimate.LoadedDays;

/**
 * What a cut cost.
 *
 * @param days how many were scored
 * @param recorded the scored days as they were
 * @param alone the same days as played with nobody sent to another site
 */
public record RehearsalReport(
    Rehearsal.Plan plan, int days, List<Row> rows, Recorded recorded, Recorded alone) {
  private static final int RESAMPLES = 1_000;
  private static final long SEED = 0x5EED;

  public RehearsalReport {
    rows = List.copyOf(rows);
  }

  /** Callers of whole days: how long they waited on average, and which share gave up. */
  public record Recorded(int calls, double waitSeconds, double abandonedShare) {}

  /**
   * Callers of all sites who called while the link was cut.
   *
   * @param waitSeconds until answered or given up, on average
   * @param extra how much longer than with the oracle
   * @param abandonedShare which share gave up
   * @param toCutShare which share was sent to the site that was not heard of
   */
  public record Row(
      Duration length,
      Practice practice,
      int calls,
      double waitSeconds,
      Interval extra,
      double abandonedShare,
      double toCutShare) {}

  /** With its 90% interval by bootstrap over days. */
  public record Interval(double value, double low, double high) {}

  static RehearsalReport of(
      Rehearsal.Plan plan,
      Map<Duration, Map<Practice, NavigableMap<Integer, Rehearsal.Tally>>> tallies,
      LoadedDays.Totals recorded,
      Rehearsal.Tally alone) {
    List<Row> rows = new ArrayList<>();
    tallies.forEach((length, byPractice) -> {
      List<Rehearsal.Tally> truth = ofDays(byPractice, Practice.ORACLE);
      for (Practice practice : Practice.values()) {
        rows.add(row(length, practice, ofDays(byPractice, practice), truth));
      }
    });
    return new RehearsalReport(
        plan,
        recorded.days(),
        rows,
        new Recorded(
            recorded.calls(),
            recorded.meanWaitSeconds(),
            (double) recorded.abandoned() / recorded.calls()),
        new Recorded(
            alone.calls(),
            alone.waitedSeconds() / alone.calls(),
            (double) alone.abandoned() / alone.calls()));
  }

  private static List<Rehearsal.Tally> ofDays(
      Map<Practice, NavigableMap<Integer, Rehearsal.Tally>> byPractice, Practice practice) {
    return List.copyOf(Objects.requireNonNull(byPractice.get(practice)).values());
  }

  private static Row row(
      Duration length, Practice practice, List<Rehearsal.Tally> days, List<Rehearsal.Tally> truth) {
    Rehearsal.Tally all = days.stream().reduce(Rehearsal.Tally.NONE, Rehearsal.Tally::plus);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] extras = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double extra = 0;
      double calls = 0;
      for (int i = 0; i < days.size(); i++) {
        int day = random.nextInt(days.size());
        extra += days.get(day).waitedSeconds() - truth.get(day).waitedSeconds();
        calls += days.get(day).calls();
      }
      extras[r] = extra / calls;
    }
    Arrays.sort(extras);
    double waited =
        truth.stream().reduce(Rehearsal.Tally.NONE, Rehearsal.Tally::plus).waitedSeconds();
    return new Row(
        length,
        practice,
        all.calls(),
        all.waitedSeconds() / all.calls(),
        new Interval(
            (all.waitedSeconds() - waited) / all.calls(),
            extras[RESAMPLES / 20],
            extras[RESAMPLES * 19 / 20]),
        (double) all.abandoned() / all.calls(),
        (double) all.sentToCut() / all.calls());
  }
}

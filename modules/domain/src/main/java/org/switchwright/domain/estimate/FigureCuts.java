package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Estimates of one {@link StateFigure} at cuts of earlier days, beside what came true: what
 * calibrates an estimate of that figure, in the same way as {@link Backtest} does it for its
 * quantities.
 */
public final class FigureCuts {
  /** Whose place in a cut is asked for; the figure is in that of every quantity. */
  static final int PLACE = Quantity.EXPECTED_WAIT.index();

  private static final long[] AROUND_MS = {-600_000, -300_000, 0, 300_000, 600_000};

  final StateFigure figure;
  final ObservationLevel level;
  final int particles;
  final long seed;
  private final SiteHistory history;
  private final OrdinaryDays days;
  private final long everyMs;
  private final NavigableMap<Integer, List<Cut>> byDay = new TreeMap<>();

  /**
   * @param history of the days that calibrate
   * @param everyMs from one cut to the next
   */
  public FigureCuts(
      SiteHistory history,
      StateFigure figure,
      ObservationLevel level,
      long everyMs,
      int particles,
      long seed) {
    this.history = history;
    this.days = new OrdinaryDays(history);
    this.figure = figure;
    this.level = level;
    this.everyMs = everyMs;
    this.particles = particles;
    this.seed = seed;
  }

  /** From the ordinary days before that one; makes the cuts that it needs. */
  Calibrations calibrations(int day) {
    List<Cut> before = new ArrayList<>();
    for (int each : days.lastOrdinary(day, Backtest.CALIBRATION_DAYS)) {
      before.addAll(byDay.computeIfAbsent(each, this::cutsOf));
    }
    return Calibrations.of(before);
  }

  private List<Cut> cutsOf(int day) {
    int[] similar = days.similar(day);
    List<Cut> cuts = new ArrayList<>();
    if (similar.length < Backtest.LEAST_SIMILAR) {
      return cuts;
    }
    WorkTimes times = WorkTimes.before(history, day);
    long end = (day + 1) * SiteHistory.DAY_MS;
    for (long at = day * SiteHistory.DAY_MS; at < end; at += everyMs) {
      if (Cut.open(history, at, day, similar)) {
        cuts.add(cut(at, day, similar, times));
      }
    }
    return cuts;
  }

  private Cut cut(long cutMs, int day, int[] similar, WorkTimes times) {
    double[] truth = new double[Horizons.count()];
    double[] average = new double[Horizons.count()];
    float[][] values = new float[Horizons.count()][];
    SiteModel model = SiteModel.of(history, cutMs, similar, times);
    Courses courses = new Courses(model, Sightings.of(history, cutMs, level, 1), particles, seed);
    for (int h = 0; h < truth.length; h++) {
      long at = cutMs + Horizons.ms(h);
      truth[h] =
          Cut.open(history, at, day, similar) && at < history.lastMs()
              ? figure.at(history, at)
              : Double.NaN;
      average[h] = average(history, figure, at, day, similar);
      values[h] = courses.at(Horizons.ms(h) / 1_000.0, figure);
    }
    double usual = average(history, figure, cutMs, day, similar);
    return cut(cutMs, day, truth, figure.at(history, cutMs), usual, average, values);
  }

  /** A cut that holds nothing but this figure. */
  private static Cut cut(
      long cutMs,
      int day,
      double[] truth,
      double last,
      double usual,
      double[] average,
      float[][] values) {
    int quantities = Quantity.values().length;
    return new Cut(
        cutMs,
        day,
        0,
        placed(truth, quantities),
        fill(quantities, last),
        fill(quantities, usual),
        placed(average, quantities),
        new Ensemble(placed(values, quantities)));
  }

  private static double[] fill(int size, double value) {
    double[] all = new double[size];
    Arrays.fill(all, value);
    return all;
  }

  private static double[][] placed(double[] row, int quantities) {
    double[][] all = new double[quantities][];
    Arrays.fill(all, row);
    return all;
  }

  private static float[][][] placed(float[][] rows, int quantities) {
    float[][][] all = new float[quantities][][];
    Arrays.fill(all, rows);
    return all;
  }

  /** The mean of similar days, around that time of day. */
  static double average(
      SiteHistory history, StateFigure figure, long atMs, int day, int[] similar) {
    double sum = 0;
    for (int each : similar) {
      for (long around : AROUND_MS) {
        sum += figure.at(history, atMs + (each - day) * SiteHistory.DAY_MS + around);
      }
    }
    return sum / (similar.length * AROUND_MS.length);
  }
}

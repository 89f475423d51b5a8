package org.switchwright.domain.estimate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How estimates of one site are told, by quantity and horizon; between two horizons by both, in
 * proportion to the logarithm of time, and before the first by it and the last value.
 */
public final class Calibrations {
  /** Where nothing has been learned yet: the blend is told. */
  public static final Calibrations NONE = of(List.of());

  private static final int PARTICLES = 60;

  private final Calibration[][] all;
  private final int cuts;

  private Calibrations(Calibration[][] all, int cuts) {
    this.all = all;
    this.cuts = cuts;
  }

  static Calibrations of(List<Cut> before) {
    Calibration[][] all = new Calibration[Quantity.values().length][Horizons.count()];
    for (int q = 0; q < all.length; q++) {
      for (int h = 0; h < Horizons.count(); h++) {
        all[q][h] = Calibration.of(before, q, h);
      }
    }
    return new Calibrations(all, before.size());
  }

  /**
   * Learns from the last 25 ordinary days before one: simulates cuts every 90 minutes of each, as a
   * {@link Backtest} does.
   *
   * @param day counted from 1 January 1970, by the site's wall clocks
   * @param share which share of the site's calls come from the controller, which sees what becomes
   *     of them; 0 to 1
   */
  public static Calibrations learn(SiteHistory history, int day, double share, long seed) {
    Backtest backtest =
        new Backtest(
            history,
            new Backtest.Plan(
                day,
                day + 1,
                Backtest.CALIBRATED_EVERY,
                share > 0 ? ObservationLevel.C : ObservationLevel.A,
                share > 0 ? share : 1,
                PARTICLES,
                seed));
    List<Cut> cuts = new ArrayList<>();
    for (int each : backtest.days()) {
      if (each < day) {
        cuts.addAll(backtest.cutsOf(each).cuts);
      }
    }
    return of(cuts);
  }

  /** As they were learned once. */
  public static Calibrations of(LearnedEstimates learned) {
    Calibration[][] all = new Calibration[Quantity.values().length][Horizons.count()];
    for (LearnedFigure figure : learned.figures()) {
      int h = Horizons.MINUTES.indexOf(figure.minutes());
      if (h >= 0) {
        all[figure.quantity().index()][h] = Calibration.of(figure);
      }
    }
    if (Arrays.stream(all).flatMap(Arrays::stream).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "Expected each quantity at each of "
              + Horizons.MINUTES
              + " minutes, but got "
              + learned.figures());
    }
    return new Calibrations(all, learned.cuts());
  }

  /**
   * To be learned once, and journaled.
   *
   * @param day before which all of it was
   */
  public LearnedEstimates before(LocalDate day) {
    List<LearnedFigure> figures = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      for (int h = 0; h < Horizons.count(); h++) {
        figures.add(all[quantity.index()][h].learned(quantity, Horizons.MINUTES.get(h)));
      }
    }
    return new LearnedEstimates(day, cuts, figures);
  }

  /** Whether there was enough to learn from. */
  public boolean learned() {
    return cuts >= Calibration.ENOUGH;
  }

  /** How many cuts were learned from. */
  public int cuts() {
    return cuts;
  }

  Calibration.Told told(Calibration.Known known, int q, double minutes) {
    int above = 0;
    while (above < Horizons.count() && Horizons.MINUTES.get(above) < minutes) {
      above++;
    }
    if (above == 0) {
      double part = minutes / Horizons.MINUTES.getFirst();
      double last = known.last();
      Calibration.Told first = all[q][0].told(known, q);
      return between(new Calibration.Told(last, last, last, last, first.baselines()), first, part);
    }
    if (above == Horizons.count()) {
      return all[q][above - 1].told(known, q);
    }
    double from = Horizons.MINUTES.get(above - 1);
    double to = Horizons.MINUTES.get(above);
    return between(
        all[q][above - 1].told(known, q),
        all[q][above].told(known, q),
        StrictMath.log(minutes / from) / StrictMath.log(to / from));
  }

  private static Calibration.Told between(
      Calibration.Told one, Calibration.Told other, double part) {
    return new Calibration.Told(
        one.mean() + part * (other.mean() - one.mean()),
        one.median() + part * (other.median() - one.median()),
        one.low() + part * (other.low() - one.low()),
        one.high() + part * (other.high() - one.high()),
        other.baselines());
  }
}

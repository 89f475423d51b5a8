package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * One time at which the link is supposed to have been cut: what was true afterwards, what the
 * baselines say, and what the simulation says.
 *
 * @param truth by quantity and horizon; NaN where it was not defined, or the site had closed
 * @param last by quantity, as last reported
 * @param usual by quantity, the average of similar days at the time of the cut
 * @param average by quantity and horizon, the same at the horizon
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Cut(
    long cutMs,
    int day,
    int similarDays,
    double[][] truth,
    double[] last,
    double[] usual,
    double[][] average,
    Ensemble ensemble) {
  /** Similar days are looked at around the time of day, too. */
  private static final long[] AROUND_MS = {-600_000, -300_000, 0, 300_000, 600_000};

  static Cut of(
      SiteHistory history, long cutMs, int[] similar, WorkTimes times, Backtest.Plan plan) {
    int day = OrdinaryDays.day(cutMs);
    int quantities = Quantity.values().length;
    double[][] truth = new double[quantities][Horizons.count()];
    double[][] average = new double[quantities][Horizons.count()];
    double[] last = new double[quantities];
    double[] usual = new double[quantities];
    for (Quantity quantity : Quantity.values()) {
      int q = quantity.index();
      last[q] = last(history, quantity, cutMs);
      usual[q] = average(history, quantity, cutMs, day, similar, last[q]);
      for (int h = 0; h < Horizons.count(); h++) {
        long at = cutMs + Horizons.ms(h);
        boolean known =
            open(history, at, day, similar) && at + Horizons.WAIT_WINDOW_MS < history.lastMs();
        truth[q][h] = known ? history.truth(quantity, at) : Double.NaN;
        average[q][h] = average(history, quantity, at, day, similar, usual[q]);
      }
    }
    SiteModel model = SiteModel.of(history, cutMs, similar, times);
    Sightings seen = Sightings.of(history, cutMs, plan.level(), plan.share());
    Ensemble ensemble = Ensemble.of(model, seen, plan.particles(), plan.seed());
    return new Cut(cutMs, day, similar.length, truth, last, usual, average, ensemble);
  }

  /** Whether at least half of the similar days had somebody logged in at that time. */
  static boolean open(SiteHistory history, long civilMs, int day, int[] similar) {
    int with = 0;
    for (int each : similar) {
      with += history.loggedIn(civilMs + (each - day) * SiteHistory.DAY_MS) > 0 ? 1 : 0;
    }
    return 2 * with >= similar.length;
  }

  static double last(SiteHistory history, Quantity quantity, long cutMs) {
    if (quantity == Quantity.EXPECTED_WAIT) {
      return history.lastWait(cutMs);
    }
    double value = history.truth(quantity, cutMs);
    return Double.isNaN(value) ? 1 : value;
  }

  static double average(
      SiteHistory history, Quantity quantity, long at, int day, int[] similar, double otherwise) {
    if (quantity == Quantity.LOGGED_IN) {
      return Adherence.average(history, at, day, similar, AROUND_MS);
    }
    double sum = 0;
    int count = 0;
    for (int each : similar) {
      long shift = (each - day) * SiteHistory.DAY_MS;
      for (long around : AROUND_MS) {
        double value = history.truth(quantity, at + shift + around);
        if (!Double.isNaN(value)) {
          sum += value;
          count++;
        }
      }
    }
    return count == 0 ? otherwise : sum / count;
  }

  /** The values of the courses that have one, sorted. */
  float[] values(int q, int h) {
    float[] all = ensemble.values()[q][h];
    int size = all.length;
    while (size > 0 && Float.isNaN(all[size - 1])) {
      size--;
    }
    return size == all.length ? all : Arrays.copyOf(all, size);
  }
}

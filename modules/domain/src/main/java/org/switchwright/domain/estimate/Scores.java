package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers what was told and what came true of one quantity at one horizon. */
final class Scores {
  private static final int RESAMPLES = 1_000;
  private static final long SEED = 0x5EED;
  private static final int LAST = 0;
  private static final int AVERAGE = 1;
  private static final int BLEND = 2;

  private final List<Scored> all = new ArrayList<>();

  private record Scored(Cut cut, double truth, Calibration.Told told, double crps) {}

  void add(Cut cut, double truth, Calibration.Told told, float[] values) {
    double crps =
        values.length == 0
            ? Math.abs(told.median() - truth)
            : Samples.crps(values, told.median() - Samples.median(values), truth);
    all.add(new Scored(cut, truth, told, crps));
  }

  BacktestReport.Row row(Quantity quantity, int minutes) {
    return new BacktestReport.Row(
        quantity,
        minutes,
        all.size(),
        mean(Scored::truth),
        mean(it -> Math.abs(it.told().median() - it.truth())),
        mean(it -> Math.abs(it.told().mean() - it.truth())),
        mean(it -> it.told().mean() - it.truth()),
        skill(LAST),
        skill(AVERAGE),
        skill(BLEND),
        mean(Scored::crps),
        mean(it -> it.told().low() <= it.truth() && it.truth() <= it.told().high() ? 1 : 0),
        mean(it -> it.told().high() - it.told().low()),
        quantity == Quantity.EXPECTED_WAIT && !all.isEmpty()
            ? Optional.of(regret())
            : Optional.empty());
  }

  private interface Figure {
    double of(Scored scored);
  }

  private double mean(Figure figure) {
    return all.stream().mapToDouble(figure::of).average().orElse(Double.NaN);
  }

  private BacktestReport.Skill skill(int baseline) {
    TreeMap<Integer, double[]> byDay = new TreeMap<>();
    for (Scored each : all) {
      double[] sums = byDay.computeIfAbsent(each.cut().day(), _ -> new double[2]);
      sums[0] += Math.abs(each.told().median() - each.truth());
      sums[1] += Math.abs(each.told().baselines()[baseline] - each.truth());
    }
    double[][] days = byDay.values().toArray(new double[0][]);
    double error = Arrays.stream(days).mapToDouble(it -> it[0]).sum();
    double base = Arrays.stream(days).mapToDouble(it -> it[1]).sum();
    Chance chance = new Chance(SEED);
    double[] skills = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double e = 0;
      double b = 0;
      for (int i = 0; i < days.length; i++) {
        double[] day = days[chance.below(days.length)];
        e += day[0];
        b += day[1];
      }
      skills[r] = 1 - e / b;
    }
    Arrays.sort(skills);
    return new BacktestReport.Skill(
        base / all.size(), 1 - error / base, skills[RESAMPLES / 20], skills[RESAMPLES * 19 / 20]);
  }

  private BacktestReport.Regret regret() {
    TreeMap<Long, List<Scored>> byTime = new TreeMap<>();
    for (Scored each : all) {
      long time = Math.floorMod(each.cut().cutMs(), SiteHistory.DAY_MS);
      byTime.computeIfAbsent(time, _ -> new ArrayList<>()).add(each);
    }
    double[] sums = new double[5];
    double choices = 0;
    for (List<Scored> same : byTime.values()) {
      for (Scored here : same) {
        double[] estimates = {
          here.told().mean(),
          here.told().baselines()[BLEND],
          here.told().baselines()[LAST],
          here.told().baselines()[AVERAGE]
        };
        for (Scored there : same) {
          if (there.cut().day() == here.cut().day()) {
            continue;
          }
          double best = Math.min(here.truth(), there.truth());
          for (int i = 0; i < estimates.length; i++) {
            sums[i] += (estimates[i] < there.truth() ? here.truth() : there.truth()) - best;
          }
          sums[4] += best;
          choices++;
        }
      }
    }
    return new BacktestReport.Regret(
        sums[0] / choices,
        sums[1] / choices,
        sums[2] / choices,
        sums[3] / choices,
        sums[4] / choices);
  }
}

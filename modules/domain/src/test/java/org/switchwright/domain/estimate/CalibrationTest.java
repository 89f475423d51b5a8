package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final int Q = Quantity.EXPECTED_WAIT.index();
  private static final int H = 2;
  private static final int CUTS = 200;

  private final Chance chance = new Chance(42);

  @Test
  void shouldTellTheBlendWhereNothingIsKnown() {
    List<Cut> few = cuts(9, 1, 0);

    Calibration.Told told = Calibration.of(few, Q, H).told(few.getFirst(), Q, H);

    assertThat(told.median()).isEqualTo(told.baselines()[2]);
    assertThat(told.mean()).isEqualTo(told.baselines()[2]);
  }

  @Test
  void shouldTellTheBestBaselineWhereLittleIsKnownAndCoverNineOfTen() {
    List<Cut> few = cuts(Calibration.ENOUGH - 1, 2, 20);
    Calibration calibration = Calibration.of(few, Q, H);

    double[] errors = new double[3];
    double told = 0;
    for (Cut cut : few) {
      Calibration.Told it = calibration.told(cut, Q, H);
      told += Math.abs(it.median() - cut.truth()[Q][H]);
      for (int i = 0; i < errors.length; i++) {
        errors[i] += Math.abs(it.baselines()[i] - cut.truth()[Q][H]);
      }
    }
    int covered = 0;
    for (Cut cut : cuts(1_000, 2, 20)) {
      Calibration.Told it = calibration.told(cut, Q, H);
      double truth = cut.truth()[Q][H];
      covered += it.low() <= truth && truth <= it.high() ? 1 : 0;
    }

    assertThat(told).isEqualTo(Arrays.stream(errors).min().orElseThrow());
    assertThat(covered).isBetween(820, 990);
  }

  @Test
  void shouldCorrectASimulationThatIsAlwaysTwiceTooHigh() {
    List<Cut> cuts = cuts(CUTS, 2, 0);

    Calibration calibration = Calibration.of(cuts, Q, H);

    double bias = 0;
    double error = 0;
    for (Cut cut : cuts(CUTS, 2, 0)) {
      Calibration.Told told = calibration.told(cut, Q, H);
      bias += (told.mean() - cut.truth()[Q][H]) / CUTS;
      error += Math.abs(told.median() - cut.truth()[Q][H]) / CUTS;
    }
    assertThat(bias).isCloseTo(0, within(12.0));
    assertThat(error).isLessThan(25);
  }

  @Test
  void shouldFallBackToABaselineWhereTheSimulationIsNoise() {
    List<Cut> cuts = cuts(CUTS, 1, 400);

    Calibration calibration = Calibration.of(cuts, Q, H);

    double told = 0;
    double best = 0;
    for (Cut cut : cuts) {
      Calibration.Told it = calibration.told(cut, Q, H);
      told += Math.abs(it.median() - cut.truth()[Q][H]);
      best += Math.abs(it.baselines()[2] - cut.truth()[Q][H]);
    }
    assertThat(told).isLessThanOrEqualTo(1.05 * best);
  }

  @Test
  void shouldCoverNineOfTenTruthsOfOtherDays() {
    Calibration calibration = Calibration.of(cuts(CUTS, 1, 20), Q, H);

    int covered = 0;
    for (Cut cut : cuts(1_000, 1, 20)) {
      Calibration.Told told = calibration.told(cut, Q, H);
      double truth = cut.truth()[Q][H];
      covered += told.low() <= truth && truth <= told.high() ? 1 : 0;
    }

    assertThat(covered).isBetween(840, 960);
  }

  @Test
  void shouldTellAMedianWithinItsIntervalWhereTheSimulationSpreadsTooFar() {
    Calibration calibration = Calibration.of(cuts(CUTS, 1, 0), Q, H);

    for (Cut cut : cuts(CUTS, 1, 0)) {
      Calibration.Known known = Calibration.Known.of(cut, Q, H);
      float[] all = new float[known.values().length];
      Arrays.fill(all, known.values()[0]);
      Calibration.Told told =
          calibration.told(
              new Calibration.Known(all, known.last(), known.usual(), known.average()), Q);
      assertThat(told.median()).isBetween(told.low(), told.high());
    }
    LearnedFigure.Weights simulated = LearnedFigure.Weights.of(new double[] {0, 1, 0, 0, 0});
    Calibration narrow =
        Calibration.of(
            new LearnedFigure(
                Quantity.EXPECTED_WAIT, 15, 0.5, simulated, simulated, Optional.of(-30.0)));
    Calibration.Told told =
        narrow.told(new Calibration.Known(new float[] {90, 100, 110}, 0, 0, 0), Q);
    assertThat(told.low()).isEqualTo(told.median());
    assertThat(told.high()).isEqualTo(told.median());
  }

  @Test
  void shouldTellNoServiceLevelBeyondOne() {
    LearnedFigure.Weights more = LearnedFigure.Weights.of(new double[] {0.6, 0.6, 0, 0, 0});
    Calibration calibration =
        Calibration.of(
            new LearnedFigure(Quantity.SERVICE_LEVEL, 15, 0.5, more, more, Optional.of(0.1)));

    Calibration.Told told =
        calibration.told(
            new Calibration.Known(new float[] {1, 1, 1}, 1, 1, 1), Quantity.SERVICE_LEVEL.index());

    assertThat(told.mean()).isEqualTo(1);
    assertThat(told.median()).isEqualTo(1);
    assertThat(told.high()).isEqualTo(1);
  }

  @Test
  void shouldRouteByABaselineWhereTheSimulationIsFarOff() {
    List<Cut> cuts = cuts(CUTS, 100, 4_000);

    Calibration calibration = Calibration.of(cuts, Q, H);

    double told = 0;
    double best = 0;
    for (Cut cut : cuts) {
      Calibration.Told it = calibration.told(cut, Q, H);
      told += Math.pow(it.mean() - cut.truth()[Q][H], 2);
      best += Math.pow(it.baselines()[2] - cut.truth()[Q][H], 2);
    }
    assertThat(told).isLessThanOrEqualTo(best);
  }

  /** The simulation says the truth's expectation times {@code factor}, and noise. */
  private List<Cut> cuts(int count, double factor, double noise) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double expected = 50 + 100 * chance.uniform();
      double truth = expected + 40 * (chance.uniform() - 0.5);
      double middle = Math.max(0, factor * expected + noise * (chance.uniform() - 0.5));
      float[] sample = new float[50];
      for (int p = 0; p < sample.length; p++) {
        sample[p] = (float) Math.max(0, middle + 10 * (chance.uniform() - 0.5));
      }
      Arrays.sort(sample);
      int quantities = Quantity.values().length;
      double[][] truths = new double[quantities][Horizons.count()];
      truths[Q][H] = truth;
      double[][] average = new double[quantities][Horizons.count()];
      average[Q][H] = 100;
      double[] last = new double[quantities];
      last[Q] = truth + 60 * (chance.uniform() - 0.5);
      double[] usual = new double[quantities];
      usual[Q] = 100;
      float[][][] values = new float[quantities][Horizons.count()][0];
      values[Q][H] = sample;
      cuts.add(new Cut(i, i / 10, 8, truths, last, usual, average, new Ensemble(values)));
    }
    return cuts;
  }
}

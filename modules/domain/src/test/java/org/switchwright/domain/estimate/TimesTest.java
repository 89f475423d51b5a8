package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Chance, and the durations that are drawn by it. */
class TimesTest {
  private static final int DRAWS = 20_000;

  @Test
  void shouldDrawTheSameFromTheSameSeed() {
    Chance one = new Chance(5);
    Chance other = new Chance(5);

    for (int i = 0; i < 100; i++) {
      assertThat(one.gamma(3)).isEqualTo(other.gamma(3));
      assertThat(one.below(7)).isEqualTo(other.below(7)).isBetween(0, 6);
    }
  }

  @Test
  void shouldDrawGammaWithItsMeanAndVariance() {
    Chance chance = new Chance(11);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = chance.gamma(9);
      sum += x;
      squares += x * x;
    }

    assertThat(sum / DRAWS).isCloseTo(9, within(0.1));
    assertThat(squares / DRAWS - sum / DRAWS * sum / DRAWS).isCloseTo(9, within(0.5));
  }

  @Test
  void shouldDrawWhatIsLeftOnlyFromWhatLastedLonger() {
    EmpiricalTimes times = new EmpiricalTimes(new double[] {10, 20, 100});
    Chance chance = new Chance(1);

    assertThat(times.mean()).isCloseTo(43.33, within(0.01));
    for (int i = 0; i < 100; i++) {
      assertThat(times.residual(20, chance)).isEqualTo(80);
      assertThat(times.residual(15, chance)).isIn(5.0, 85.0);
      assertThat(times.residual(100, chance)).isPositive();
    }
  }

  /** Of 4, one leaves at 1.5, one is lost sight of at 2.5, one leaves at 3.5, one stays. */
  @Test
  void shouldEstimateSurvivalAsKaplanAndMeierDo() {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(1, 6);
    counts.add(1.5, true);
    counts.add(2.5, false);
    counts.add(3.5, true);
    counts.add(9, false);

    SurvivalTimes times = counts.estimate();

    assertThat(times.survival(1)).isEqualTo(1);
    assertThat(times.survival(2)).isEqualTo(0.75);
    assertThat(times.survival(4)).isEqualTo(0.375);
    assertThat(times.survival(100)).isEqualTo(0.375);
  }

  @Test
  void shouldDrawBeyondAnAgeByTheShareThatGotThere() {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(1, 10);
    for (int second = 0; second < 10; second++) {
      counts.add(second + 0.5, true);
    }
    SurvivalTimes times = counts.estimate();
    Chance chance = new Chance(2);
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      double drawn = times.drawBeyond(4, chance);
      assertThat(drawn).isBetween(4.0, 10.0);
      sum += drawn;
    }

    assertThat(sum / DRAWS).isCloseTo(7, within(0.05));
  }

  @Test
  void shouldLeaveSoonerWhereTheHazardIsHigher() {
    SurvivalTimes.Counts counts = new SurvivalTimes.Counts(1, 1_000);
    Chance chance = new Chance(3);
    for (int i = 0; i < DRAWS; i++) {
      counts.add(chance.exponential() * 100, true);
    }
    SurvivalTimes times = counts.estimate();
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
      sum += times.drawBeyond(0, 2, chance);
    }

    assertThat(sum / DRAWS).isCloseTo(50, within(2.0));
  }

  @Test
  void shouldTellQuantilesWithinAWholeNumber() {
    float[] counts = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    float[] seconds = {0, 10, 20, 30};

    assertThat(Samples.quantile(counts, 0.4, true)).isCloseTo(0, within(1e-9));
    assertThat(Samples.quantile(counts, 0.9, true)).isCloseTo(1, within(1e-9));
    assertThat(Samples.quantile(counts, 0.05, true)).isCloseTo(-0.4375, within(1e-9));
    assertThat(Samples.quantile(seconds, 0.5, false)).isCloseTo(15, within(1e-9));
    assertThat(Samples.median(seconds)).isEqualTo(15);
  }

  @Test
  void shouldScoreADistributionByItsContinuousRankedProbability() {
    float[] point = {5};
    float[] two = {0, 4};

    assertThat(Samples.crps(point, 0, 8)).isEqualTo(3);
    // E|X - 1| = (1 + 3) / 2; E|X - X'| / 2 = (0 + 4 + 4 + 0) / 4 / 2.
    assertThat(Samples.crps(two, 0, 1)).isEqualTo(1);
    assertThat(Samples.crps(two, 1, 2)).isEqualTo(1);
  }
}

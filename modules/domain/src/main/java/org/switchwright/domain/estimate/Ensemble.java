package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * What a number of simulated courses say of each quantity at each horizon.
 *
 * @param values by quantity and horizon, sorted; NaN, at the end, where a course has no value
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Ensemble(float[][][] values) {
  private static final double LEAST_EFFECTIVE = 0.5;
  private static final int HALVINGS = 12;

  /** Simulates. The seed and the cut decide everything. */
  static Ensemble of(SiteModel model, Sightings seen, int particles, long seed) {
    int quantities = Quantity.values().length;
    int horizons = Horizons.count();
    double[][][] raw = new double[quantities][horizons][particles];
    double[][] weights = new double[horizons][particles];
    for (int p = 0; p < particles; p++) {
      Particle particle =
          new Particle(model, seen, Chance.mix(seed + Chance.mix(model.cutMs()) + 31L * p));
      for (int h = 0; h < horizons; h++) {
        particle.advance(Horizons.ms(h) / 1_000.0);
        raw[Quantity.LOGGED_IN.index()][h][p] = particle.loggedIn();
        raw[Quantity.BUSY.index()][h][p] = particle.busy();
        raw[Quantity.WAITING.index()][h][p] = particle.waiting();
        raw[Quantity.SERVICE_LEVEL.index()][h][p] = particle.serviceLevel();
        raw[Quantity.EXPECTED_WAIT.index()][h][p] = particle.expectedWait();
        weights[h][p] = particle.logWeight();
      }
    }
    float[][][] values = new float[quantities][horizons][];
    for (int h = 0; h < horizons; h++) {
      int[] taken = resampled(weights[h]);
      for (int q = 0; q < quantities; q++) {
        values[q][h] = new float[particles];
        for (int p = 0; p < particles; p++) {
          values[q][h][p] = (float) raw[q][h][taken[p]];
        }
        Arrays.sort(values[q][h]);
      }
    }
    return new Ensemble(values);
  }

  /**
   * Each course about as often as it weighs: systematic resampling. At a large site much is seen
   * that contradicts each course a little, so weights are flattened until they are worth half of
   * the courses.
   */
  static int[] resampled(double[] logWeights) {
    double[] weights = weights(logWeights, 1);
    double most = 1;
    double least = 0;
    for (int half = 0; half < HALVINGS && effective(weights) < LEAST_EFFECTIVE; half++) {
      double power = (least + most) / 2;
      double[] flatter = weights(logWeights, power);
      if (effective(flatter) < LEAST_EFFECTIVE) {
        most = power;
      } else {
        least = power;
      }
      weights = half == HALVINGS - 1 ? weights(logWeights, least) : weights;
    }
    return taken(weights);
  }

  private static double[] weights(double[] logWeights, double power) {
    double greatest = Arrays.stream(logWeights).max().orElse(0);
    return Arrays.stream(logWeights).map(it -> StrictMath.exp(power * (it - greatest))).toArray();
  }

  /** How many courses of equal weight would say as much, as a share of all (Kish 1965). */
  private static double effective(double[] weights) {
    double sum = 0;
    double squares = 0;
    for (double weight : weights) {
      sum += weight;
      squares += weight * weight;
    }
    return sum * sum / squares / weights.length;
  }

  private static int[] taken(double[] weights) {
    double sum = Arrays.stream(weights).sum();
    int[] taken = new int[weights.length];
    double upTo = weights[0];
    int from = 0;
    for (int p = 0; p < taken.length; p++) {
      double at = (p + 0.5) / taken.length * sum;
      while (upTo < at && from < weights.length - 1) {
        upTo += weights[++from];
      }
      taken[p] = from;
    }
    return taken;
  }
}

package org.switchwright.domain.estimate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Turns what the simulation and the baselines say of one quantity at one horizon into what is told,
 * as fits best what came true on the days before. Features: mean and median of the simulation,
 * blend, last value, time-of-week average.
 *
 * <p>The routing mean is their non-negative least squares combination, drawn to the simulation's
 * mean by a ridge, or a baseline alone where that was better: a simulation that is far off has such
 * a pull. The displayed median is their non-negative least absolute deviations combination, drawn
 * to the simulation's median, or the best of them alone where that was no worse. The interval is
 * the simulation's, moved to the median and widened by the conformal offset (Romano, Patterson and
 * Candes, NeurIPS 2019).
 */
final class Calibration {
  static final int SIM_MEAN = 0;
  static final int SIM_MEDIAN = 1;
  static final int BLEND = 2;
  static final int LAST = 3;
  static final int AVERAGE = 4;
  static final int FEATURES = 5;

  /** With fewer cuts before it, nothing is fitted, and the best of the baselines is told. */
  static final int ENOUGH = 40;

  /** With fewer cuts, nothing is known, and the blend is told. */
  private static final int SOME = 10;

  private static final double MEAN_RIDGE = 0.1;
  private static final double MEDIAN_RIDGE = 0.1;
  private static final double NOMINAL = 0.9;
  private static final int ROUNDS = 60;

  private final double rho;
  private final double[] mean;
  private final double[] median;
  private final double offset;

  private Calibration(double rho, double[] mean, double[] median, double offset) {
    this.rho = rho;
    this.mean = mean;
    this.median = median;
    this.offset = offset;
  }

  static Calibration of(LearnedFigure it) {
    return new Calibration(
        it.rho(), it.mean().byFeature(), it.median().byFeature(), it.widening().orElse(Double.NaN));
  }

  LearnedFigure learned(Quantity quantity, int minutes) {
    return new LearnedFigure(
        quantity,
        minutes,
        rho,
        LearnedFigure.Weights.of(mean),
        LearnedFigure.Weights.of(median),
        Double.isNaN(offset) ? Optional.empty() : Optional.of(offset));
  }

  /** What is told. */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  record Told(double mean, double median, double low, double high, double[] baselines) {}

  /** Learns from cuts of earlier days whose truth is known. */
  static Calibration of(List<Cut> before, int q, int h) {
    List<Cut> known = before.stream().filter(it -> !Double.isNaN(it.truth()[q][h])).toList();
    double rho = rho(known, q, h);
    if (known.size() < SOME) {
      return new Calibration(rho, unit(BLEND), unit(BLEND), Double.NaN);
    }
    int size = known.size();
    double[][] x = new double[size][];
    double[] y = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = features(Known.of(known.get(i), q, h), rho);
      y[i] = known.get(i).truth()[q][h];
    }
    boolean enough = size >= ENOUGH;
    double[] mean = enough ? leastSquares(x, y) : best(x, y, unit(BLEND), Calibration::squared);
    double[] median = enough ? leastAbsolute(x, y) : best(x, y, unit(BLEND), Math::abs);
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      double[] spread = spread(Known.of(known.get(i), q, h), q);
      double middle = dot(median, x[i]);
      scores[i] = Math.max(middle + spread[0] - y[i], y[i] - middle - spread[1]);
    }
    Arrays.sort(scores);
    int rank = (int) Math.ceil(NOMINAL * (size + 1)) - 1;
    return new Calibration(rho, mean, median, scores[Math.min(rank, size - 1)]);
  }

  /**
   * What is known of a quantity at one time after a cut.
   *
   * @param values what the simulation says, sorted
   * @param last as last reported
   * @param usual the average of similar days at the time of the cut
   * @param average the same at the time in question
   */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  record Known(float[] values, double last, double usual, double average) {
    static Known of(Cut cut, int q, int h) {
      return new Known(cut.values(q, h), cut.last()[q], cut.usual()[q], cut.average()[q][h]);
    }
  }

  Told told(Cut cut, int q, int h) {
    return told(Known.of(cut, q, h), q);
  }

  Told told(Known known, int q) {
    double[] x = features(known, rho);
    double[] spread = spread(known, q);
    double most = q == Quantity.SERVICE_LEVEL.index() ? 1 : Double.POSITIVE_INFINITY;
    double middle = Math.min(most, dot(median, x));
    double widened = Double.isNaN(offset) ? 0 : offset;
    // Where the simulation spread too far, it is narrowed, but not beyond the median.
    double low = Math.clamp(middle + spread[0] - widened, 0, middle);
    double high = Math.clamp(middle + spread[1] + widened, middle, most);
    double[] baselines = {x[LAST], x[AVERAGE], x[BLEND]};
    return new Told(Math.min(most, dot(mean, x)), middle, low, high, baselines);
  }

  private static double[] features(Known known, double rho) {
    float[] values = known.values();
    double blend = known.average() + rho * (known.last() - known.usual());
    double[] x = new double[FEATURES];
    x[BLEND] = Math.max(0, blend);
    x[LAST] = known.last();
    x[AVERAGE] = known.average();
    x[SIM_MEAN] = values.length == 0 ? x[BLEND] : Samples.mean(values);
    x[SIM_MEDIAN] = values.length == 0 ? x[BLEND] : Samples.median(values);
    return x;
  }

  /** Where the simulation's 90% interval begins and ends, from its median. */
  private static double[] spread(Known known, int q) {
    float[] values = known.values();
    if (values.length == 0) {
      return new double[] {0, 0};
    }
    boolean counts = q != Quantity.EXPECTED_WAIT.index() && q != Quantity.SERVICE_LEVEL.index();
    double middle = Samples.median(values);
    return new double[] {
      Samples.quantile(values, 0.05, counts) - middle,
      Samples.quantile(values, 0.95, counts) - middle
    };
  }

  /** How much of a deviation is left at the horizon: least squares through 0, from 0 to 1. */
  private static double rho(List<Cut> known, int q, int h) {
    if (known.size() < ENOUGH) {
      return StrictMath.pow(0.5, Horizons.MINUTES.get(h) / 60.0);
    }
    double xy = 0;
    double xx = 0;
    for (Cut cut : known) {
      double x = cut.last()[q] - cut.usual()[q];
      xy += x * (cut.truth()[q][h] - cut.average()[q][h]);
      xx += x * x;
    }
    return xx <= 0 ? 0 : Math.clamp(xy / xx, 0, 1);
  }

  /** Drawn to the simulation's mean; or a baseline alone, where that is better. */
  private static double[] leastSquares(double[][] x, double[] y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return best(x, y, fitted(x, y, ones, unit(SIM_MEAN), MEAN_RIDGE), Calibration::squared);
  }

  /** The given weights, or a baseline alone where that is better. */
  private static double[] best(double[][] x, double[] y, double[] given, DoubleUnaryOperator loss) {
    double[] best = given;
    double bestError = error(x, y, given, loss);
    for (int f = BLEND; f < FEATURES; f++) {
      double error = error(x, y, unit(f), loss);
      if (error < bestError) {
        bestError = error;
        best = unit(f);
      }
    }
    return best;
  }

  /** Least absolute deviations by weighted least squares, again and again. */
  private static double[] leastAbsolute(double[][] x, double[] y) {
    double[] weights = new double[y.length];
    Arrays.fill(weights, 1);
    double scale = Arrays.stream(y).map(Math::abs).average().orElse(1);
    double least = Math.max(1e-3, 0.05 * scale);
    double[] w = unit(SIM_MEDIAN);
    double[] best = best(x, y, w, Math::abs);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < y.length; i++) {
        weights[i] = scale / Math.max(Math.abs(y[i] - dot(w, x[i])), least);
      }
      w = fitted(x, y, weights, unit(SIM_MEDIAN), MEDIAN_RIDGE);
    }
    // Five free weights fit a little better by chance alone.
    double chance = 1 + 2.0 * FEATURES / y.length;
    return error(x, y, w, Math::abs) * chance < error(x, y, best, Math::abs) ? w : best;
  }

  private static double error(double[][] x, double[] y, double[] w, DoubleUnaryOperator loss) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += loss.applyAsDouble(y[i] - dot(w, x[i]));
    }
    return sum;
  }

  private static double squared(double off) {
    return off * off;
  }

  /** Weighted non-negative least squares with a ridge, by coordinate descent. */
  private static double[] fitted(
      double[][] x, double[] y, double[] weights, double[] toward, double ridge) {
    double[][] gram = new double[FEATURES][FEATURES];
    double[] b = new double[FEATURES];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < FEATURES; j++) {
        b[j] += weights[i] * x[i][j] * y[i];
        for (int k = 0; k < FEATURES; k++) {
          gram[j][k] += weights[i] * x[i][j] * x[i][k];
        }
      }
    }
    double[] w = toward.clone();
    for (int round = 0; round < ROUNDS; round++) {
      for (int j = 0; j < FEATURES; j++) {
        double left = b[j] + ridge * gram[j][j] * toward[j];
        for (int k = 0; k < FEATURES; k++) {
          left -= k == j ? 0 : gram[j][k] * w[k];
        }
        w[j] = gram[j][j] <= 0 ? toward[j] : Math.max(0, left / (gram[j][j] * (1 + ridge)));
      }
    }
    return w;
  }

  private static double[] unit(int feature) {
    double[] w = new double[FEATURES];
    w[feature] = 1;
    return w;
  }

  private static double dot(double[] w, double[] x) {
    double sum = 0;
    for (int j = 0; j < FEATURES; j++) {
      sum += w[j] * x[j];
    }
    return sum;
  }
}

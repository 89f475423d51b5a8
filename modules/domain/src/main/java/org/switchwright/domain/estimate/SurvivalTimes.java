package org.switchwright.domain.estimate;

/**
 * Durations of which many were not seen to their end: patience of callers who were answered, pauses
 * of agents for whom no call waited any more. Kaplan and Meier's estimate (JASA 53, 1958) in bins.
 */
final class SurvivalTimes {
  private final double binSeconds;

  /** The share that lasts beyond the end of each bin. */
  private final double[] survival;

  private SurvivalTimes(double binSeconds, double[] survival) {
    this.binSeconds = binSeconds;
    this.survival = survival;
  }

  /** Takes observations and makes the estimate. */
  static final class Counts {
    private final double binSeconds;
    private final double[] ended;
    private final double[] observed;

    Counts(double binSeconds, int bins) {
      this.binSeconds = binSeconds;
      this.ended = new double[bins];
      this.observed = new double[bins + 1];
    }

    /**
     * @param seconds how long it was seen to last
     * @param end whether it ended then, or only was no longer seen
     */
    void add(double seconds, boolean end) {
      int bin = (int) (seconds / binSeconds);
      observed[Math.min(bin, ended.length)]++;
      if (end && bin < ended.length) {
        ended[bin]++;
      }
    }

    SurvivalTimes estimate() {
      double[] survival = new double[ended.length];
      double atRisk = 0;
      for (double each : observed) {
        atRisk += each;
      }
      double left = 1;
      for (int bin = 0; bin < survival.length; bin++) {
        // Those who were lost sight of within the bin were at risk for half of it.
        double exposed = atRisk - (observed[bin] - ended[bin]) / 2;
        left *= exposed <= 0 ? 1 : 1 - Math.min(1, ended[bin] / exposed);
        survival[bin] = left;
        atRisk -= observed[bin];
      }
      return new SurvivalTimes(binSeconds, survival);
    }
  }

  /** The share that lasts for longer. */
  double survival(double seconds) {
    double at = seconds / binSeconds;
    int bin = (int) at;
    if (bin >= survival.length) {
      return survival[survival.length - 1];
    }
    double before = bin == 0 ? 1 : survival[bin - 1];
    return before + (survival[bin] - before) * (at - bin);
  }

  /** The hazard summed up to that age, at most about 7. */
  double hazard(double seconds) {
    return -StrictMath.log(Math.max(1e-3, survival(seconds)));
  }

  /**
   * A whole duration, given that it has lasted for {@code age}.
   *
   * @return infinite where it is longer than all that was observed to end
   */
  double drawBeyond(double age, Chance chance) {
    return drawBeyond(age, 1, chance);
  }

  /** With a hazard that is {@code hazard} times as high. */
  double drawBeyond(double age, double hazard, Chance chance) {
    double left = survival(age) * StrictMath.exp(-chance.exponential() / hazard);
    int low = Math.min((int) (age / binSeconds), survival.length);
    int high = survival.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (survival[middle] >= left) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == survival.length
        ? Double.POSITIVE_INFINITY
        : Math.max(age, (low + chance.uniform()) * binSeconds);
  }
}

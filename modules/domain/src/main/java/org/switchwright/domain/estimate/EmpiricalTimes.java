package org.switchwright.domain.estimate;

import java.util.Arrays;

/** Durations in seconds as they were observed. */
final class EmpiricalTimes {
  private final double[] sorted;
  private final double mean;

  EmpiricalTimes(double[] seconds) {
    sorted = seconds.clone();
    Arrays.sort(sorted);
    mean = Arrays.stream(sorted).average().orElse(0);
  }

  int size() {
    return sorted.length;
  }

  double mean() {
    return mean;
  }

  double draw(Chance chance) {
    return sorted[chance.below(sorted.length)];
  }

  /**
   * What is left of a duration that has lasted for {@code age}. Beyond all that was ever observed:
   * a third as long again, on average.
   */
  double residual(double age, Chance chance) {
    int longer = firstBeyond(age);
    return longer < sorted.length
        ? sorted[longer + chance.below(sorted.length - longer)] - age
        : chance.exponential() * Math.max(age, mean) / 3;
  }

  /** The hazard summed up to that age, at most about that of the longest of them. */
  double hazard(double age) {
    int longer = sorted.length - firstBeyond(age);
    return StrictMath.log((sorted.length + 1.0) / (longer + 1.0));
  }

  private int firstBeyond(double age) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= age) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

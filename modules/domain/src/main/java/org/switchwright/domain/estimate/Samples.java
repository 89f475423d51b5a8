package org.switchwright.domain.estimate;

/** Of sorted values, at least one. */
final class Samples {
  private Samples() {}

  static double mean(float[] sorted) {
    double sum = 0;
    for (float value : sorted) {
      sum += value;
    }
    return sum / sorted.length;
  }

  static double median(float[] sorted) {
    return (sorted[sorted.length / 2] + (double) sorted[(sorted.length - 1) / 2]) / 2;
  }

  /**
   * @param counts whether they are whole numbers: each then stands for all from half below to half
   *     above it, so that a quantile tells more than which number it falls on
   */
  static double quantile(float[] sorted, double share, boolean counts) {
    double at = share * sorted.length;
    if (!counts) {
      int below = (int) Math.clamp(Math.floor(at - 0.5), 0, sorted.length - 1);
      int above = Math.min(below + 1, sorted.length - 1);
      double part = Math.clamp(at - 0.5 - below, 0, 1);
      return sorted[below] + part * (sorted[above] - (double) sorted[below]);
    }
    int place = (int) Math.min(at, sorted.length - 1);
    float value = sorted[place];
    int first = place;
    while (first > 0 && sorted[first - 1] == value) {
      first--;
    }
    int end = place + 1;
    while (end < sorted.length && sorted[end] == value) {
      end++;
    }
    return value - 0.5 + (at - first) / (end - first);
  }

  /** The continuous ranked probability score: E|X - y| - E|X - X'| / 2. */
  static double crps(float[] sorted, double shift, double truth) {
    double off = 0;
    double pairs = 0;
    int size = sorted.length;
    for (int i = 0; i < size; i++) {
      off += Math.abs(sorted[i] + shift - truth);
      pairs += (2.0 * i - size + 1) * sorted[i];
    }
    return off / size - pairs / size / size;
  }
}

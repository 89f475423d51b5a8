package org.switchwright.benchmarks;

import java.util.stream.DoubleStream;

/** The middle and the end of many times. NaN where there are none. */
record Percentiles(double p50, double p99) {
  static Percentiles of(DoubleStream times) {
    double[] sorted = times.sorted().toArray();
    return new Percentiles(at(sorted, 50), at(sorted, 99));
  }

  private static double at(double[] sorted, int percent) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * percent / 100.0))];
  }
}

package org.switchwright.domain.estimate;

import java.util.Optional;

/**
 * How one quantity is told at one horizon, as fitted best on the weeks before.
 *
 * @param minutes after the cut
 * @param rho how much is left there of the deviation from the usual that was there at the cut, 0 to
 *     1
 * @param mean what routing goes by is made of
 * @param median what is shown is made of
 * @param widening of the interval to both sides, in the quantity's unit; may be below zero; empty
 *     where there was too little to learn from
 */
public record LearnedFigure(
    Quantity quantity,
    int minutes,
    double rho,
    Weights mean,
    Weights median,
    Optional<Double> widening) {

  /** How much of each what is told has, none below zero. */
  public record Weights(
      double simulatedMean, double simulatedMedian, double blend, double last, double average) {

    static Weights of(double[] weights) {
      return new Weights(
          weights[Calibration.SIM_MEAN],
          weights[Calibration.SIM_MEDIAN],
          weights[Calibration.BLEND],
          weights[Calibration.LAST],
          weights[Calibration.AVERAGE]);
    }

    double[] byFeature() {
      double[] weights = new double[Calibration.FEATURES];
      weights[Calibration.SIM_MEAN] = simulatedMean;
      weights[Calibration.SIM_MEDIAN] = simulatedMedian;
      weights[Calibration.BLEND] = blend;
      weights[Calibration.LAST] = last;
      weights[Calibration.AVERAGE] = average;
      return weights;
    }
  }
}

package org.switchwright.domain.estimate;

/**
 * What was estimated of a site so many minutes after its reports had stopped, and what its reports
 * said of that moment when they came again; in the quantity's unit.
 *
 * @param minutes after the cut
 * @param mean what routing went by
 * @param median what was shown
 * @param low and {@code high}, between which the truth was to be nine times in ten
 * @param truth what it was like
 */
public record EstimateScore(
    Quantity quantity,
    int minutes,
    double mean,
    double median,
    double low,
    double high,
    double truth) {
  /** Whether the truth was in the interval. */
  public boolean covered() {
    return low <= truth && truth <= high;
  }
}

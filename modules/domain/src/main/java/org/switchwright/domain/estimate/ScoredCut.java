package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.List;

/**
 * How good the estimates of a site were during one cut of its link.
 *
 * @param cutAt when the link was lost
 * @param similarDays of how many days like that one they were made
 * @param bySchedule whether who was logged in followed a schedule of the day of the cut
 * @param learned whether they were told as fitted the weeks before best
 * @param scores of the horizons that the cut lasted for, at most {@value #MAX_SCORES}
 */
public record ScoredCut(
    Instant cutAt,
    int similarDays,
    boolean bySchedule,
    boolean learned,
    List<EstimateScore> scores) {
  /** Each quantity at each horizon. */
  public static final int MAX_SCORES = 25;

  public ScoredCut {
    scores = List.copyOf(scores);
    if (scores.isEmpty() || scores.size() > MAX_SCORES) {
      throw new IllegalArgumentException(
          "Expected 1 to " + MAX_SCORES + " scores, but got " + scores.size());
    }
  }
}

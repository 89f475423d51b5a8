package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How good estimates of the wait were, beside what those callers then waited.
 *
 * @param answered callers whose wait for an answer can be compared
 * @param notAnswered callers who left their queue otherwise, and cannot
 */
public record EstimateReport(
    String site,
    Instant from,
    Instant to,
    long answered,
    long notAnswered,
    List<Score> total,
    List<OfQueue> queues) {
  public EstimateReport {
    total = List.copyOf(total);
    queues = List.copyOf(queues);
  }

  public record OfQueue(String queue, List<Score> scores) {
    public OfQueue {
      scores = List.copyOf(scores);
    }
  }

  /**
   * @param told callers to whom a wait could have been told when they came to wait
   * @param unknown callers to whom none could
   * @param biasSeconds mean of told less waited
   * @param intervalCoverage which part of the waits was in the interval that was to hold 90%
   */
  public record Score(
      String formula,
      long told,
      long unknown,
      Optional<Double> meanAbsoluteErrorSeconds,
      Optional<Double> biasSeconds,
      Optional<Double> rootMeanSquareErrorSeconds,
      Optional<Double> intervalCoverage) {}
}

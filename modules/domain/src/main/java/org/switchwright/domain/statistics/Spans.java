package org.switchwright.domain.statistics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Spans of time that were measured.
 *
 * @param millis from the shortest to the longest
 */
public record Spans(List<Long> millis) {
  public Spans {
    millis = millis.stream().sorted().toList();
  }

  public int count() {
    return millis.size();
  }

  public Duration sum() {
    long sum = 0;
    for (long each : millis) {
      sum += each;
    }
    return Duration.ofMillis(sum);
  }

  public Optional<Duration> mean() {
    return millis.isEmpty() ? Optional.empty() : Optional.of(sum().dividedBy(millis.size()));
  }

  public Optional<Duration> longest() {
    return millis.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(millis.getLast()));
  }

  /**
   * What the given part of them does not exceed: the nearest rank.
   *
   * @param part above 0, at most 1
   */
  public Optional<Duration> quantile(double part) {
    int rank = (int) Math.ceil(part * millis.size());
    return millis.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(millis.get(Math.max(0, rank - 1))));
  }
}

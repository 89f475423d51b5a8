package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long callers are expected to wait, by every formula.
 *
 * @param at the moment of the estimates
 */
public record WaitReport(String site, Instant at, List<OfQueue> queues) {
  public WaitReport {
    queues = List.copyOf(queues);
  }

  /**
   * @param waiting how many wait
   * @param next for a caller who came now
   * @param calls for those who wait, in the order in which they are served; at most 100
   */
  public record OfQueue(String queue, long waiting, List<Estimate> next, List<OfCall> calls) {
    public OfQueue {
      next = List.copyOf(next);
      calls = List.copyOf(calls);
    }
  }

  /**
   * @param estimate of {@code erlang-a}, with its interval
   */
  public record OfCall(String call, int position, long waitedMs, Estimate estimate) {}

  /**
   * Either an expected wait or why there is none.
   *
   * @param lowMs with {@code highMs}, what nine of ten waits are expected to be in
   */
  public record Estimate(
      String formula,
      Optional<Long> expectedMs,
      Optional<Long> lowMs,
      Optional<Long> highMs,
      Optional<String> unknown) {}
}

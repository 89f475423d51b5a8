package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The statistics of one interval. What cannot be computed is absent, never zero.
 *
 * @param basis live, estimated or unknown: whether a site that is watched is live, this is what it
 *     reported last, or nothing is known
 * @param reportedAt up to when a site that is watched has reported; absent for this one
 * @param zone in which the site's day begins
 * @param formulas of the service levels and occupancies by name
 * @param total calls once each, through however many queues they came
 */
public record StatisticsReport(
    AsOf asOf,
    String site,
    String basis,
    Optional<Instant> reportedAt,
    Optional<String> window,
    Instant from,
    Instant to,
    String zone,
    long targetMs,
    long shortAbandonMs,
    SortedMap<String, String> formulas,
    Calls total,
    List<OfQueue> queues,
    List<OfSkill> skills,
    List<OfAgent> agents) {
  public StatisticsReport {
    queues = List.copyOf(queues);
    skills = List.copyOf(skills);
    agents = List.copyOf(agents);
  }

  public record OfQueue(String queue, Calls calls) {}

  public record OfSkill(String skill, Calls calls) {}

  /**
   * @param handled conversations whose wrap-up ended
   * @param offers that ended, by how
   * @param serviceLevels in percent by name
   */
  public record Calls(
      long offered,
      long answered,
      long abandoned,
      long overflowed,
      long refused,
      long failed,
      long handled,
      Measured answeredWait,
      Measured abandonedWait,
      Measured talk,
      Measured consult,
      Measured handle,
      SortedMap<String, Long> offers,
      SortedMap<String, Double> serviceLevels) {}

  /**
   * Spans of time in milliseconds.
   *
   * @param sketch of the spans, to be merged with those of other sites (DDSketch in Base64)
   */
  public record Measured(
      long count,
      Optional<Long> meanMs,
      Optional<Long> medianMs,
      Optional<Long> p90Ms,
      Optional<Long> longestMs,
      Optional<String> sketch) {}

  /**
   * @param timesMs how long the agent spent in what
   * @param notReadyMs of that not ready, by reason
   * @param occupancies in percent by name
   */
  public record OfAgent(
      String agent,
      long handled,
      Measured talk,
      Measured consult,
      Measured handle,
      SortedMap<String, Long> offers,
      SortedMap<String, Long> timesMs,
      SortedMap<String, Long> notReadyMs,
      SortedMap<String, Double> occupancies) {}
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;

/**
 * What a site is told to be: its queues and routing points, each with a defined order.
 *
 * @param queues at most {@value #MAX_QUEUES}
 * @param notReadyReasons the reasons that agents may give, besides those of the system
 */
public record SiteConfiguration(
    List<Queue> queues, List<RoutingPoint> points, Delays delays, List<String> notReadyReasons) {
  static final int MAX_QUEUES = 1_000;

  public SiteConfiguration {
    queues = List.copyOf(queues);
    points = List.copyOf(points);
    notReadyReasons = List.copyOf(notReadyReasons);
    if (queues.size() > MAX_QUEUES) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_QUEUES + " queues, but got " + queues.size());
    }
  }

  Optional<Queue> queue(QueueId id) {
    for (Queue queue : queues) {
      if (queue.id().equals(id)) {
        return Optional.of(queue);
      }
    }
    return Optional.empty();
  }

  Optional<RoutingPoint> point(RoutingPointId id) {
    return points.stream().filter(point -> point.id().equals(id)).findFirst();
  }

  /**
   * @param required each skill with the lowest level that will do, 0 to 10
   * @param maxWaiting how many may wait; one more overflows
   * @param maxWait how long one may wait from its coming to this queue; then it overflows
   * @param overflowTo where it overflows to; empty: the caller is released
   * @param ringTimeout how long a station rings
   * @param wrapUp after-call work after each conversation; may be zero
   */
  public record Queue(
      QueueId id,
      SortedMap<Skill, Integer> required,
      int maxWaiting,
      Duration maxWait,
      Optional<QueueId> overflowTo,
      Duration ringTimeout,
      Duration wrapUp,
      TreatmentMode treatment) {}

  /**
   * @param priority the higher is served first
   */
  public record RoutingPoint(RoutingPointId id, QueueId queue, int priority) {}

  /** How long an agent is left alone after an offer ended in one of these ways. */
  public record Delays(Duration rejected, Duration busy) {}
}

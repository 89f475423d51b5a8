package org.switchwright.domain.network;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.site.SiteConfiguration;

/**
 * What an estimate of a site says of one of its queues, to route by: its means, in whole calls and
 * agents. Of the calls that wait, the queue has the share that it has in the simulated courses, and
 * its part of those of queues that the site does not have (any more, or under the name that a log
 * has for them); of the agents, the share that it had at the last report.
 */
final class EstimatedQueue {
  private EstimatedQueue() {}

  /**
   * @param site which queues there are
   * @param reported how the queue stood by the last report
   */
  static QueueFigures.Named of(
      QueueId queue, SiteConfiguration site, QueueFigures.Named reported, SiteEstimate estimate) {
    double there = mean(estimate, Quantity.LOGGED_IN);
    double free = Math.max(0, there - mean(estimate, Quantity.BUSY));
    double atCut = estimate.reported().getOrDefault(Quantity.LOGGED_IN, 0.0);
    double share = atCut <= 0 ? 1 : Math.min(1, reported.loggedIn() / atCut);
    double waiting = mean(estimate, Quantity.WAITING) * ofLine(queue, site, estimate);
    Optional<Duration> wait =
        estimate
            .figure(Quantity.EXPECTED_WAIT)
            .map(it -> Duration.ofMillis(Math.round(1_000 * it.mean())));
    int calls = (int) Math.round(waiting);
    return new QueueFigures.Named(
        calls,
        calls == 0 ? Duration.ZERO : wait.orElse(reported.oldestWait()),
        (int) Math.round(share * there),
        (int) Math.round(share * free),
        wait);
  }

  private static double ofLine(QueueId queue, SiteConfiguration site, SiteEstimate estimate) {
    double strange = 0;
    for (Map.Entry<String, Double> line : estimate.lines().entrySet()) {
      boolean known = site.queues().stream().anyMatch(it -> it.id().value().equals(line.getKey()));
      strange += known ? 0 : line.getValue();
    }
    return estimate.lines().getOrDefault(queue.value(), 0.0) + strange / site.queues().size();
  }

  private static double mean(SiteEstimate estimate, Quantity quantity) {
    return estimate.figure(quantity).map(SiteEstimate.Figure::mean).orElse(0.0);
  }
}

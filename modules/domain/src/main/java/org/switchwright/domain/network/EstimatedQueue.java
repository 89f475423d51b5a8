package org.switchwright.domain.network;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.site.SiteConfiguration;

/**
 * What an estimate of a site says of one of its queues. Of the calls that wait, the queue has the
 * share that it has in the simulated courses, and its part of those of queues that the site does
 * not have (any more, or under the name that a log has for them); of the agents, the share that it
 * had at the last report.
 *
 * @param figures to route by: the means, in whole calls and agents
 * @param believed what else is; to show, the same shares of the site's medians and intervals
 */
record EstimatedQueue(QueueFigures.Named figures, NetworkFigures.Believed believed) {
  private static final SiteEstimate.Figure NOTHING = new SiteEstimate.Figure(0, 0, 0, 0);

  /**
   * @param site which queues there are
   * @param reported how the queue stood by the last report
   */
  static EstimatedQueue of(
      QueueId queue, SiteConfiguration site, QueueFigures.Named reported, SiteEstimate estimate) {
    SiteEstimate.Figure there = figure(estimate, Quantity.LOGGED_IN);
    SiteEstimate.Figure busy = figure(estimate, Quantity.BUSY);
    SiteEstimate.Figure line = figure(estimate, Quantity.WAITING);
    double atCut = estimate.reported().getOrDefault(Quantity.LOGGED_IN, 0.0);
    double share = atCut <= 0 ? 1 : Math.min(1, reported.loggedIn() / atCut);
    double ofLine = ofLine(queue, site, estimate);
    Optional<SiteEstimate.Figure> wait = estimate.figure(Quantity.EXPECTED_WAIT);
    Optional<Duration> expected = wait.map(it -> Duration.ofMillis(Math.round(1_000 * it.mean())));
    int calls = (int) Math.round(line.mean() * ofLine);
    return new EstimatedQueue(
        new QueueFigures.Named(
            calls,
            calls == 0 ? Duration.ZERO : expected.orElse(reported.oldestWait()),
            (int) Math.round(share * there.mean()),
            (int) Math.round(share * free(there.mean(), busy.mean())),
            expected),
        new NetworkFigures.Believed(
            new EstimatedFigures(
                estimate.similarDays(),
                estimate.bySchedule(),
                estimate.learned(),
                range(there, share),
                Range.of(
                    share * free(there.median(), busy.median()),
                    share * free(there.low(), busy.high()),
                    share * free(there.high(), busy.low())),
                range(line, ofLine),
                wait.map(it -> range(it, 1_000))),
            estimate.at(),
            (int) Math.round(free(there.mean(), busy.mean())),
            (int) Math.round(line.mean())));
  }

  private static double free(double there, double busy) {
    return Math.max(0, there - busy);
  }

  private static Range range(SiteEstimate.Figure figure, double times) {
    return Range.of(times * figure.median(), times * figure.low(), times * figure.high());
  }

  private static double ofLine(QueueId queue, SiteConfiguration site, SiteEstimate estimate) {
    double strange = 0;
    for (Map.Entry<String, Double> line : estimate.lines().entrySet()) {
      boolean known = site.queues().stream().anyMatch(it -> it.id().value().equals(line.getKey()));
      strange += known ? 0 : line.getValue();
    }
    return estimate.lines().getOrDefault(queue.value(), 0.0) + strange / site.queues().size();
  }

  private static SiteEstimate.Figure figure(SiteEstimate estimate, Quantity quantity) {
    return estimate.figure(quantity).orElse(NOTHING);
  }
}

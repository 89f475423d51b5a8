package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;

/** What strategies are told of a site that is cut off and whose past is known. */
class EstimatedQueueTest {
  private static final Duration BEAT = Duration.ofSeconds(2);
  private static final RoutingPointId HOTLINE = new RoutingPointId("hotline");

  private static SiteEstimate estimate(Instant cutAt, double share) {
    return estimate(cutAt, Map.of("sales", share));
  }

  private static SiteEstimate estimate(Instant cutAt, Map<String, Double> lines) {
    TreeMap<Quantity, SiteEstimate.Figure> figures = new TreeMap<>();
    figures.put(Quantity.LOGGED_IN, new SiteEstimate.Figure(5.6, 5, 4, 8));
    figures.put(Quantity.BUSY, new SiteEstimate.Figure(3.2, 3, 2, 5));
    figures.put(Quantity.WAITING, new SiteEstimate.Figure(6, 5, 1, 14));
    figures.put(Quantity.EXPECTED_WAIT, new SiteEstimate.Figure(41.5, 30, 0, 180));
    return new SiteEstimate(
        cutAt,
        cutAt.plusSeconds(600),
        8,
        false,
        true,
        new TreeMap<>(Map.of(Quantity.LOGGED_IN, 2.0)),
        figures,
        new TreeMap<>(lines));
  }

  private static NetworkFigures.Remote told(
      DataCenters network, Optional<SiteEstimate> estimate, int later) {
    return SitePicture.figures(
            network.at(BERLIN).monitor,
            Pulse.NONE,
            BEAT,
            HOTLINE,
            network.at(CONTROLLER).site.sentTo(BERLIN),
            estimate,
            network.now().plusSeconds(later))
        .orElseThrow();
  }

  private static DataCenters cutOff() {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.ready(BERLIN, "ben");
    network.lose(BERLIN);
    return network;
  }

  @Test
  void shouldTellTheMeansOfTheEstimate() {
    DataCenters network = cutOff();

    var figures = told(network, Optional.of(estimate(network.now(), 0.5)), 600).figures();

    assertThat(figures.waiting()).isEqualTo(3);
    assertThat(figures.loggedIn()).isEqualTo(6);
    assertThat(figures.ready()).isEqualTo(2);
    assertThat(figures.estimatedWait()).contains(Duration.ofMillis(41_500));
    assertThat(figures.oldestWait()).isEqualTo(Duration.ofMillis(41_500));
  }

  /** In whole agents and calls, and none of it too narrow for that. */
  @Test
  void shouldTellMediansAndIntervalsBeside() {
    DataCenters network = cutOff();

    EstimatedFigures told =
        told(network, Optional.of(estimate(network.now(), 0.5)), 600).estimate().orElseThrow();

    assertThat(told.of(QueueFigures.Figure.WAITING)).contains(new Range(3, 0, 7));
    assertThat(told.of(QueueFigures.Figure.LOGGED_IN)).contains(new Range(5, 4, 8));
    assertThat(told.of(QueueFigures.Figure.READY)).contains(new Range(2, 0, 6));
    assertThat(told.of(QueueFigures.Figure.ESTIMATED_WAIT)).contains(new Range(30_000, 0, 180_000));
    assertThat(told.of(QueueFigures.Figure.OLDEST_WAIT)).isEmpty();
    assertThat(told.similarDays()).isEqualTo(8);
    assertThat(told.learned()).isTrue();
    assertThat(told.bySchedule()).isFalse();
  }

  /** As where a log has other names for them. */
  @Test
  void shouldTellOfCallsInQueuesThatTheSiteDoesNotHave() {
    DataCenters network = cutOff();
    Map<String, Double> lines = Map.of("sales", 0.25, "old-sales", 0.5, "service-7", 0.25);

    var figures = told(network, Optional.of(estimate(network.now(), lines)), 600).figures();

    assertThat(figures.waiting()).isEqualTo(6);
  }

  @Test
  void shouldTellOfNobodyWaitingWithoutAnOldestWait() {
    DataCenters network = cutOff();

    var figures = told(network, Optional.of(estimate(network.now(), 0)), 600).figures();

    assertThat(figures.waiting()).isZero();
    assertThat(figures.oldestWait()).isZero();
  }

  /** Queues may share agents, so what a queue has is not all that is taken by its calls. */
  @Test
  void shouldTellWhatTheWholeSiteHasAndUpToWhen() {
    DataCenters network = cutOff();

    NetworkFigures.Believed believed =
        told(network, Optional.of(estimate(network.now(), 0.5)), 603).believed().orElseThrow();

    assertThat(believed.until()).isEqualTo(network.now().plusSeconds(600));
    assertThat(believed.ready()).isEqualTo(2);
    assertThat(believed.waiting()).isEqualTo(6);
  }

  @Test
  void shouldCarryOnTheLastReportWhereNothingIsEstimated() {
    NetworkFigures.Remote remote = told(cutOff(), Optional.empty(), 600);

    assertThat(remote.basis()).isEqualTo(SitePicture.Basis.ESTIMATED);
    assertThat(remote.figures().loggedIn()).isEqualTo(2);
    assertThat(remote.figures().ready()).isEqualTo(2);
    assertThat(remote.estimate()).isEmpty();
  }

  /** An estimate that nobody has taken back yet must not stand in the way of what is reported. */
  @Test
  void shouldTellWhatIsReportedOnceTheLinkIsUp() {
    DataCenters network = cutOff();
    network.restore(BERLIN);

    NetworkFigures.Remote remote = told(network, Optional.of(estimate(network.now(), 1)), 0);

    assertThat(remote.figures().loggedIn()).isEqualTo(2);
    assertThat(remote.figures().waiting()).isZero();
    assertThat(remote.estimate()).isEmpty();
  }
}

package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.network.DataCenters.BERLIN;
import static org.switchwright.domain.network.DataCenters.CONTROLLER;
import static org.switchwright.domain.network.DataCenters.HOTLINE;
import static org.switchwright.domain.network.DataCenters.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.NetworkFigures.Remote;

class FiguresThenTest {
  private static final Duration EVERY = Duration.ofSeconds(2);

  /** Of a site with one agent who is ready, with a heartbeat right now. */
  private static FiguresThen figures(RoutingPointId... points) {
    DataCenters network = new DataCenters(BERLIN);
    network.ready(BERLIN, "anna");
    network.restore(BERLIN);
    MonitorState reported = network.at(BERLIN).monitor;
    Pulse pulse =
        new Pulse(Optional.of(NOW), Duration.ZERO, reported.sequence(), reported.sequence());
    TreeMap<SiteId, FiguresThen.Known> sites = new TreeMap<>();
    sites.put(
        BERLIN,
        new FiguresThen.Known(
            reported, pulse, network.at(CONTROLLER).site.sentTo(BERLIN), Optional.empty()));
    TreeMap<SiteId, Set<RoutingPointId>> asked = new TreeMap<>();
    asked.put(BERLIN, new TreeSet<>(java.util.List.of(points)));
    return new FiguresThen(sites, asked, EVERY, NOW);
  }

  private static Basis basis(FiguresThen figures, Instant at) {
    return figures.of(BERLIN, HOTLINE, at).map(Remote::basis).orElseThrow();
  }

  @Test
  void shouldSayTheSameWhetherWorkedOutBeforeOrNot() {
    Optional<Remote> before = figures(HOTLINE).of(BERLIN, HOTLINE);

    assertThat(before).isEqualTo(figures().of(BERLIN, HOTLINE)).isPresent();
    assertThat(before.orElseThrow().figures().ready()).isEqualTo(1);
    assertThat(before.orElseThrow().basis()).isEqualTo(Basis.LIVE);
  }

  @Test
  void shouldNotBeLiveForEverWhereNobodyLooksAnyMore() {
    FiguresThen figures = figures(HOTLINE);

    assertThat(basis(figures, NOW.plus(FiguresThen.HOLD))).isEqualTo(Basis.LIVE);
    assertThat(basis(figures, NOW.plusSeconds(10))).isEqualTo(Basis.ESTIMATED);
  }

  @Test
  void shouldKnowNothingOfStrangers() {
    assertThat(figures(HOTLINE).of(new SiteId("atlantis"), HOTLINE)).isEmpty();
    assertThat(figures(HOTLINE).of(BERLIN, new RoutingPointId("elsewhere"))).isEmpty();
  }
}

package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.switchwright.domain.Given.given;
import static org.switchwright.domain.site.Sites.HOTLINE;
import static org.switchwright.domain.site.Sites.NOW;
import static org.switchwright.domain.site.Sites.SALES;
import static org.switchwright.domain.site.Sites.TALK;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Decision;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.QueueFigures.Figure;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.routing.StrategyCompiler;

class NetworkStandingsTest {
  private static final SiteId BERLIN = new SiteId("berlin");
  private static final SiteId HAMBURG = new SiteId("hamburg");
  private static final QueueFigures.Named BUSY =
      new QueueFigures.Named(7, Duration.ofSeconds(90), 5, 0, Optional.of(Duration.ofSeconds(70)));
  private static final QueueFigures.Named IDLE =
      new QueueFigures.Named(0, Duration.ZERO, 3, 2, Optional.of(Duration.ZERO));

  private static final EstimatedFigures BELIEVED =
      new EstimatedFigures(
          8,
          true,
          true,
          new Range(5, 4, 6),
          new Range(0, 0, 2),
          new Range(6, 2, 12),
          Optional.of(new Range(60_000, 0, 90_000)));

  private static SiteConfiguration configuration() {
    SiteConfiguration.Queue queue =
        Sites.queue(SALES, Optional.empty(), TALK, 3)
            .lookingElsewhere(new TreeMap<>(Map.of(BERLIN, HOTLINE, HAMBURG, HOTLINE)));
    return new SiteConfiguration(
        List.of(queue),
        List.of(new SiteConfiguration.RoutingPoint(HOTLINE, SALES, 0)),
        Sites.configuration().delays(),
        List.of());
  }

  private static QueueFigures figures(Map<SiteId, NetworkFigures.Remote> known) {
    SiteState state =
        given(
                Site.AGGREGATE,
                "controller",
                List.of(new SiteEvent.SiteConfigured(NOW, configuration())))
            .and(NOW, Sites.seek(Sites.C1), Sites.ready(Sites.ANNA, 1), Sites.seek(Sites.C2))
            .state();
    return new Standings(
            state, (site, _) -> Optional.ofNullable(known.get(site)), NOW.plusSeconds(10))
        .of(SALES)
        .orElseThrow();
  }

  @Test
  void shouldCountWhatOtherSitesHave() {
    QueueFigures sales =
        figures(
            Map.of(
                BERLIN,
                new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), BUSY),
                HAMBURG,
                new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), IDLE)));

    assertThat(sales.of(Figure.WAITING)).contains(8L);
    assertThat(sales.of(Figure.LOGGED_IN)).contains(9L);
    assertThat(sales.of(Figure.READY)).contains(2L);
    assertThat(sales.of(Figure.OLDEST_WAIT)).contains(90_000L);
    assertThat(sales.of(Figure.ESTIMATED_WAIT)).contains(0L);
    assertThat(sales.basis()).contains(Basis.LIVE);
    assertThat(sales.age()).isEmpty();
  }

  @Test
  void shouldSayThatOneOfThemIsEstimated() {
    QueueFigures sales =
        figures(
            Map.of(
                BERLIN,
                new NetworkFigures.Remote(Basis.ESTIMATED, Optional.of(NOW.minusSeconds(20)), BUSY),
                HAMBURG,
                new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), IDLE)));

    assertThat(sales.basis()).contains(Basis.ESTIMATED);
    assertThat(sales.age()).contains(Duration.ofSeconds(30));
    assertThat(sales.of(Figure.READY)).contains(2L);
  }

  private static Optional<NetworkFigures.Believed> believed() {
    return Optional.of(new NetworkFigures.Believed(BELIEVED, NOW, 1, 7));
  }

  /** Live and estimated parts of one figure, side by side. */
  @Test
  void shouldTellWhatIsBelievedOfEachSiteThatIsEstimated() {
    QueueFigures sales =
        figures(
            Map.of(
                BERLIN,
                new NetworkFigures.Remote(Basis.ESTIMATED, Optional.of(NOW), BUSY, believed()),
                HAMBURG,
                new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), IDLE)));

    assertThat(sales.estimated(Figure.WAITING))
        .containsExactly(new Route.Estimated(BERLIN, 7, BELIEVED.waiting(), 8, true, true));
    assertThat(sales.estimated(Figure.ESTIMATED_WAIT))
        .containsExactly(
            new Route.Estimated(BERLIN, 70_000, new Range(60_000, 0, 90_000), 8, true, true));
    assertThat(sales.estimated(Figure.OLDEST_WAIT)).isEmpty();
  }

  @Test
  void shouldKnowNothingWhileOneOfThemIsUnknown() {
    QueueFigures sales =
        figures(Map.of(HAMBURG, new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), IDLE)));

    assertThat(sales.basis()).contains(Basis.UNKNOWN);
    for (Figure figure : Figure.values()) {
      assertThat(sales.of(figure)).isEmpty();
    }
  }

  /** Whoever looks for an agent everywhere chooses no site; what was known is written down too. */
  @Test
  void shouldWriteDownHowEachSiteStoodThatIsAsked() {
    SiteId leipzig = new SiteId("leipzig");
    TreeMap<SiteId, NetworkFigures.Remote> known = new TreeMap<>();
    known.put(BERLIN, new NetworkFigures.Remote(Basis.LIVE, Optional.of(NOW), IDLE));
    known.put(
        HAMBURG,
        new NetworkFigures.Remote(
            Basis.ESTIMATED, Optional.of(NOW.minusSeconds(20)), BUSY, believed()));
    Site site =
        Site.routingBy(StrategyCompiler.NONE, (it, _) -> Optional.ofNullable(known.get(it)));
    SiteConfiguration.Queue queue =
        configuration()
            .queues()
            .getFirst()
            .lookingElsewhere(
                new TreeMap<>(Map.of(BERLIN, HOTLINE, HAMBURG, HOTLINE, leipzig, HOTLINE)));
    SiteConfiguration three =
        new SiteConfiguration(
            List.of(queue), configuration().points(), configuration().delays(), List.of());
    SiteState state =
        given(site, "controller", List.of(new SiteEvent.SiteConfigured(NOW, three))).state();
    Instant renewed = NOW.plus(Enlisting.RENEWED_AFTER);
    SiteState waits =
        given(site, "controller", List.of(new SiteEvent.SiteConfigured(NOW, three)))
            .and(NOW, Sites.seek(Sites.C1))
            .state();

    Decision<SiteEvent> decision = site.decide(state, Sites.seek(Sites.C1), NOW);

    assertThat(((Decision.Accepted<SiteEvent>) decision).events())
        .filteredOn(SiteEvent.CallEnlisted.class::isInstance)
        .extracting(
            it -> ((SiteEvent.CallEnlisted) it).site(),
            it -> ((SiteEvent.CallEnlisted) it).seen().orElseThrow())
        .containsExactly(
            tuple(
                BERLIN,
                new SiteSeen(
                    Basis.LIVE,
                    Optional.empty(),
                    Optional.of(2),
                    Optional.of(0),
                    Optional.of(Duration.ZERO))),
            tuple(
                HAMBURG,
                new SiteSeen(
                    Basis.ESTIMATED,
                    Optional.of(Duration.ofSeconds(20)),
                    Optional.of(0),
                    Optional.of(7),
                    Optional.of(Duration.ofSeconds(70)),
                    Optional.of(BELIEVED))),
            tuple(
                leipzig,
                new SiteSeen(
                    Basis.UNKNOWN,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));

    Decision<SiteEvent> again = site.decide(waits, new Site.Expire(), renewed);

    assertThat(((Decision.Accepted<SiteEvent>) again).events())
        .hasOnlyElementsOfType(SiteEvent.CallEnlisted.class)
        .hasSize(3)
        .allSatisfy(it -> assertThat(((SiteEvent.CallEnlisted) it).seen()).isEmpty());
  }

  @Test
  void shouldCarryTheLastReportOnByWhatWasSent() {
    SiteState mirror =
        given(Site.AGGREGATE, "berlin", Sites.configured())
            .and(NOW, Sites.ready(Sites.ANNA, 1), Sites.ready(Sites.BEN, 1))
            .state();
    Sent one = new Sent(1, 0, Optional.of(1), 0, Optional.empty());
    Sent live = new Sent(1, 0, Optional.empty(), 0, Optional.empty());

    assertThat(one.carriedOn(mirror, HOTLINE, NOW).orElseThrow().ready()).isEqualTo(1);
    assertThat(live.carriedOn(mirror, HOTLINE, NOW).orElseThrow().ready()).isEqualTo(2);
    assertThat(live.carriedOn(mirror, new org.switchwright.domain.RoutingPointId("no"), NOW))
        .isEmpty();
  }
}

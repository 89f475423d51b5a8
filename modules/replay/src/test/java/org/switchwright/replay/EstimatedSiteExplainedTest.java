package org.switchwright.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.cluster.view.Views;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.House;
import org.switchwright.journal.testing.JournalRows;

/** What a call's record says, through the journal, of a site that was estimated when it came. */
class EstimatedSiteExplainedTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final CallId CALL = new CallId("c1");
  private static final QueueId SALES = new QueueId("sales");
  private static final AgentId ANNA = new AgentId("anna");
  private static final SiteId HAMBURG = new SiteId("hamburg");
  private static final RoutingPointId POINT = new RoutingPointId("sales");

  private static final EstimatedFigures BELIEVED =
      new EstimatedFigures(
          8,
          true,
          true,
          new Range(5, 4, 6),
          new Range(1, 0, 2),
          new Range(3, 1, 8),
          Optional.of(new Range(12_000, 0, 90_000)));

  private static final NetworkFigures.Remote REMOTE =
      new NetworkFigures.Remote(
          Basis.ESTIMATED,
          Optional.of(NOW.minusSeconds(40)),
          new QueueFigures.Named(
              4, Duration.ofSeconds(30), 5, 1, Optional.of(Duration.ofSeconds(30))),
          Optional.of(new NetworkFigures.Believed(BELIEVED, NOW.minusSeconds(3), 1, 4)));

  private final EventFormat format = new EventFormat(new SealedPersonal());
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL, Schema.KEYS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void journal(List<SiteEvent> events) throws SQLException {
    List<House.Row> rows = new ArrayList<>();
    for (SiteEvent event : events) {
      Journaled<?> it = new Journaled<>(event, null);
      rows.add(
          new House.Row(
              "site|berlin", rows.size() + 1, format.name(it), format.write(it), event.at()));
    }
    OrderedReader reader = new OrderedReader(database.dataSource());
    try (Connection connection = database.ownConnection()) {
      JournalRows.insert(connection, rows);
      Batch.Rows batch =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> (Batch.Rows) reader.read(reader.start(), 1_000),
                  it -> it.rows().size() == rows.size());
      connection.setAutoCommit(false);
      new Views().handle(connection, batch.rows());
      connection.commit();
    }
  }

  private static SiteEvent routed() {
    Route.Weighed weighed =
        new Route.Weighed(
            SALES,
            Optional.of(6L),
            Optional.of(Basis.ESTIMATED),
            REMOTE.age(NOW),
            Optional.empty(),
            Optional.empty(),
            List.of(new Route.Estimated(HAMBURG, 4, BELIEVED.waiting(), 8, true, true)));
    Route.Target target =
        new Route.Target(
            SALES, Route.Rule.LEAST, Optional.of(QueueFigures.Figure.WAITING), List.of(weighed));
    return new SiteEvent.CallRouted(
        NOW,
        CALL,
        POINT,
        new StrategyId("network"),
        1,
        new Route(
            1,
            "all",
            false,
            new Route.Aim(Optional.of(target), Optional.empty(), Optional.empty()),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  /** Nobody could be asked, so the estimate alone is why the call went there. */
  @Test
  void shouldTellMedianAndIntervalOfTheSiteThatACallIsSentTo() throws SQLException {
    AgentId somebody = new AgentId("hamburg.somebody");
    journal(
        List.of(
            entered(),
            new SiteEvent.AgentLent(
                NOW,
                CALL,
                HAMBURG,
                1,
                somebody,
                Optional.empty(),
                new Personal.Erased(new KeyId("k")),
                Optional.of(SiteSeen.of(Optional.of(REMOTE), NOW))),
            new SiteEvent.AgentReserved(
                NOW,
                new OfferId(CALL, 1),
                somebody,
                NOW.plusSeconds(60),
                new RoutingDecision(
                    SALES,
                    somebody,
                    AgentChoice.LONGEST_IDLE,
                    0,
                    List.of(
                        new RoutingDecision.Considered(
                            somebody,
                            RoutingDecision.Verdict.ESTIMATED,
                            null,
                            NOW.minusSeconds(600),
                            1L)),
                    0,
                    0))));

    Explanation.CallExplanation told =
        new Explanation(database.dataSource()).of(CALL).orElseThrow();

    String seen =
        "1 agent ready (median 1, 90% 0 to 2), 4 calls waiting (median 3, 90% 1 to 8),"
            + " 30 s to wait (median 12 s, 90% 0 ms to 1 min 30 s),"
            + " estimated 40 s ago, by its schedule, from 8 similar days.";
    assertThat(told.way())
        .contains(
            "After 0 ms: Site hamburg, which cannot be asked, is believed to have an agent: "
                + seen);
    Explanation.Choice choice = told.choices().getFirst();
    assertThat(choice.sites().getFirst().seen().estimate()).contains(BELIEVED);
    assertThat(choice.sites().getFirst().sentence())
        .isEqualTo("Site hamburg could not be asked: " + seen);
    assertThat(choice.verdicts().getFirst().sentence())
        .isEqualTo(
            "Agent hamburg.somebody was chosen: the agent's own site could not be asked, for"
                + " 10 min 0 s, and by the estimate 1 were free there.");
  }

  private static SiteEvent entered() {
    return new SiteEvent.CallEntered(
        NOW,
        CALL,
        new InteractionId("i1"),
        POINT,
        SALES,
        0,
        NOW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void shouldTellMedianAndIntervalOfTheEstimatedSite() throws SQLException {
    journal(
        List.of(
            entered(),
            routed(),
            new SiteEvent.CallEnlisted(
                NOW,
                CALL,
                HAMBURG,
                POINT,
                1,
                NOW.plusSeconds(30),
                Optional.of(SiteSeen.of(Optional.of(REMOTE), NOW))),
            new SiteEvent.AgentReserved(
                NOW.plusSeconds(10),
                new OfferId(CALL, 1),
                ANNA,
                NOW.plusSeconds(25),
                new RoutingDecision(
                    SALES,
                    ANNA,
                    AgentChoice.LONGEST_IDLE,
                    0,
                    List.of(
                        new RoutingDecision.Considered(
                            ANNA, RoutingDecision.Verdict.CHOSEN, null, NOW, 10L)),
                    0,
                    0))));

    Explanation.CallExplanation told =
        new Explanation(database.dataSource()).of(CALL).orElseThrow();

    assertThat(String.join("\n", told.way()))
        .contains(
            "(sales 6 estimated 40 s ago with hamburg at 4 (median 3, 90% 1 to 8, by its schedule,"
                + " from 8 similar days))");
    Explanation.SiteThen hamburg = told.choices().getFirst().sites().getFirst();
    assertThat(hamburg.seen().estimate()).contains(BELIEVED);
    assertThat(hamburg.sentence())
        .isEqualTo(
            "Site hamburg was asked too, 10 s before: 1 agent ready (median 1, 90% 0 to 2),"
                + " 4 calls waiting (median 3, 90% 1 to 8),"
                + " 30 s to wait (median 12 s, 90% 0 ms to 1 min 30 s),"
                + " estimated 40 s ago, by its schedule, from 8 similar days.");
  }
}

package org.switchwright.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.journal.projection.Projection;
import org.switchwright.journal.projection.ProjectionMetrics;
import org.switchwright.journal.projection.ProjectionRunner;
import org.switchwright.journal.reader.JournalRow;

class ViewsTest {
  private static final List<String> TABLES =
      List.of(
          "live_call",
          "site_call",
          "site_queue",
          "queue_quarter",
          "call_history",
          "agent_now",
          "agent_stint",
          "open_deadline",
          "call_mention",
          "queue_visit",
          "call_offering",
          "site_stint",
          "queue_skills");
  private CallCenter center;

  @BeforeEach
  void open() throws SQLException {
    center = new CallCenter();
  }

  @AfterEach
  void close() throws SQLException {
    center.close();
  }

  @Test
  void shouldMakeTheSameRowsWhateverTheBatches() throws SQLException {
    Random sizes = new Random(7);
    center.busyDay(7, 150);
    center.write();
    while (center.project(1 + sizes.nextInt(60), 1) > 0) {}
    Map<String, List<String>> stepByStep = dump();

    center.clear();
    center.project(1_000);

    assertThat(dump()).isEqualTo(stepByStep);
    assertThat(stepByStep.values()).allSatisfy(rows -> assertThat(rows).isNotEmpty());
  }

  @Test
  void shouldCountTwoThousandCallsExactly() throws SQLException {
    center.busyDay(42, 2_000);
    center.house.pass(Duration.ofHours(2));
    center.write();

    int rows = center.project(500);

    Map<CallOutcome, Long> ledger =
        center.house.outcomes().values().stream()
            .collect(Collectors.groupingBy(it -> it, TreeMap::new, Collectors.counting()));
    assertThat(center.house.outcomes()).hasSize(2_000);
    assertThat(counts("SELECT outcome, count(*) FROM call_history GROUP BY outcome"))
        .isEqualTo(ledger);
    assertThat(ledger)
        .containsKeys(CallOutcome.SERVED, CallOutcome.ABANDONED, CallOutcome.OVERFLOWED);
    assertThat(number("SELECT count(*) FROM live_call")).isZero();
    assertThat(number("SELECT count(*) FROM site_call")).isZero();
    assertThat(
            number(
                "SELECT sum(offered - answered - abandoned - overflowed - refused - failed)"
                    + " FROM queue_quarter"))
        .isZero();
    assertThat(number("SELECT sum(answered) FROM queue_quarter"))
        .isEqualTo(number("SELECT count(*) FROM call_history WHERE answered_at IS NOT NULL"));
    assertThat(number("SELECT sum(abandoned) FROM queue_quarter"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM call_history"
                    + " WHERE outcome = 'ABANDONED' AND answered_at IS NULL"));
    assertThat(number("SELECT count(*) FROM call_mention"))
        .isEqualTo(
            number(
                "SELECT count(*) FROM event_journal WHERE persistence_id LIKE 'site|%'"
                    + " AND event_ser_manifest !~ '^site[.](configured|agent-reported|wrap-up-ended"
                    + "|wrap-up-extended|agent-rested|queue-deserted|queue-attended)/'"));
    assertThat(rows).isGreaterThan(20_000);
  }

  @Test
  void shouldLeaveNoGapBetweenTheStintsOfAnAgent() throws SQLException {
    center.busyDay(11, 300);
    center.write();
    center.project(300);

    assertThat(
            number(
                "SELECT count(*) FROM agent_stint a LEFT JOIN agent_stint b"
                    + " ON b.agent_id = a.agent_id AND b.stint = a.stint + 1"
                    + " WHERE a.to_at IS DISTINCT FROM b.from_at"))
        .isZero();
    assertThat(number("SELECT count(*) FROM agent_stint WHERE to_at <= from_at")).isZero();
    assertThat(number("SELECT count(*) FROM agent_stint WHERE to_at IS NULL"))
        .isEqualTo(number("SELECT count(*) FROM agent_now"));
  }

  @Test
  void shouldAgreeWithTheAggregatesAtEveryMoment() throws SQLException {
    for (int round = 0; round < 12; round++) {
      center.busyDay(round, 12);
      center.write();
      center.project(200);

      var site = (org.switchwright.domain.site.SiteState) center.house.state("site|berlin");
      Map<String, String> stands = new TreeMap<>();
      site.calls()
          .values()
          .forEach(call ->
              stands.put(
                  call.id().value(),
                  call.queue()
                      + " "
                      + call.stand()
                          .getClass()
                          .getSimpleName()
                          .toUpperCase(java.util.Locale.ROOT)));
      assertThat(texts("SELECT call_id, queue || ' ' || stand FROM site_call")).isEqualTo(stands);
      Map<String, String> works = new TreeMap<>();
      site.agents()
          .values()
          .forEach(agent -> works.put(agent.id().value(), agent.work().getClass().getSimpleName()));
      assertThat(
              texts(
                  "SELECT agent_id, CASE work WHEN 'FREE' THEN 'Free' WHEN 'RESERVED' THEN"
                      + " 'Reserved' WHEN 'RINGING' THEN 'Reserved' WHEN 'TALKING' THEN 'Talking'"
                      + " WHEN 'WRAP_UP' THEN 'WrappingUp' WHEN 'RESTING' THEN 'Resting'"
                      + " ELSE 'Judged' END FROM agent_now"))
          .isEqualTo(works);
    }
  }

  @Test
  void shouldCountNothingTwiceWhenItDiesInTheMiddleOfABatch() throws SQLException {
    center.busyDay(3, 120);
    center.house.pass(Duration.ofHours(1));
    center.write();
    AtomicInteger deaths = new AtomicInteger();
    Projection dying =
        new Projection() {
          @Override
          public String name() {
            return center.views.name();
          }

          @Override
          public void handle(Connection connection, List<JournalRow> rows) throws Exception {
            center.views.handle(connection, rows);
            if (deaths.incrementAndGet() <= 3) {
              connection.abort(Runnable::run);
            }
          }

          @Override
          public void clear(Connection connection) throws SQLException {
            center.views.clear(connection);
          }
        };

    long last = number("SELECT max(ordering) FROM event_journal");
    try (ProjectionRunner runner =
        ProjectionRunner.start(
            center.database, dying, ProjectionMetrics.NONE, InstantSource.system())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> number("SELECT coalesce(max(ordering), 0) FROM projection_offset") == last);
    }
    Map<String, List<String>> afterDeaths = dump();
    center.clear();
    center.project(1_000);

    assertThat(deaths.get()).isGreaterThan(3);
    assertThat(dump()).isEqualTo(afterDeaths);
  }

  @Test
  void shouldTakeFewRoundTripsForABatch() throws SQLException {
    center.busyDay(5, 200);
    center.write();

    int rows = center.project(400);

    assertThat(center.executions.get()).isLessThanOrEqualTo(25L * (rows / 400 + 1));
  }

  private Map<String, List<String>> dump() throws SQLException {
    Map<String, List<String>> dump = new TreeMap<>();
    for (String table : TABLES) {
      List<String> rows = new ArrayList<>();
      read("SELECT t::text FROM " + table + " t ORDER BY 1", row -> rows.add(row.getString(1)));
      dump.put(table, rows);
    }
    return dump;
  }

  private Map<CallOutcome, Long> counts(String question) throws SQLException {
    Map<CallOutcome, Long> counts = new TreeMap<>();
    read(question, row -> counts.put(CallOutcome.valueOf(row.getString(1)), row.getLong(2)));
    return counts;
  }

  private Map<String, String> texts(String question) throws SQLException {
    Map<String, String> texts = new TreeMap<>();
    read(question, row -> texts.put(row.getString(1), row.getString(2)));
    return texts;
  }

  private long number(String question) throws SQLException {
    long[] number = new long[1];
    read(question, row -> number[0] = row.getLong(1));
    return number[0];
  }

  @FunctionalInterface
  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String question, Row each) throws SQLException {
    try (Connection connection = center.database.connection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      while (result.next()) {
        each.read(result);
      }
    }
  }
}

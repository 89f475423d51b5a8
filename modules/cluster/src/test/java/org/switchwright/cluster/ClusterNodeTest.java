package org.switchwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.Signal;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.keys.KeyRing;
import org.switchwright.journal.keys.MasterKey;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class ClusterNodeTest {
  private static final AgentId AGENT = new AgentId("agent-01");

  @TempDir private Path home;
  private DatabaseSettings settings;
  private Database database;
  private KeyRing keys;
  private ClusterNode node;
  private RecordingEdge edge;
  private SampleSite site;

  @BeforeEach
  void start() {
    settings = EmbeddedPostgresForTests.freshDatabase();
    database = Database.open(settings.withPoolSize(4), Schema.JOURNAL, Schema.KEYS);
    keys = KeyRing.open(database.dataSource(), MasterKey.ofFile(home.resolve("master-key")));
    site = new SampleSite(keys);
    startNode();
  }

  private void startNode() {
    node = TestNodes.start(settings, keys, "127.0.0.1");
    edge = new RecordingEdge("edge-1");
    node.attach(edge);
    node.joinSelf();
    await().atMost(Duration.ofSeconds(30)).until(node::isUp);
  }

  @AfterEach
  void stop() {
    node.close();
    keys.close();
    database.close();
  }

  @Test
  void shouldBringACallerToAnAgentThroughTheJournal() throws Exception {
    site.open(node);
    site.makeReady(node, AGENT);
    CallId call = new CallId("c1");

    SampleSite.take(node, call, site.arrive("c1", edge.id()));
    Signal.InviteStation invite = edge.next(Signal.InviteStation.class);
    SampleSite.take(node, call, new LegReport.Ringing(1));
    edge.next(Signal.Progress.class);
    SampleSite.take(
        node, call, new LegReport.Answered(1, site.dialog("agent"), site.personal("v=0 agent")));
    Signal.Answer answer = edge.next(Signal.Answer.class);
    SampleSite.take(node, call, new LegReport.CallerAcknowledged(null));
    SampleSite.take(node, call, new LegReport.HungUp(0));
    edge.next(Signal.Bye.class);
    SampleSite.take(node, call, new LegReport.Released(1));

    assertThat(invite.station().text()).contains("sip:agent-01@127.0.0.9:5070");
    assertThat(answer.session().text().text()).contains("v=0 agent");
    await()
        .untilAsserted(() ->
            assertThat(events("call|c1"))
                .containsExactly(
                    "call.arrived/5",
                    "call.offered/1",
                    "call.station-rang/1",
                    "call.offer-accepted/1",
                    "call.caller-confirmed/1",
                    "call.connected/1",
                    "call.ended/2",
                    "call.leg-released/1",
                    "call.settled/1"));
    assertThat(dump()).doesNotContain("127.0.0.9").doesNotContain("agent v=0");
  }

  @Test
  void shouldGoOnAfterARestart() throws Exception {
    site.open(node);
    site.makeReady(node, AGENT);
    CallId talking = new CallId("c1");
    CallId waiting = new CallId("c2");
    SampleSite.take(node, talking, site.arrive("c1", edge.id()));
    edge.next(Signal.InviteStation.class);
    SampleSite.take(
        node, talking, new LegReport.Answered(1, site.dialog("agent"), site.personal("v=0 agent")));
    SampleSite.take(node, talking, new LegReport.CallerAcknowledged(null));
    SampleSite.take(node, waiting, site.arrive("c2", edge.id()));
    edge.next(Signal.StartTreatment.class);

    node.close();
    startNode();
    node.wake("call|c1");
    node.wake("call|c2");
    edge.next(Signal.Attend.class);
    SampleSite.take(node, talking, new LegReport.Orphaned(1));
    Signal.Reinvite reinvite = edge.next(Signal.Reinvite.class);
    SampleSite.take(
        node,
        talking,
        new LegReport.ReinviteAnswered(1, reinvite.cseq(), site.personal("v=0 agent")));
    SampleSite.take(node, talking, new LegReport.HungUp(1));
    SampleSite.endWrapUp(node, AGENT);
    Signal.InviteStation next = edge.next(Signal.InviteStation.class);

    assertThat(reinvite.cseq()).isGreaterThan(100);
    assertThat(next.leg()).isEqualTo(1);
  }

  private List<String> events(String persistenceId) throws SQLException {
    return strings(
        "SELECT event_ser_manifest FROM event_journal WHERE persistence_id = '"
            + persistenceId
            + "' ORDER BY sequence_number");
  }

  private String dump() throws SQLException {
    return String.join(
        "\n", strings("SELECT convert_from(event_payload, 'UTF8') FROM event_journal"));
  }

  private List<String> strings(String query) throws SQLException {
    try (var connection = database.connection();
        var rows = connection.createStatement().executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}

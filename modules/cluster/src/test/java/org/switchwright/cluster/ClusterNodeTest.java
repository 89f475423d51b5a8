package org.switchwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.keys.KeyRing;
import org.switchwright.journal.keys.MasterKey;
import org.switchwright.journal.store.JournalConfiguration;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class ClusterNodeTest {
  private static final SiteId SITE = new SiteId("berlin");
  private static final AgentId AGENT = new AgentId("agent-01");
  private static final RoutingPointId SALES = new RoutingPointId("sales");

  @TempDir private Path home;
  private DatabaseSettings settings;
  private Database database;
  private KeyRing keys;
  private ClusterNode node;
  private RecordingEdge edge;

  @BeforeEach
  void start() {
    settings = EmbeddedPostgresForTests.freshDatabase();
    database = Database.open(settings.withPoolSize(4), Schema.JOURNAL, Schema.KEYS);
    keys = KeyRing.open(database.dataSource(), MasterKey.ofFile(home.resolve("master-key")));
    startNode();
  }

  private void startNode() {
    Config own =
        ConfigFactory.parseString(
            """
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            """);
    node =
        ClusterNode.start(
            own.withFallback(JournalConfiguration.of(settings))
                .withFallback(ConfigFactory.parseResources("switchwright-cluster.conf"))
                .withFallback(ConfigFactory.load())
                .resolve(),
            new EventFormat(keys),
            InstantSource.system());
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
    openSite();
    makeReady();
    CallId call = new CallId("c1");

    take(call, arrive("c1"));
    Signal.InviteStation invite = edge.next(Signal.InviteStation.class);
    take(call, new LegReport.Ringing(1));
    edge.next(Signal.Progress.class);
    take(call, new LegReport.Answered(1, dialog("agent"), personal("v=0 agent")));
    Signal.Answer answer = edge.next(Signal.Answer.class);
    take(call, new LegReport.CallerAcknowledged(null));
    take(call, new LegReport.HungUp(0));
    edge.next(Signal.Bye.class);
    take(call, new LegReport.Released(1));

    assertThat(invite.station().text()).contains("sip:agent-01@127.0.0.9:5070");
    assertThat(answer.session().text().text()).contains("v=0 agent");
    await()
        .untilAsserted(() ->
            assertThat(events("call|c1"))
                .containsExactly(
                    "call.arrived/1",
                    "call.offered/1",
                    "call.station-rang/1",
                    "call.offer-accepted/1",
                    "call.caller-confirmed/1",
                    "call.connected/1",
                    "call.ended/1",
                    "call.leg-released/1",
                    "call.settled/1"));
    assertThat(dump()).doesNotContain("127.0.0.9").doesNotContain("agent v=0");
  }

  @Test
  void shouldGoOnAfterARestart() throws Exception {
    openSite();
    makeReady();
    CallId talking = new CallId("c1");
    CallId waiting = new CallId("c2");
    take(talking, arrive("c1"));
    edge.next(Signal.InviteStation.class);
    take(talking, new LegReport.Answered(1, dialog("agent"), personal("v=0 agent")));
    take(talking, new LegReport.CallerAcknowledged(null));
    take(waiting, arrive("c2"));
    edge.next(Signal.StartTreatment.class);

    node.close();
    startNode();
    node.wake("call|c1");
    node.wake("call|c2");
    edge.next(Signal.Attend.class);
    take(talking, new LegReport.Orphaned(1));
    Signal.Reinvite reinvite = edge.next(Signal.Reinvite.class);
    take(talking, new LegReport.ReinviteAnswered(1, reinvite.cseq(), personal("v=0 agent")));
    take(talking, new LegReport.HungUp(1));
    take(SITE, new Site.EndWrapUp(AGENT));
    Signal.InviteStation next = edge.next(Signal.InviteStation.class);

    assertThat(reinvite.cseq()).isGreaterThan(100);
    assertThat(next.leg()).isEqualTo(1);
  }

  private void openSite() throws Exception {
    TreeMap<Skill, Integer> german = new TreeMap<>();
    german.put(new Skill("german"), 5);
    SiteConfiguration.Queue queue =
        new SiteConfiguration.Queue(
            new QueueId("sales"),
            german,
            10,
            Duration.ofMinutes(5),
            Optional.empty(),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            TreatmentMode.EARLY_MEDIA);
    SiteConfiguration configuration =
        new SiteConfiguration(
            List.of(queue),
            List.of(new SiteConfiguration.RoutingPoint(SALES, queue.id(), 0)),
            new SiteConfiguration.Delays(Duration.ofSeconds(5), Duration.ofSeconds(15)),
            List.of("break"));
    take(SITE, new Site.Configure(configuration));
  }

  private void makeReady() throws Exception {
    TreeMap<Skill, Integer> skills = new TreeMap<>();
    skills.put(new Skill("german"), 7);
    KeyId key = keys.named("agent-01");
    take(new Agent.Configure(SITE, skills));
    take(
        new Agent.Register(
            Personal.of(key, "sip:agent-01@127.0.0.9:5070"),
            Personal.of(key, "binding"),
            1,
            Instant.now().plusSeconds(600)));
    take(new Agent.LogIn());
    take(new Agent.BeReady());
  }

  private Call.Arrive arrive(String id) {
    return new Call.Arrive(
        new InteractionId("i-" + id),
        SITE,
        edge.id(),
        SALES,
        new ServerTransaction(personal("Via: SIP/2.0/UDP 127.0.0.8"), "z9hG4bK1", 1),
        dialog("caller"),
        personal("<sip:+4930123456@127.0.0.8>"),
        personal("v=0 caller"));
  }

  private KeyId key = new KeyId("none");

  private Personal personal(String text) {
    if (key.value().equals("none")) {
      key = keys.issue();
    }
    return Personal.of(key, text);
  }

  private Dialog dialog(String who) {
    Personal text = personal(who);
    return new Dialog(
        text, "t-" + who, "r-" + who, text, text, text, text, new SessionTimer(1_800, true));
  }

  private void take(CallId call, Call.Command command) throws Exception {
    taken(node.calls().submit(call, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private void take(Agent.Command command) throws Exception {
    taken(node.agents().submit(AGENT, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private void take(SiteId site, Site.Command command) throws Exception {
    taken(node.agents().submit(site, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private static void taken(Receipt receipt) {
    assertThat(receipt).isEqualTo(new Receipt.Taken());
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
      List<String> found = new java.util.ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}

package org.switchwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
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

/**
 * Three actor systems on three loopback addresses; several processes are the system tests' part.
 */
class ThreeNodesTest {
  private static final int CALLS = 12;

  @TempDir private Path home;
  private Database database;
  private KeyRing keys;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<RecordingEdge> edges = new ArrayList<>();

  @BeforeEach
  void start() {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase();
    database = Database.open(settings.withPoolSize(4), Schema.JOURNAL, Schema.KEYS);
    keys = KeyRing.open(database.dataSource(), MasterKey.ofFile(home.resolve("master-key")));
    for (int n = 1; n <= 3; n++) {
      ClusterNode node = TestNodes.start(settings.withPoolSize(4), keys, "127.0.0." + n);
      RecordingEdge edge = new RecordingEdge("edge-" + n);
      node.attach(edge);
      nodes.add(node);
      edges.add(edge);
    }
    nodes.getFirst().joinSelf();
    Cluster first = Cluster.get(nodes.getFirst().system());
    for (ClusterNode node : nodes.subList(1, 3)) {
      Cluster.get(node.system()).manager().tell(Join.create(first.selfMember().address()));
    }
    await().atMost(Duration.ofSeconds(40)).until(() -> nodes.stream().allMatch(this::complete));
  }

  private boolean complete(ClusterNode node) {
    return node.isUp() && node.members() == 3;
  }

  @AfterEach
  void stop() {
    nodes.forEach(ClusterNode::stop);
    nodes.forEach(ClusterNode::close);
    keys.close();
    database.close();
  }

  @Test
  void shouldHavePhonesWatchedByTheEdgeThatTookThemAndByAnotherAfterItsLoss() throws Exception {
    AgentId agent = new AgentId("agent-01");
    new SampleSite(keys).makeReady(nodes.get(1), agent);
    assertThat(edges.getFirst().nextWatch()).isNotNull();

    nodes.getFirst().detach();
    nodes.getFirst().stop().toCompletableFuture().join();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> nodes.get(1).members() == 2 && nodes.get(2).members() == 2);
    nodes.get(1).wake("agent|" + agent);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> edges.get(1).watches() + edges.get(2).watches() > 0);
  }

  @Test
  void shouldServeCallsWhoseActorsLiveOnOtherNodesThanTheirEdges() throws Exception {
    ClusterNode entry = nodes.getFirst();
    RecordingEdge edge = edges.getFirst();
    SampleSite site = new SampleSite(keys);
    site.open(entry);
    AgentId agent = new AgentId("agent-01");
    site.makeReady(nodes.get(1), agent);

    for (int n = 1; n <= CALLS; n++) {
      CallId call = new CallId("c" + n);
      SampleSite.take(entry, call, site.arrive(call.value(), edge.id()));
      Signal.InviteStation invite = edge.next(Signal.InviteStation.class);
      assertThat(invite.station().text()).contains("sip:agent-01@127.0.0.9:5070");
      SampleSite.take(
          entry, call, new LegReport.Answered(1, site.dialog("agent"), site.personal("v=0 agent")));
      edge.next(Signal.Answer.class);
      SampleSite.take(entry, call, new LegReport.CallerAcknowledged(null));
      SampleSite.take(entry, call, new LegReport.HungUp(0));
      edge.next(Signal.Bye.class);
      SampleSite.take(entry, call, new LegReport.Released(1));
      SampleSite.endWrapUp(nodes.get(2), agent);
    }

    assertThat(edges.get(1).isIdle()).isTrue();
    assertThat(edges.get(2).isIdle()).isTrue();
    assertThat(nodes.get(1).performed() + nodes.get(2).performed()).isPositive();
  }
}

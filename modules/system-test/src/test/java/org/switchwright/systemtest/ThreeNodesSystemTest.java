package org.switchwright.systemtest;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.Conversations.bothHear;
import static org.switchwright.systemtest.Conversations.endCleanly;
import static org.switchwright.systemtest.TestSite.SOON;
import static org.switchwright.systemtest.ThreeNodeSite.NODES;
import static org.switchwright.systemtest.ThreeNodeSite.after;
import static org.switchwright.systemtest.ThreeNodeSite.dial;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallEvent;
import org.switchwright.useragent.CallPool;
import org.switchwright.useragent.Ledger;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** Three nodes of one site, as processes, by the configuration that is shipped. */
class ThreeNodesSystemTest {
  /** Enough that not all of their actors can be at one of three nodes. */
  private static final int CROWD = 12;

  private static final String OVER = "SELECT count(*) FROM call_history WHERE ended_at IS NOT NULL";

  /** Calls to which an event happened so often. */
  private static final String HAPPENED =
      "SELECT count(*) FROM (SELECT persistence_id FROM event_journal"
          + " WHERE persistence_id LIKE 'call|%%' GROUP BY persistence_id"
          + " HAVING count(*) FILTER (WHERE event_ser_manifest LIKE '%s/%%') %s) calls";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path home;

  private static ThreeNodeSite site;

  private UserAgents phones;
  private UserAgents callers;
  private final List<Phone> loggedIn = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    site = ThreeNodeSite.start(home, 6);
  }

  @AfterAll
  static void stop() throws Exception {
    site.close();
  }

  @BeforeEach
  void open() {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
  }

  @AfterEach
  void close() throws Exception {
    dial(loggedIn, "*10");
    callers.close();
    phones.close();
    await().atMost(SOON).until(() -> site.count("SELECT count(*) FROM live_call") == 0);
  }

  private Phone phone(int agent, int node) throws Exception {
    return site.phone(phones, agent, node).behave(Behaviour.answerAfter(Duration.ofMillis(100)));
  }

  private void logIn(Phone phone) {
    dial(phone, "*11");
    loggedIn.add(phone);
  }

  private void logOut(Phone phone) {
    dial(phone, "*10");
    loggedIn.remove(phone);
  }

  /**
   * The first caller waits and is joined by re-INVITE; the second is connected straight through.
   */
  @Test
  void shouldConnectCallersOfEachNodeWithAgentsOfAnother() throws Exception {
    for (int node = 1; node <= NODES; node++) {
      Phone phone = phone(node, after(node));
      Call waited = site.call(callers, node, "sales");
      waited.awaitEarlyMedia(SOON);

      logIn(phone);
      waited.awaitEstablished(SOON);
      waited.awaitReInvited(1, SOON);
      Call agents = phone.awaitCall(1, SOON);
      bothHear(waited, agents);
      agents.hangUp();
      endCleanly(waited, agents);

      Call straight = site.call(callers, node, "sales");
      straight.awaitEstablished(SOON);
      agents = phone.awaitCall(2, SOON);
      bothHear(straight, agents);
      straight.hangUp();
      endCleanly(straight, agents);
      assertThat(straight.events(CallEvent.ReInvited.class)).isEmpty();
      logOut(phone);
    }
  }

  @Test
  void shouldTakeHoldAndByeFromEitherSideAtAnyNode() throws Exception {
    Phone phone = phone(1, 2);
    logIn(phone);
    for (int node = 1; node <= NODES; node++) {
      for (boolean byCaller : List.of(true, false)) {
        Call call = site.call(callers, 1, "sales");
        call.awaitEstablished(SOON);
        Call agents = phone.awaitCall(2 * node - (byCaller ? 1 : 0), SOON);
        bothHear(call, agents);
        Call acting = byCaller ? call : agents;
        Call other = byCaller ? agents : call;

        acting.through(site.edge(node));
        assertThat(acting.hold().get(20, SECONDS)).isEqualTo(200);
        other.awaitReInvited(1, SOON);
        assertThat(acting.resume().get(20, SECONDS)).isEqualTo(200);
        other.awaitReInvited(2, SOON);
        bothHear(call, agents);
        acting.hangUp();

        endCleanly(call, agents);
      }
    }
  }

  @Test
  void shouldSpreadActorsOfOneNodesCallsOverAll() throws Exception {
    List<Call> waiting = new ArrayList<>();
    for (int n = 0; n < CROWD; n++) {
      Call call = site.call(callers, 1, "sales");
      waiting.add(call);
    }
    waiting.forEach(call -> call.awaitEarlyMedia(SOON));

    await().atMost(SOON).until(() -> actors().stream().mapToLong(it -> it).sum() == CROWD);
    assertThat(actors()).allMatch(it -> it > 0);
    assertThat(metrics("switchwright_sip_treatments")).containsExactly((long) CROWD, 0L, 0L);
    waiting.forEach(Call::cancel);
    for (Call call : waiting) {
      assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
    }
  }

  @Test
  void shouldTellTheSameAtEveryNode() throws Exception {
    Phone phone = phone(1, 3);
    logIn(phone);
    Call talking = site.call(callers, 1, "sales");
    talking.awaitEstablished(SOON);
    Call agents = phone.awaitCall(1, SOON);
    Call waiting = site.call(callers, 2, "sales");
    waiting.awaitEarlyMedia(SOON);

    await().atMost(SOON).until(() -> site.ask(3, "/api/v1/calls").path("items").size() == 2);
    for (String path : List.of("/api/v1/queues", "/api/v1/agents", "/api/v1/calls")) {
      await().atMost(SOON).until(() -> answers(path).size() == 1);
    }
    assertThat(answers("/api/v1/sites").iterator().next().path("items").get(0).path("nodes"))
        .hasToString("3");
    waiting.cancel();
    waiting.awaitEnded(SOON);
    talking.hangUp();
    endCleanly(talking, agents);
    await().atMost(SOON).until(() -> answers("/api/v1/calls/history").size() == 1);
    String past = site.lastPastCall().orElseThrow();
    assertThat(answers("/api/v1/calls/" + past + "/explanation")).hasSize(1);
    await().atMost(SOON).until(() -> answers("/api/v1/calls/" + past + "/timeline").size() == 1);
  }

  @Test
  void shouldLoseAndDoubleNothing() throws Exception {
    final int calls = 36;
    final long before = site.count(OVER);
    final long arrivedBefore = site.journaled("call.arrived");
    for (int agent = 1; agent <= 6; agent++) {
      loggedIn.add(phone(agent, after(agent)));
    }
    dial(loggedIn, "*11");

    Ledger ledger =
        CallPool.of(
                callers,
                calls,
                15,
                n ->
                    callers
                        .caller("+49302" + n)
                        .call("sip:sales@127.0.0.1", site.edge(n % NODES + 1)))
            .holdFor(Duration.ofMillis(400))
            .run()
            .get(60, SECONDS);

    assertThat(ledger.with(200)).hasSize(calls);
    assertThat(ledger.entries()).allMatch(entry -> entry.complaints().isEmpty());
    await().atMost(SOON).until(() -> site.count(OVER) - before == calls);
    assertThat(site.journaled("call.arrived") - arrivedBefore).isEqualTo(calls);
    for (String event : List.of("call.arrived", "call.ended", "call.settled")) {
      assertThat(site.count(HAPPENED.formatted(event, "<> 1"))).as(event).isZero();
    }
    for (String event : List.of("call.offer-accepted", "call.connected")) {
      assertThat(site.count(HAPPENED.formatted(event, "> 1"))).as(event).isZero();
    }
    await()
        .atMost(SOON)
        .until(() ->
            site.count("SELECT count(*) FROM open_deadline WHERE persistence_id LIKE 'call|%'")
                == 0);
    assertThat(metrics("switchwright_journal_conflicts_total")).containsOnly(0L);
    assertThat(metrics("switchwright_sip_failures_total")).containsOnly(0L);
  }

  private static List<Long> actors() throws Exception {
    return metrics("switchwright_call_actors");
  }

  /** The figure of each node. */
  private static List<Long> metrics(String name) throws Exception {
    List<Long> figures = new ArrayList<>();
    for (int node = 1; node <= NODES; node++) {
      figures.add(site.metric(node, name));
    }
    return figures;
  }

  /** What the nodes answer; one element where they agree. */
  private static Set<JsonNode> answers(String path) throws Exception {
    Set<JsonNode> answers = new HashSet<>();
    for (int node = 1; node <= NODES; node++) {
      answers.add(site.ask(node, path));
    }
    return answers;
  }
}

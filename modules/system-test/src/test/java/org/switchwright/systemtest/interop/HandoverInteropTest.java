package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.systemtest.ServerProcess;
import org.switchwright.systemtest.TestSite;

/** A controller and a site, each a process of its own, between callers and phones of sipp. */
@Tag("interop")
class HandoverInteropTest {
  private static final Duration SOON = TestSite.SOON;
  private static final String DIGEST = "sip.digest-algorithms = [\"MD5\"]";
  private static final String NO_PROBES = "sip.probe.interval = 0s";

  @TempDir private Path home;
  private TestSite berlin;
  private TestSite controller;
  private ServerProcess there;
  private ServerProcess here;

  @BeforeEach
  void start() throws Exception {
    berlin =
        TestSite.prepare(
            Files.createDirectories(home.resolve("berlin")),
            2,
            DIGEST,
            NO_PROBES,
            "site.name = berlin",
            "site.delays.rejected = 60s");
    there = ServerProcess.start(berlin.configuration(), home.resolve("berlin.log"));
    JsonNode made = berlin.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Path token = home.resolve("berlin.token");
    Files.writeString(token, made.path("token").asText());
    InetSocketAddress http = berlin.http();
    controller =
        TestSite.prepare(
            Files.createDirectories(home.resolve("hq")),
            1,
            DIGEST,
            NO_PROBES,
            "site.name = headquarters",
            "network.sites.berlin { url = \"http://127.0.0.1:"
                + http.getPort()
                + "\", token-file = \""
                + token
                + "\" }",
            "site.queues.sales.elsewhere.berlin.point = sales");
    here = ServerProcess.start(controller.configuration(), home.resolve("hq.log"));
  }

  @AfterEach
  void stop() throws Exception {
    here.close();
    there.close();
  }

  private void ready(Sipp phone, int agent) throws Exception {
    SippSite.register(berlin, home, phone.port(), agent, agent);
    String path = "/api/v1/agents/" + TestSite.agent(agent);
    berlin.post(path + "/login", "{}");
    berlin.post(path + "/ready", "{}");
  }

  private JsonNode awaitOver() {
    await()
        .atMost(SOON)
        .until(() ->
            controller.ask("/api/v1/calls/history").path("items").path(0).hasNonNull("outcome"));
    try {
      return controller.ask("/api/v1/calls/history").path("items").path(0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Sipp calling() throws Exception {
    return Sipp.scenario("caller").with("-s", "sales", SippSite.edge(controller)).calls(1).start();
  }

  @Test
  void shouldGiveTheCallerToAPhoneOfTheOtherSite() throws Exception {
    try (Sipp agent = Sipp.scenario("agent").calls(1).start()) {
      ready(agent, 1);
      try (Sipp caller = calling()) {
        assertThat(caller.awaitExit(SOON)).as("see %s", caller.output()).isZero();
      }
      assertThat(agent.awaitExit(SOON)).as("see %s", agent.output()).isZero();
      shouldHaveComeByTheController(agent);
    }
    JsonNode call = awaitOver();
    assertThat(call.path("agent").asText()).isEqualTo("berlin.agent-01");
    assertThat(call.path("outcome").asText()).isEqualToIgnoringCase("served");
  }

  @Test
  void shouldTellTheCallerToGoToTheOtherSite() throws Exception {
    here.close();
    Files.writeString(
        controller.configuration(),
        "\nswitchwright.sip.hand-over.redirect = [\"127.0.0.1\"]\n",
        StandardOpenOption.APPEND);
    here = ServerProcess.start(controller.configuration(), home.resolve("hq-again.log"));
    try (Sipp agent = Sipp.scenario("agent").calls(1).start()) {
      ready(agent, 1);
      try (Sipp caller =
          Sipp.scenario("caller-follows")
              .with("-s", "sales", SippSite.edge(controller))
              .calls(1)
              .start()) {
        assertThat(caller.awaitExit(SOON)).as("see %s", caller.output()).isZero();
        assertThat(caller.notes("MOVED"))
            .singleElement()
            .asString()
            .contains("@127.0.0.1:" + berlin.edge().getPort());
      }
      assertThat(agent.awaitExit(SOON)).as("see %s", agent.output()).isZero();
    }
    assertThat(awaitOver().path("outcome").asText()).isEqualTo("handed-on");
    await()
        .atMost(SOON)
        .until(() ->
            berlin
                .ask("/api/v1/calls/history")
                .path("items")
                .path(0)
                .path("outcome")
                .asText()
                .equals("served"));
  }

  /** Two hops, each with its entry, and no address that only the controller is to know. */
  private static void shouldHaveComeByTheController(Sipp agent) {
    assertThat(agent.notes("CAME")).singleElement().asString().startsWith("68 ");
    assertThat(String.join("\n", agent.notes()))
        .containsPattern("History-Info: <sip:sales@[^>]+>;index=1\\s")
        .containsPattern("History-Info: <sip:[0-9.:]+>;index=1\\.1;mp=1\\s")
        .containsPattern("History-Info: <sip:agent-01@[^>]+>;index=1\\.1\\.1;mp=1\\.1")
        .doesNotContain("sip:x.");
  }

  /** Back at the place after the first, and to the second at the same site. */
  @Test
  void shouldTryAnotherPhoneWhereTheFirstRejects() throws Exception {
    try (Sipp rejecting = Sipp.scenario("agent-rejects").calls(1).start();
        Sipp agent = Sipp.scenario("agent").calls(1).start()) {
      ready(rejecting, 1);
      try (Sipp caller = calling()) {
        await().atMost(SOON).until(() -> !rejecting.notes("OFFERED").isEmpty());
        ready(agent, 2);
        assertThat(caller.awaitExit(SOON)).as("see %s", caller.output()).isZero();
      }
      assertThat(rejecting.awaitExit(SOON)).as("see %s", rejecting.output()).isZero();
      assertThat(agent.awaitExit(SOON)).as("see %s", agent.output()).isZero();
    }
    JsonNode call = awaitOver();
    assertThat(call.path("agent").asText()).isEqualTo("berlin.agent-02");
    assertThat(call.path("offers").asInt()).isEqualTo(2);
  }
}

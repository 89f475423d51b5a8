package org.switchwright.server.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.server.access.AccessFile;
import org.switchwright.server.access.Tokens;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** One node, and all that can be asked of it by HTTP. */
class OutsideTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path home;
  private static RunningServer server;
  private static Outside outside;
  private static UserAgents agents;
  private static HttpClient client;
  private static String administrator;
  private static InetSocketAddress edge;

  @BeforeAll
  static void start() throws Exception {
    int sip = freeUdpPort();
    edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), sip);
    ConfigurationReader.Read read =
        ConfigurationReader.read(
            Optional.empty(),
            List.of(
                "node.data-directory=\"" + home.resolve("data") + "\"",
                "database.embedded.binaries=\"" + EmbeddedPostgresForTests.binaries() + "\"",
                "sip.port=" + sip,
                "cluster.port=" + freeTcpPort(),
                "http.port=" + freeTcpPort()),
            home);
    NodeMetrics metrics = new NodeMetrics();
    LadderTrace trace = new LadderTrace();
    server = RunningServer.start(read.configuration(), read.pekko(), metrics.forServer(), trace);
    outside = Outside.open(server, metrics, trace, false);
    administrator = outside.administratorToken().orElseThrow();
    agents = UserAgents.at("127.0.0.1").start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.shutdownNow();
    agents.close();
    outside.close();
    server.close();
  }

  @Test
  void shouldKeepOnlyHashOfFirstToken() throws Exception {
    assertThat(Tokens.open(server.database().dataSource()).firstAdministrator()).isEmpty();
    try (Connection connection = server.database().connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM access_token")) {
      assertThat(row.next()).isTrue();
      assertThat(new String(row.getBytes("token_sha256"), StandardCharsets.ISO_8859_1))
          .hasSize(32)
          .doesNotContain(administrator);
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void shouldLetInByEitherToken() throws Exception {
    AccessFile local = AccessFile.read(home.resolve("data")).orElseThrow();

    assertThat(status("/api/v1/queues", administrator)).isEqualTo(200);
    assertThat(status("/api/v1/queues", local.token())).isEqualTo(200);
    assertThat(status("/api/v1/queues", "sw_guessed")).isEqualTo(401);
    assertThat(local.url()).isEqualTo(outside.url());
  }

  @Test
  void shouldTellCallFromBothEnds() throws Exception {
    Phone phone = seat("agent-01");
    Call call =
        agents.caller("+4930555123").named("Somebody").call("sip:sales@127.0.0.1", edge).place();
    call.awaitEstablished(SOON);
    String id = await().atMost(SOON).until(() -> callOf("agent-01"), it -> !it.isEmpty());
    assertThat(get("/api/v1/calls/" + id).path("live").path("queue").asText()).isEqualTo("sales");

    call.hangUp();
    call.awaitEnded(SOON);
    await().atMost(SOON).until(() -> get("/api/v1/calls/" + id).has("past"));

    JsonNode past = get("/api/v1/calls/" + id).path("past");
    assertThat(past.path("outcome").asText()).isEqualTo("served");
    assertThat(past.path("endedBy").asText()).isEqualTo("caller");
    assertThat(get("/api/v1/calls/history").path("items").toString()).contains(id);
    JsonNode explanation = get("/api/v1/calls/" + id + "/explanation");
    assertThat(explanation.path("choices").path(0).path("chosen").asText()).isEqualTo("agent-01");
    assertThat(explanation.path("choices").path(0).path("considered")).hasSize(6);
    await()
        .atMost(SOON)
        .until(() -> get("/api/v1/calls/" + id + "/timeline").path("ladder").size() > 5);
    assertThat(send("GET", "/metrics", "").body())
        .contains("switchwright_answer_seconds_bucket{queue=\"sales\",le=\"20.0\"} 1")
        .contains("switchwright_offer_seconds_count{outcome=\"accepted\"} 1");
    shouldCountCall();
    shouldEraseCaller(id, past.path("interaction").asText());
    assertThat(phone.calls()).hasSize(1);
  }

  private static void shouldCountCall() throws Exception {
    Instant now = InstantSource.system().instant();
    String hour = "/api/v1/statistics?from=" + now.minusSeconds(3_600) + "&to=" + now;
    JsonNode live = get(hour);
    JsonNode sales = live.path("queues").path(0).path("calls");

    assertThat(live.path("total").path("answered").asInt()).isEqualTo(1);
    assertThat(sales.path("serviceLevels").path("cisco-ignored").asDouble()).isEqualTo(100);
    assertThat(sales.path("answeredWait").path("sketch").asText()).isNotEmpty();
    assertThat(sales.path("abandonedWait").has("meanMs")).as("unknown, not zero").isFalse();
    assertThat(live.path("agents").toString()).contains("\"talking\":");
    assertThat(withoutMoment(get(hour + "&source=journal"))).isEqualTo(withoutMoment(live));
    assertThat(get("/api/v1/statistics?window=last-5-minutes").path("total").path("offered"))
        .isEqualTo(live.path("total").path("offered"));
    assertThat(get("/api/v1/statistics/estimates").has("total")).isTrue();
    assertThat(get("/api/v1/statistics/waits").path("queues")).hasSize(3);
    assertThat(get("/api/v1/statistics?window=year").path("detail").asText())
        .isEqualTo("Expected a window of last-5-minutes, quarter-hour, half-hour, day");
    assertThat(send("GET", "/metrics", "").body())
        .contains("switchwright_queue_calls_today{became=\"answered\",queue=\"sales\"")
        .contains("switchwright_queue_service_level_percent{definition=\"asterisk-sl2\"");
  }

  private static JsonNode withoutMoment(JsonNode report) {
    ((ObjectNode) report).remove("asOf");
    return report;
  }

  private static void shouldEraseCaller(String id, String interaction) throws Exception {
    assertThat(get("/api/v1/calls/" + id + "/timeline").toString()).doesNotContain("555123");
    assertThat(get("/api/v1/calls/" + id + "/timeline?clear=true").path("caller").asText())
        .contains("555123");

    String path = "/api/v1/interactions/" + interaction + "/personal-data";
    assertThat(send("DELETE", path, "").body()).contains("\"done\"");
    assertThat(send("DELETE", path, "").body()).contains("already-done");

    JsonNode erased = get("/api/v1/calls/" + id + "/timeline?clear=true");
    assertThat(erased.has("caller")).isFalse();
    assertThat(erased.path("moments").size()).isGreaterThan(10);
  }

  @Test
  void shouldCommandAgents() throws Exception {
    String path = "/api/v1/agents/agent-06/";
    assertThat(send("POST", path + "ready", "").statusCode()).isEqualTo(409);
    assertThat(send("POST", path + "login", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", path + "not-ready", "{\"reason\":\"lunch\"}").statusCode())
        .isEqualTo(200);

    await().atMost(SOON).until(() -> agent("agent-06").path("reason").asText().equals("lunch"));
    assertThat(send("POST", path + "end-wrap-up", "").statusCode()).isEqualTo(409);
    assertThat(send("POST", path + "logout", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/api/v1/agents/nobody/login", "").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldFollowEventsFromStartAndFromAnywhere() throws Exception {
    List<String> whole = events("?from=start", 12);
    List<String> rest = events("?after=" + whole.get(4), 7);

    assertThat(rest).isEqualTo(whole.subList(5, 12));
    assertThat(whole).doesNotHaveDuplicates();
  }

  @Test
  void shouldShowFiguresByTheirAgreedNames() throws Exception {
    String figures = send("GET", "/metrics", "").body();

    assertThat(figures)
        .contains("switchwright_queue_waiting{queue=\"sales\",site=\"berlin\"}")
        .contains("switchwright_agents{state=")
        .contains("switchwright_journal_conflicts_total")
        .contains("switchwright_journal_write_seconds_bucket")
        .contains("switchwright_projection_lag_seconds")
        .contains("switchwright_sip_rejected_total{reason=")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void shouldBeReady() throws Exception {
    JsonNode ready = get("/health/ready");

    assertThat(ready.path("ready").asBoolean()).isTrue();
    assertThat(ready.path("checks")).hasSize(4);
  }

  private static Phone seat(String agent) {
    String password = server.passwords().password(new AgentId(agent)).orElseThrow();
    Phone phone = agents.phone(Account.of(agent, password, "127.0.0.1", edge));
    phone.behave(Behaviour.answerAfter(Duration.ofMillis(100)));
    var _ = phone.register();
    phone.awaitRegistered(SOON);
    Call login = phone.call("sip:*11@127.0.0.1").place();
    login.awaitEstablished(SOON);
    login.awaitEnded(SOON);
    return phone;
  }

  private static String callOf(String agent) throws Exception {
    return agent(agent).path("call").asText("");
  }

  private static JsonNode agent(String id) throws Exception {
    for (JsonNode agent : get("/api/v1/agents").path("items")) {
      if (agent.path("agent").asText().equals(id)) {
        return agent;
      }
    }
    throw new AssertionError("Expected " + id + " among the agents");
  }

  /** The ids of the next events, heartbeats and bare cursors left out. */
  private static List<String> events(String query, int count) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request("/api/v1/events" + query).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      while (ids.size() < count) {
        String line = lines.readLine();
        if (line.startsWith("data: ")) {
          ids.add(MAPPER.readTree(line.substring(6)).path("id").asText());
        }
      }
    }
    return ids;
  }

  private static JsonNode get(String path) throws Exception {
    return MAPPER.readTree(send("GET", path, "").body());
  }

  private static int status(String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(outside.url() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(outside.url() + path))
        .header("Authorization", "Bearer " + administrator);
  }

  private static int freeUdpPort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Relay;
import org.switchwright.useragent.UserAgents;

/** Calls of a controller at a site's stations, each a process of its own, and what is attached. */
class AttachedDataSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path home;

  private static final List<ServerProcess> PROCESSES = new ArrayList<>();
  private static int customersPort;
  private static TestSite berlin;
  private static TestSite controller;
  private static Relay link;
  private UserAgents phones;
  private UserAgents callers;
  private HttpServer customers;

  @BeforeAll
  static void start() throws Exception {
    customersPort = Ports.tcp("127.0.0.1");
    berlin = TestSite.prepare(Files.createDirectories(home.resolve("berlin")), 2, siteLines());
    PROCESSES.add(ServerProcess.start(berlin.configuration(), home.resolve("berlin.log")));
    link = Relay.to(berlin.http());
    JsonNode made = berlin.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Path token = home.resolve("berlin.token");
    Files.writeString(token, made.path("token").asText() + "\n");
    controller =
        TestSite.prepare(
            Files.createDirectories(home.resolve("hq")),
            1,
            "site.name = headquarters",
            "network.heartbeat = 500ms",
            "network.sites.berlin { url = \"http://127.0.0.1:" + link.port() + "\" }",
            "network.sites.berlin { token-file = \"" + token + "\" }",
            "site.queues.sales.elsewhere { berlin.point = sales }");
    PROCESSES.add(ServerProcess.start(controller.configuration(), home.resolve("hq.log")));
  }

  private static String[] siteLines() {
    return new String[] {
      "site.name = berlin",
      "desktop.customer-record.url = \"http://127.0.0.1:"
          + customersPort
          + "/customers/{customer}.json\"",
      "desktop.customer-record.fields { name = /name, city = /address/city }"
    };
  }

  @AfterAll
  static void stop() throws Exception {
    ServerProcess.closeAll(PROCESSES);
    link.close();
  }

  @BeforeEach
  void open() {
    Path files =
        Path.of(System.getProperty("switchwright.root", "."), "cluster-config", "customer-records")
            .toAbsolutePath()
            .normalize();
    customers =
        SimpleFileServer.createFileServer(
            new InetSocketAddress("127.0.0.1", customersPort),
            files,
            SimpleFileServer.OutputLevel.NONE);
    customers.start();
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    await().atMost(SOON).until(() -> link("up") && seen().path("agentsReady").asInt(-1) == 0);
  }

  @AfterEach
  void close() throws Exception {
    callers.hangUpAll(SOON);
    link.restore();
    berlin.settle();
    controller.settle();
    callers.close();
    phones.close();
    customers.stop(0);
  }

  private static JsonNode seen() throws Exception {
    return controller.ask("/api/v1/network").path("items").path(0);
  }

  private static boolean link(String state) throws Exception {
    return seen().path("link").path("state").asText().equals(state);
  }

  private static Behaviour talking() {
    return Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10));
  }

  private static String onlyCall(TestSite site) throws Exception {
    return site.ask("/api/v1/calls").path("items").path(0).path("call").asText();
  }

  private static JsonNode attach(TestSite site, String name, String value) throws Exception {
    return site.post(
        "/api/v1/calls/" + onlyCall(site) + "/attached",
        "{\"set\":{\"" + name + "\":\"" + value + "\"},\"by\":\"ann\"}");
  }

  private static Map<String, String> texts(JsonNode attached) {
    Map<String, String> texts = new TreeMap<>();
    attached
        .path("items")
        .forEach(it -> texts.put(it.path("name").asText(), it.path("value").asText()));
    return texts;
  }

  private static Map<String, String> attached(TestSite site) throws Exception {
    JsonNode call = site.ask("/api/v1/calls/" + onlyCall(site) + "/attached?clear=true");
    return texts(call.path("attached"));
  }

  private static JsonNode desktop(TestSite site, int agent) throws Exception {
    return site.ask("/api/v1/agents/" + TestSite.agent(agent) + "/desktop?clear=true");
  }

  private Map<String, String> shown(int agent) throws Exception {
    return texts(desktop(berlin, agent).path("call").path("attached"));
  }

  private void awaitShown(Map<String, String> texts) {
    await().atMost(SOON).until(() -> shown(1).equals(texts));
    await().atMost(SOON).until(() -> attached(controller).equals(texts));
  }

  /** Waits at the controller, with a customer attached to it, and rings at the first agent. */
  private Call atTheFirstAgent() throws Exception {
    Call call = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> !onlyCall(controller).isEmpty());
    assertThat(attach(controller, "customer", "4711").path("outcome").asText()).isEqualTo("done");
    berlin.ready(phones, 1).behave(talking());
    call.awaitEstablished(SOON);
    return call;
  }

  @Test
  void shouldShowWhatIsAttachedAtTheStationThatRingsAndNowhereElse() throws Exception {
    atTheFirstAgent();

    awaitShown(Map.of("customer", "4711"));

    assertThat(desktop(berlin, 1).path("work").asText()).isEqualTo("talking");
    assertThat(desktop(berlin, 2).has("call")).isFalse();
    assertThat(desktop(controller, 1).has("call")).isFalse();
    String token = token(1);
    HttpResponse<String> own = asAgent(token, 1);
    assertThat(own.body()).contains("4711");
    assertThat(asAgent(token, 2).statusCode()).isEqualTo(403);
    callers.hangUpAll(SOON);
    await().atMost(SOON).until(() -> !desktop(berlin, 1).has("call"));
  }

  private JsonNode record() throws Exception {
    return desktop(berlin, 1).path("call").path("record");
  }

  @Test
  void shouldShowTheCustomersRecordAndHoldNoCallWhereThereIsNone() throws Exception {
    atTheFirstAgent();
    await().atMost(SOON).until(() -> record().path("state").asText().equals("found"));
    assertThat(texts(record())).isEqualTo(Map.of("name", "Ada Example", "city", "Bremen"));

    attach(controller, "customer", "nobody");
    await().atMost(SOON).until(() -> record().path("state").asText().equals("failed"));
    assertThat(record().path("problem").asText()).contains("there is none");
    callers.hangUpAll(SOON);
    await().atMost(SOON).until(() -> onlyCall(berlin).isEmpty());
    await().atMost(SOON).until(() -> onlyCall(controller).isEmpty());
    customers.stop(0);
    controller.call(callers, "sales").awaitEstablished(SOON);
    attach(controller, "customer", "4711");
    await().atMost(SOON).until(() -> record().path("problem").asText().contains("reached"));
    assertThat(desktop(berlin, 1).path("work").asText()).isEqualTo("talking");
  }

  private String token(int agent) throws Exception {
    return berlin
        .post("/api/v1/agents/" + TestSite.agent(agent) + "/desktop-token", "")
        .path("token")
        .asText();
  }

  private HttpResponse<String> asAgent(String token, int agent) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + berlin.http().getPort()
                + "/api/v1/agents/"
                + TestSite.agent(agent)
                + "/desktop");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void shouldKeepChangesInStepBothWaysUntilTheCallEnds() throws Exception {
    atTheFirstAgent();
    awaitShown(Map.of("customer", "4711"));

    attach(berlin, "order", "17");
    awaitShown(Map.of("customer", "4711", "order", "17"));
    attach(controller, "order", "18");
    awaitShown(Map.of("customer", "4711", "order", "18"));

    String call = onlyCall(controller);
    callers.hangUpAll(SOON);
    await().atMost(SOON).until(() -> onlyCall(controller).isEmpty());
    JsonNode late =
        controller.post(
            "/api/v1/calls/" + call + "/attached", "{\"set\":{\"a\":\"b\"},\"by\":\"ann\"}");
    assertThat(late.path("type").asText()).endsWith("call-over");
    assertThat(controller.ask("/api/v1/calls/" + call + "/timeline").toString())
        .contains("this one stays in the call's signalling")
        .contains("ann changed what is attached to the call to version 3");
  }

  @Test
  void shouldComeInStepAfterTheLinkWasCut() throws Exception {
    atTheFirstAgent();
    awaitShown(Map.of("customer", "4711"));
    link.cut();
    await().atMost(SOON).until(() -> link("down"));

    attach(berlin, "order", "17");
    attach(controller, "tier", "gold");
    await().atMost(SOON).until(() -> shown(1).equals(Map.of("customer", "4711", "order", "17")));
    assertThat(desktop(berlin, 1).path("call").path("attached").path("inStep").asBoolean())
        .isFalse();
    assertThat(attached(controller)).isEqualTo(Map.of("customer", "4711", "tier", "gold"));

    link.restore();
    awaitShown(Map.of("customer", "4711", "order", "17", "tier", "gold"));
    await()
        .atMost(SOON)
        .until(() -> desktop(berlin, 1).path("call").path("attached").path("inStep").asBoolean());
  }

  /** The call is there first; what is attached to it comes when the link is back. */
  @Test
  void shouldMatchTheDataToACallThatCameBeforeThem() throws Exception {
    atTheFirstAgent().hangUp();
    await().atMost(SOON).until(() -> onlyCall(controller).isEmpty());
    await().atMost(SOON).until(() -> onlyCall(berlin).isEmpty());
    link.cut();
    await().atMost(SOON).until(() -> link("down"));

    controller.call(callers, "sales").awaitEstablished(SOON);
    attach(controller, "customer", "4712");
    await().atMost(SOON).until(() -> desktop(berlin, 1).has("call"));
    assertThat(shown(1)).isEmpty();

    link.restore();
    awaitShown(Map.of("customer", "4712"));
    attach(berlin, "order", "19");
    awaitShown(Map.of("customer", "4712", "order", "19"));
  }

  @Test
  void shouldTellADesktopAsItHappens() throws Exception {
    List<String> lines = new ArrayList<>();
    HttpRequest request =
        berlin.request("/api/v1/agents/agent-01/desktop/events?clear=true").build();
    HttpClient client = HttpClient.newHttpClient();
    var _ =
        client
            .sendAsync(request, BodyHandlers.ofLines())
            .thenAccept(answer ->
                answer
                    .body()
                    .forEach(line -> {
                      synchronized (lines) {
                        lines.add(line);
                      }
                    }));

    atTheFirstAgent();
    await().atMost(SOON).until(() -> said(lines).stream().anyMatch(it -> it.contains("4711")));
    attach(controller, "order", "17");
    await().atMost(SOON).until(() -> said(lines).getLast().contains("\"17\""));
    callers.hangUpAll(SOON);
    await().atMost(SOON).until(() -> !new JsonMapper().readTree(said(lines).getLast()).has("call"));
    client.shutdownNow();
  }

  private static List<String> said(List<String> lines) {
    synchronized (lines) {
      return lines.stream()
          .filter(it -> it.startsWith("data: "))
          .map(it -> it.substring("data: ".length()))
          .toList();
    }
  }
}

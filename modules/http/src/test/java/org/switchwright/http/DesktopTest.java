package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.AttachedData;
import org.switchwright.domain.call.DataCommand;
import org.switchwright.domain.call.Origin;
import org.switchwright.http.query.CustomerRecords.Lookup;

/** What is attached to calls: at the station that rings and nowhere else, and between sites. */
class DesktopTest extends ApiTest {
  private static final String DESKTOP = "/api/v1/agents/agent-01/desktop";

  private HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> asAgent(String method, String path, String body) throws Exception {
    return as(SiteForTests.AGENT_TOKEN, method, path, body);
  }

  @Test
  void shouldShowNothingWhereNothingRings() throws Exception {
    HttpResponse<String> response = send("GET", DESKTOP, "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"work\":\"free\"").doesNotContain("attached");
    assertProblem(send("GET", "/api/v1/agents/nobody/desktop", ""), 404, "not-found");
  }

  @Test
  void shouldShowTheAgentWhatIsAttachedToTheCallThatRings() throws Exception {
    site.desktops.call = Optional.of(new CallId("c1"));

    String body = asAgent("GET", DESKTOP, "").body();

    assertThat(body)
        .contains("\"call\":\"c1\"", "{\"name\":\"tier\",\"personal\":true,\"value\":\"gold\"}")
        .contains("{\"name\":\"order\",\"personal\":true,\"value\":\"17\"}")
        .contains("\"inStep\":false");
  }

  @Test
  void shouldMaskForAnAdministratorWhoDoesNotAsk() throws Exception {
    site.desktops.call = Optional.of(new CallId("c1"));

    assertThat(send("GET", DESKTOP, "").body()).contains("tier").doesNotContain("gold");
    assertThat(send("GET", DESKTOP + "?clear=true", "").body()).contains("gold");
    assertThat(send("GET", "/api/v1/calls/c1/attached", "").body())
        .contains("tier")
        .doesNotContain("gold");
    assertThat(send("GET", "/api/v1/calls/c1/attached?clear=true", "").body()).contains("gold");
  }

  @Test
  void shouldShowTheCustomersRecordOrWhyThereIsNone() throws Exception {
    site.desktops.call = Optional.of(new CallId("c1"));
    assertThat(asAgent("GET", DESKTOP, "").body()).doesNotContain("record");

    site.desktops.record = new Lookup.Pending();
    assertThat(send("GET", DESKTOP, "").body()).contains("{\"state\":\"pending\"}");
    site.desktops.record = new Lookup.Failed("Expected status 200, but got 500");
    assertThat(send("GET", DESKTOP, "").body())
        .contains("\"state\":\"failed\"", "Expected status 200, but got 500");
    site.desktops.record = new Lookup.Found(new TreeMap<>(Map.of("city", "Bremen")));
    assertThat(asAgent("GET", DESKTOP, "").body())
        .contains("{\"name\":\"city\",\"personal\":true,\"value\":\"Bremen\"}");
    assertThat(send("GET", DESKTOP, "").body()).contains("city").doesNotContain("Bremen");
  }

  @Test
  void shouldShowNothingOfACallThatIsOver() throws Exception {
    site.desktops.call = Optional.of(new CallId("c1"));
    site.desktops.over = true;

    assertThat(asAgent("GET", DESKTOP, "").body()).doesNotContain("gold");
  }

  /** One agent's token opens that agent's desktop, and nothing else. */
  @Test
  void shouldLetAnAgentSeeTheOwnDesktopAndNothingElse() throws Exception {
    for (String path :
        new String[] {
          "/api/v1/agents/agent-02/desktop",
          "/api/v1/agents/agent-02/desktop/events",
          "/api/v1/calls/c1/attached",
          "/api/v1/calls",
          "/api/v1/events",
          "/api/v1/status/heartbeat"
        }) {
      assertProblem(asAgent("GET", path, ""), 403, "forbidden");
    }
    assertProblem(asAgent("POST", DESKTOP + "-token", ""), 403, "forbidden");
    assertProblem(as(SiteForTests.LINK_TOKEN, "GET", DESKTOP, ""), 403, "forbidden");
    assertProblem(as("wrong", "GET", DESKTOP, ""), 401, "unauthorized");
  }

  @Test
  void shouldGiveAndTakeTokens() throws Exception {
    assertThat(send("POST", DESKTOP + "-token", "").body()).contains("token-of-agent-01");
    assertThat(send("DELETE", DESKTOP + "-token", "").body()).contains("done");
    assertProblem(send("POST", "/api/v1/agents/nobody/desktop-token", ""), 404, "not-found");
  }

  @Test
  void shouldChangeWhatIsAttached() throws Exception {
    assertProblem(
        asAgent("POST", DESKTOP + "/attached", "{\"remove\":[\"tier\"]}"), 409, "no-call");
    site.desktops.call = Optional.of(new CallId("c1"));

    assertThat(asAgent("POST", DESKTOP + "/attached", "{\"set\":{\"order\":\"18\"}}").statusCode())
        .isEqualTo(200);
    assertThat(
            send("POST", "/api/v1/calls/c1/attached", "{\"remove\":[\"tier\"],\"by\":\"ann\"}")
                .statusCode())
        .isEqualTo(200);

    assertThat(site.told)
        .containsExactly(
            new DataCommand.Attach(
                new AttachedData.Change(
                    texts(DesktopsForTests.KEY, "order", "18"), new TreeSet<>()),
                "agent-01"),
            new DataCommand.Attach(
                new AttachedData.Change(new TreeMap<>(), new TreeSet<>(List.of("tier"))), "ann"));
  }

  private static TreeMap<String, Personal> texts(KeyId key, String name, String value) {
    return new TreeMap<>(Map.of(name, Personal.of(key, value)));
  }

  @Test
  void shouldRefuseChangesThatCannotBe() throws Exception {
    site.desktops.call = Optional.of(new CallId("c1"));

    for (String body :
        List.of(
            "{}",
            "{\"set\":{\"a b\":\"x\"}}",
            "{\"set\":{\"order\":7}}",
            "{\"set\":{\"order\":\"" + "x".repeat(257) + "\"}}",
            "{\"remove\":[\"\"]}")) {
      assertProblem(asAgent("POST", DESKTOP + "/attached", body), 400, "bad-request");
    }
    assertProblem(
        send("POST", "/api/v1/calls/c1/attached", "{\"remove\":[\"tier\"]}"), 400, "bad-request");
    assertProblem(
        send("POST", "/api/v1/calls/x1/attached", "{\"remove\":[\"tier\"],\"by\":\"ann\"}"),
        404,
        "not-found");
    assertThat(site.told).isEmpty();
  }

  @Test
  void shouldTellAgainWhenItHasChanged() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(uri(DESKTOP + "/events"))
            .header("Authorization", "Bearer " + SiteForTests.AGENT_TOKEN)
            .build();
    HttpClient follower = HttpClient.newHttpClient();
    var _ = follower.sendAsync(request, BodyHandlers.fromLineSubscriber(LinesForTests.into(lines)));
    await().atMost(Duration.ofSeconds(10)).until(() -> said(lines).size() == 1);

    site.desktops.call = Optional.of(new CallId("c1"));
    site.feed.add(1, "call.offered/1");
    await().atMost(Duration.ofSeconds(10)).until(() -> said(lines).size() == 2);
    site.feed.add(1, "call.connected/1");
    site.desktops.tier = "silver";
    site.feed.add(1, "call.data-changed/1");

    await().atMost(Duration.ofSeconds(10)).until(() -> said(lines).size() == 3);
    follower.shutdownNow();
    assertThat(said(lines).getFirst()).contains("free");
    assertThat(said(lines).get(1)).contains("gold");
    assertThat(said(lines).get(2)).contains("silver");
  }

  private static List<String> said(List<String> lines) {
    return lines.stream().filter(it -> it.startsWith("data: ")).toList();
  }

  @Test
  void shouldKeepInStepWithTheHome() throws Exception {
    String path = "/api/v1/expected-calls/c1.n1/data";
    String body =
        "{\"home\":\"hq\",\"call\":\"c1\",\"number\":1,\"version\":2,\"taken\":2,"
            + "\"attached\":{\"tier\":\"gold\"}}";

    String answer = send("POST", path, body).body();

    KeyId key = new KeyId("expected.c1");
    assertThat(site.told)
        .containsExactly(
            new DataCommand.KeepInStep(
                new Origin(new SiteId("hq"), new CallId("c1"), 1),
                2,
                texts(key, "tier", "gold"),
                2,
                key));
    assertThat(answer)
        .contains("\"version\":2", "\"taken\":2")
        .contains("{\"number\":3,\"by\":\"agent-01\",\"set\":{\"order\":\"17\"},\"removed\":[]}");
    assertThat(as(SiteForTests.LINK_TOKEN, "POST", path, body).statusCode()).isEqualTo(200);
    assertProblem(send("POST", path, "{\"home\":\"hq\"}"), 400, "bad-request");
  }
}

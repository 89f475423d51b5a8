package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;

/** Every exchange is checked against {@code openapi.yaml}. */
class HttpEdgeTest extends ApiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/sites",
        "/api/v1/queues",
        "/api/v1/agents?limit=500",
        "/api/v1/statistics",
        "/api/v1/statistics?window=last-5-minutes&target=30&short-abandon=5&source=journal",
        "/api/v1/statistics?from=2026-11-22T10:00:00Z&to=2026-11-22T11:00:00Z",
        "/api/v1/statistics/estimates?window=half-hour",
        "/api/v1/statistics/waits",
        "/api/v1/calls",
        "/api/v1/calls/history",
        "/api/v1/calls/history?after=page-2",
        "/api/v1/calls/c0",
        "/api/v1/calls/c0/timeline?clear=true",
        "/api/v1/calls/c0/explanation",
        "/api/v1/strategies",
        "/api/v1/strategies/support",
        "/api/v1/network",
        "/api/v1/status/links",
        "/api/v1/status/heartbeat",
        "/metrics",
        "/health/live",
        "/health/ready",
        "/openapi.yaml"
      })
  void shouldAnswerAsDescribed(String path) throws Exception {
    HttpResponse<String> response = send("GET", path, "");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void shouldDescribeExactlyWhatThereIs() {
    var described = new TreeSet<String>();
    new io.swagger.v3.parser.OpenAPIV3Parser()
        .read(DESCRIPTION)
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .keySet()
                .forEach(method -> described.add(method + " " + path)));

    var served = new TreeSet<String>();
    new HttpApi(
            site.ports(),
            new EventStream(site.feed, new Workers(), HttpSettings.of("127.0.0.1", 0)),
            new Workers())
        .endpoints()
        .forEach(it -> served.add(it.method().value() + " " + it.template()));

    assertThat(served).isEqualTo(described);
  }

  @Test
  void shouldTellAgentsRecord() throws Exception {
    for (String verb : new String[] {"login", "ready", "logout", "end-wrap-up"}) {
      assertThat(send("POST", "/api/v1/agents/agent-01/" + verb, "").statusCode()).isEqualTo(200);
    }
    assertThat(
            send("POST", "/api/v1/agents/agent-01/not-ready", "{\"reason\":\"lunch\"}")
                .statusCode())
        .isEqualTo(200);

    assertThat(
            send("POST", "/api/v1/agents/agent-01/extend-wrap-up", "{\"seconds\":60}").statusCode())
        .isEqualTo(200);
    assertProblem(
        send("POST", "/api/v1/agents/agent-01/extend-wrap-up", "{\"seconds\":\"long\"}"),
        400,
        "bad-request");

    assertThat(site.told)
        .containsExactly(
            new Agent.LogIn(SiteForTests.AT),
            new Agent.BeReady(SiteForTests.AT),
            new Agent.LogOut(SiteForTests.AT),
            new Site.EndWrapUp(new AgentId("agent-01")),
            new Agent.BeNotReady(SiteForTests.AT, "lunch"),
            new Site.ExtendWrapUp(new AgentId("agent-01"), Duration.ofSeconds(60)));
  }

  @Test
  void shouldAskTheSiteAndThenSendTheCallerOn() throws Exception {
    String transfer = "/api/v1/calls/c1/transfer";
    Destination sales = new Destination.ToQueue(new QueueId("sales"));
    Destination anna = new Destination.ToAgent(new AgentId("anna"));

    assertThat(send("POST", transfer, "{\"to\":\"sales\"}").statusCode()).isEqualTo(200);
    assertThat(send("POST", transfer, "{\"to\":\"agent:anna\",\"place\":\"last\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", "/api/v1/calls/c1/requeue", "").statusCode()).isEqualTo(200);

    assertThat(
            site.told.stream()
                .map(it ->
                    it instanceof Call.Transfer(var to, var kept, _)
                        ? new Call.Transfer(to, kept, "")
                        : it))
        .containsExactly(
            new Site.CheckDestination(sales),
            new Call.Transfer(sales, true, ""),
            new Site.CheckDestination(anna),
            new Call.Transfer(anna, false, ""),
            new Site.CheckDestination(new Destination.Back()),
            new Call.Transfer(new Destination.Back(), true, ""));
  }

  @Test
  void shouldLetAnAgentAskAnotherOne() throws Exception {
    String call = "/api/v1/calls/c1/";
    Destination anna = new Destination.ToAgent(new AgentId("anna"));

    assertThat(send("POST", call + "consult", "{\"to\":\"agent:anna\"}").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", call + "conference", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", call + "complete", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", call + "retrieve", "").statusCode()).isEqualTo(200);

    assertThat(site.told.getFirst()).isEqualTo(new Site.CheckDestination(anna));
    assertThat(site.told.get(1))
        .isInstanceOfSatisfying(
            Call.Consult.class, consult -> assertThat(consult.to()).isEqualTo(anna));
    assertThat(site.told.subList(2, 5))
        .isEqualTo(
            List.of(
                new Call.Confer("sip:conf-c1@127.0.0.9"),
                new Call.CompleteConsult(),
                new Call.RetrieveCaller()));
    assertProblem(send("POST", call + "consult", "{\"to\":\"sip:x\"}"), 400, "bad-request");
  }

  @Test
  void shouldGiveACallerAnotherPriority() throws Exception {
    String priority = "/api/v1/calls/c1/priority";

    assertThat(send("POST", priority, "{\"priority\":7,\"by\":\"eva\"}").statusCode())
        .isEqualTo(200);
    for (String bad :
        List.of(
            "{\"priority\":-1,\"by\":\"eva\"}",
            "{\"priority\":1001,\"by\":\"eva\"}",
            "{\"priority\":\"high\",\"by\":\"eva\"}",
            "{\"priority\":7}",
            "{\"priority\":7,\"by\":\"<eva>\"}")) {
      assertProblem(send("POST", priority, bad), 400, "bad-request");
    }

    assertThat(site.told).containsExactly(new Site.Reprioritise(new CallId("c1"), 7, "eva"));
  }

  @Test
  void shouldSayWhyNobodyIsSentOn() throws Exception {
    assertProblem(
        send("POST", "/api/v1/calls/c9/transfer", "{\"to\":\"sales\"}"), 404, "not-found");
    assertProblem(
        send("POST", "/api/v1/calls/c1/transfer", "{\"to\":\"sip:x\"}"), 400, "bad-request");
    assertProblem(
        send("POST", "/api/v1/calls/c1/transfer", "{\"to\":\"a\",\"place\":\"1\"}"),
        400,
        "bad-request");
    site.receipt =
        CompletableFuture.completedStage(
            new Receipt.Refused(Decision.Reason.QUEUE_FULL, "Expected a place"));
    assertProblem(
        send("POST", "/api/v1/calls/c1/transfer", "{\"to\":\"sales\"}"), 409, "queue-full");
  }

  @Test
  void shouldPublishStrategiesThatHaveNoFaults() throws Exception {
    String sound =
        """
        {"text": "sound", "files": {"a.ics": "BEGIN"}, "by": "ann", "why": "Christmas"}
        """;
    assertThat(send("POST", "/api/v1/strategies", sound).statusCode()).isEqualTo(200);
    String back =
        """
        {"version": 1, "by": "ann", "why": "calls went astray"}
        """;
    assertThat(send("POST", "/api/v1/strategies/support/activate", back).statusCode())
        .isEqualTo(200);

    assertThat(site.told)
        .containsExactly(
            new Site.PublishStrategy(
                new StrategySource("sound", new TreeMap<>(Map.of("a.ics", "BEGIN"))),
                "ann",
                "Christmas"),
            new Site.ActivateStrategy(new StrategyId("support"), 1, "ann", "calls went astray"));
  }

  @Test
  void shouldTellEveryFaultOfAStrategyAndPublishNothing() throws Exception {
    HttpResponse<String> checked =
        send("POST", "/api/v1/strategies/check", "{\"text\":\"faulty\"}");
    HttpResponse<String> published =
        send("POST", "/api/v1/strategies", "{\"text\":\"faulty\",\"by\":\"a\",\"why\":\"b\"}");
    HttpResponse<String> unexplained =
        send("POST", "/api/v1/strategies", "{\"text\":\"sound\",\"by\":\"a\"}");

    assertThat(checked.body()).contains("strategy:1:1");
    assertProblem(published, 422, "faulty-strategy");
    assertThat(published.body()).contains("expected a name");
    assertProblem(unexplained, 400, "bad-request");
    assertProblem(send("GET", "/api/v1/strategies/other", ""), 404, "not-found");
    assertThat(site.told).isEmpty();
  }

  @Test
  void shouldTellRepetitionFromConflict() throws Exception {
    site.receipt = refused(Decision.Reason.ALREADY_DONE);
    HttpResponse<String> again = send("POST", "/api/v1/agents/agent-01/ready", "");
    site.receipt = refused(Decision.Reason.LOGGED_OUT);
    HttpResponse<String> conflict = send("POST", "/api/v1/agents/agent-01/ready", "");
    site.receipt = refused(Decision.Reason.STALE);
    HttpResponse<String> late = send("POST", "/api/v1/agents/agent-01/logout", "");

    assertThat(again.body()).contains("already-done");
    assertProblem(conflict, 409, "logged-out");
    assertProblem(late, 409, "stale");
  }

  @Test
  void shouldRefuseReasonThatSiteDoesNotKnow() throws Exception {
    HttpResponse<String> unknown =
        send("POST", "/api/v1/agents/agent-01/not-ready", "{\"reason\":\"holiday\"}");

    assertProblem(unknown, 400, "bad-request");
    assertThat(unknown.body()).contains("break, lunch").doesNotContain("holiday");
    assertThat(site.told).isEmpty();
  }

  @Test
  void shouldEraseOnlyWhatIsOver() throws Exception {
    assertThat(send("DELETE", "/api/v1/interactions/i-c0/personal-data", "").statusCode())
        .isEqualTo(200);
    assertProblem(send("DELETE", "/api/v1/interactions/i-c1/personal-data", ""), 409, "live");
    assertProblem(send("DELETE", "/api/v1/interactions/i-c9/personal-data", ""), 404, "not-found");
  }

  @Test
  void shouldAskForTokenFirst() throws Exception {
    HttpRequest without = HttpRequest.newBuilder(uri("/api/v1/queues")).build();
    HttpRequest wrong =
        HttpRequest.newBuilder(uri("/api/v1/queues"))
            .header("Authorization", "Bearer wrong")
            .build();

    for (HttpRequest request : new HttpRequest[] {without, wrong}) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertProblem(response, 401, "unauthorized");
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void shouldMakeProblemOfEveryError() throws Exception {
    assertProblem(raw("GET", "/nothing", "", "application/json"), 404, "not-found");
    assertProblem(raw("GET", "/api/v1/queues/", "", "application/json"), 404, "not-found");
    assertProblem(raw("PUT", "/api/v1/queues", "", "application/json"), 405, "method-not-allowed");
    assertProblem(
        raw("POST", "/api/v1/agents/agent-01/not-ready", "x", "text/plain"),
        415,
        "unsupported-media-type");
    assertProblem(
        raw("POST", "/api/v1/agents/agent-01/not-ready", "{oh", "application/json"),
        400,
        "bad-request");
    assertProblem(
        raw("POST", "/api/v1/agents/agent-01/ready", "x".repeat(20_000), "application/json"),
        413,
        "too-large");
    assertProblem(raw("GET", "/api/v1/queues?limit=501", "", "text/plain"), 400, "bad-request");
    assertProblem(raw("GET", "/api/v1/queues?limt=5", "", "text/plain"), 400, "bad-request");
    assertProblem(raw("GET", "/api/v1/calls/history?after=x", "", "a/b"), 400, "bad-request");
    assertProblem(raw("GET", "/api/v1/calls/no%20call", "", "text/plain"), 404, "not-found");
    assertProblem(send("POST", "/api/v1/agents/nobody/ready", ""), 404, "not-found");
  }

  @Test
  void shouldNameAllowedMethods() throws Exception {
    HttpResponse<String> response = raw("DELETE", "/api/v1/queues", "", "application/json");

    assertThat(response.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void shouldKeepFailuresToItself() throws Exception {
    site.broken = true;

    HttpResponse<String> response = send("GET", "/api/v1/queues", "");

    assertProblem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("secret").doesNotContain("at org");
  }

  @Test
  void shouldSayWhyNotReady() throws Exception {
    site.healthy = false;

    HttpResponse<String> response = send("GET", "/health/ready", "");

    assertProblem(response, 503, "not-ready");
    assertThat(response.body()).contains("does not answer");
  }

  @Test
  void shouldAnswerWhatIsNoHttpWithProblem() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }
  }

  @Test
  void shouldSayThatPortIsTaken() {
    HttpSettings taken = HttpSettings.of("127.0.0.1", edge.address().getPort());

    assertThatExceptionOfType(HttpRefused.class)
        .isThrownBy(() -> HttpEdge.start(system, taken, site.ports()))
        .withMessageContaining("http.port");
  }

  private static CompletableFuture<Receipt> refused(Decision.Reason reason) {
    return CompletableFuture.completedFuture(new Receipt.Refused(reason, "Expected otherwise"));
  }
}

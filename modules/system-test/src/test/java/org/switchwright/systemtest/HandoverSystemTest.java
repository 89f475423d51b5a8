package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** A controller and two sites, each a process of its own, with one queue for all. */
class HandoverSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path home;
  private UserAgents phones;
  private UserAgents callers;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();
  private TestSite berlin;
  private TestSite hamburg;
  private TestSite controller;

  @BeforeEach
  void start() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    berlin = site("berlin");
    hamburg = site("hamburg");
    Path here = Files.createDirectories(home.resolve("hq"));
    controller =
        TestSite.prepare(
            here,
            1,
            "site.name = headquarters",
            "network.heartbeat = 500ms",
            link("berlin", 0),
            link("hamburg", 1),
            "site.queues.sales.elsewhere { berlin.point = sales, hamburg.point = sales }");
    processes.add(ServerProcess.start(controller.configuration(), home.resolve("hq.log")));
    await()
        .atMost(SOON)
        .until(() ->
            seen(0).path("basis").asText().equals("live")
                && seen(1).path("basis").asText().equals("live"));
  }

  private TestSite site(String name) throws Exception {
    Path there = Files.createDirectories(home.resolve(name));
    TestSite site = TestSite.prepare(there, 2, "site.name = " + name);
    processes.add(ServerProcess.start(site.configuration(), home.resolve(name + ".log")));
    relays.add(Relay.to(site.http()));
    JsonNode made = site.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Files.writeString(home.resolve(name + ".token"), made.path("token").asText() + "\n");
    return site;
  }

  private String link(String name, int number) {
    return "network.sites."
        + name
        + " { url = \"http://127.0.0.1:"
        + relays.get(number).port()
        + "\", token-file = \""
        + home.resolve(name + ".token")
        + "\" }";
  }

  @AfterEach
  void stop() throws Exception {
    callers.close();
    phones.close();
    for (ServerProcess process : processes.reversed()) {
      process.close();
    }
    for (Relay relay : relays) {
      relay.close();
    }
  }

  private JsonNode seen(int number) throws Exception {
    return controller.ask("/api/v1/network").path("items").path(number);
  }

  private static Behaviour talking() {
    return Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10));
  }

  private static int calls(TestSite site) throws Exception {
    return site.ask("/api/v1/calls").path("items").size();
  }

  private static void awaitNobody(TestSite site) {
    await().atMost(SOON).until(() -> calls(site) == 0);
  }

  private static JsonNode lastCall(TestSite site) throws Exception {
    return site.ask("/api/v1/calls/history").path("items").path(0);
  }

  @Test
  void shouldGiveACallOfTheControllerToAnAgentOfASite() throws Exception {
    berlin.ready(phones, 1).behave(talking());

    Call call = controller.call(callers, "sales");
    call.awaitEstablished(SOON);

    await().atMost(SOON).until(() -> seen(0).path("callsTalking").asInt() == 1);
    assertThat(calls(berlin)).isEqualTo(1);
    assertThat(calls(hamburg)).isZero();
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    awaitNobody(berlin);
    JsonNode past = lastCall(controller);
    assertThat(past.path("agent").asText()).isEqualTo("berlin.agent-01");
    assertThat(past.path("outcome").asText()).isEqualToIgnoringCase("served");
    JsonNode why = controller.ask("/api/v1/calls/" + past.path("call").asText() + "/explanation");
    assertThat(why.toString()).contains("berlin.agent-01").contains("\"lent\"");
    await().atMost(SOON).until(() -> seen(0).path("agentsReady").asInt() == 1);
  }

  @Test
  void shouldGiveTheOldestOfTheNetworkToWhomeverIsFree() throws Exception {
    Call first = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(controller) == 1);
    Call second = hamburg.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(hamburg) == 1);

    Phone agent = hamburg.ready(phones, 1);
    agent.behave(talking());

    first.awaitEstablished(SOON);
    assertThat(second.ended()).isNotDone();
    first.hangUp();
    second.awaitEstablished(SOON);
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    awaitNobody(hamburg);
  }
}

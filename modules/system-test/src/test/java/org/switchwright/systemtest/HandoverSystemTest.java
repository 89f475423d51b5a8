package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.Relay;
import org.switchwright.useragent.UserAgents;

/** A controller and two sites, each a process of its own, with one queue for all. */
class HandoverSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** In the order of their names. */
  private static final int BERLIN = 0;

  private static final int HAMBURG = 1;

  @TempDir private Path home;
  private UserAgents phones;
  private UserAgents hamburgs;
  private UserAgents callers;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();
  private TestSite berlin;
  private TestSite hamburg;
  private TestSite controller;

  @BeforeEach
  void start() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    hamburgs = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    hamburg = site("hamburg");
    JsonNode made = hamburg.post("/api/v1/status/links", "{\"name\":\"berlin\"}");
    Files.writeString(home.resolve("hamburg-for-berlin.token"), made.path("token").asText());
    berlin =
        site(
            "berlin",
            "network.sites.hamburg.url = \"http://127.0.0.1:" + hamburg.http().getPort() + "\"",
            "network.sites.hamburg.token-file = \""
                + home.resolve("hamburg-for-berlin.token")
                + "\"",
            "site.queues.sales.elsewhere { hamburg.point = sales }");
    Path here = Files.createDirectories(home.resolve("hq"));
    controller =
        TestSite.prepare(
            here,
            1,
            "site.name = headquarters",
            "network.heartbeat = 500ms",
            link("berlin", 1),
            link("hamburg", 0),
            "site.queues.sales.elsewhere { berlin.point = sales, hamburg.point = sales }",
            "site.queues.berlin.elsewhere { berlin.point = sales }",
            "site.queues.hamburg.elsewhere { hamburg.point = sales }");
    processes.add(ServerProcess.start(controller.configuration(), home.resolve("hq.log")));
    await()
        .atMost(SOON)
        .until(() ->
            seen(0).path("basis").asText().equals("live")
                && seen(1).path("basis").asText().equals("live"));
  }

  private TestSite site(String name, String... more) throws Exception {
    Path there = Files.createDirectories(home.resolve(name));
    String[] lines = Arrays.copyOf(more, more.length + 1);
    lines[more.length] = "site.name = " + name;
    TestSite site = TestSite.prepare(there, 2, lines);
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
    hamburgs.close();
    ServerProcess.closeAll(processes);
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
  void shouldGiveACallOfOneSiteToAnAgentOfAnother() throws Exception {
    hamburg.ready(hamburgs, 1).behave(talking());

    Call call = berlin.call(callers, "sales");
    call.awaitEstablished(SOON);

    assertThat(calls(berlin)).isEqualTo(1);
    assertThat(calls(hamburg)).isEqualTo(1);
    assertThat(calls(controller)).isZero();
    callers.hangUpAll(SOON);
    awaitNobody(berlin);
    awaitNobody(hamburg);
    JsonNode there = lastCall(hamburg);
    JsonNode here = lastCall(berlin);
    assertThat(here.path("agent").asText()).isEqualTo("hamburg.agent-01");
    assertThat(there.path("agent").asText()).isEqualTo("agent-01");
    assertThat(there.path("interaction")).isEqualTo(here.path("interaction"));
  }

  @Test
  void shouldGiveTheOldestOfTheNetworkToWhomeverIsFree() throws Exception {
    Call first = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(controller) == 1);
    Call second = hamburg.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(hamburg) == 1);

    Phone agent = hamburg.ready(hamburgs, 1);
    agent.behave(talking());

    first.awaitEstablished(SOON);
    assertThat(second.ended()).isNotDone();
    first.hangUp();
    second.awaitEstablished(SOON);
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    awaitNobody(hamburg);
  }

  private static final String BY_AGENTS =
      """
      name = network
      time-zone = "Europe/Berlin"
      points = [support]
      cases = [
        { name = everybody, targets = [berlin, hamburg], choose = most ready }
      ]
      """;

  @Test
  void shouldChooseASiteByItsFiguresAndSayWhetherTheyAreLive() throws Exception {
    berlin.ready(phones, 1).behave(talking());
    for (Phone phone : hamburg.ready(hamburgs, 1, 2)) {
      phone.behave(talking());
    }
    await().atMost(SOON).until(() -> seen(HAMBURG).path("agentsReady").asInt() == 2);
    await().atMost(SOON).until(() -> seen(BERLIN).path("agentsReady").asInt() == 1);
    JsonNode published =
        controller.post(
            "/api/v1/strategies",
            new JsonMapper()
                .createObjectNode()
                .put("text", BY_AGENTS)
                .put("by", "ann")
                .put("why", "load")
                .toString());
    assertThat(published.path("outcome").asText()).as(published.toString()).isEqualTo("done");

    awaitChoice("hamburg 2 live");
    relays.get(1 - HAMBURG).cut();
    awaitChoice("hamburg 2 estimated");
  }

  /** Calls until a strategy has chosen so: what it looks at may be a moment old. */
  private void awaitChoice(String words) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          Call call = controller.call(callers, "support");
          call.awaitEstablished(SOON);
          callers.hangUpAll(SOON);
          awaitNobody(controller);
          JsonNode past = lastCall(controller);
          assertThat(
                  controller
                      .ask("/api/v1/calls/" + past.path("call").asText() + "/timeline")
                      .toString())
              .contains(words);
        });
  }

  private String link(int number) throws Exception {
    return seen(number).path("link").path("state").asText();
  }

  /**
   * The controller has had a call there, and knows where calls can be sent that it cannot ask
   * about.
   */
  private void acquaint(TestSite site, int number) throws Exception {
    site.ready(phones, 1).behave(talking());
    controller.call(callers, "sales").awaitEstablished(SOON);
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    await().atMost(SOON).until(() -> seen(number).path("agentsReady").asInt() == 1);
  }

  private List<String> events(String type) throws Exception {
    return Events.of(controller, type).stream().map(it -> it.path("data").toString()).toList();
  }

  @Test
  void shouldSendCallsToASiteThatIsCutOffAndLeaveTheTalksThereAlone() throws Exception {
    acquaint(berlin, 0);
    Call before = controller.call(callers, "sales");
    before.awaitEstablished(SOON);
    berlin.ready(phones, 2).behave(talking());
    await().atMost(SOON).until(() -> seen(0).path("agentsReady").asInt() == 1);

    relays.get(1).cut();
    await().atMost(SOON).until(() -> link(0).equals("down"));
    assertThat(before.ended()).isNotDone();
    assertThat(seen(0).path("basis").asText()).isEqualTo("estimated");
    assertThat(seen(1).path("basis").asText()).isEqualTo("live");

    Call during = controller.call(callers, "sales");
    during.awaitEstablished(SOON);
    await().atMost(SOON).until(() -> calls(berlin) == 2);
    assertThat(events("site.site-cut-off")).hasSize(1);
    Call waiting = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(berlin) == 3);
    before.hangUp();
    waiting.awaitEstablished(SOON);

    relays.get(1).restore();
    await().atMost(SOON).until(() -> link(0).equals("up"));
    await().atMost(SOON).until(() -> seen(0).path("callsTalking").asInt() == 2);
    assertThat(during.ended()).isNotDone();
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    awaitNobody(berlin);
    assertThat(lastCall(controller).path("agent").asText()).startsWith("berlin.somebody");
    await().atMost(SOON).until(() -> seen(0).path("agentsReady").asInt() == 2);
    await().atMost(SOON).until(() -> seen(0).path("link").path("agrees").asBoolean());
  }

  @Test
  void shouldLeaveOutASiteThatCallsDoNotGetToUntilTheyDo() throws Exception {
    acquaint(berlin, 0);
    processes.remove(1).kill();
    await().atMost(SOON).until(() -> link(0).equals("down"));

    Call call = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> !events("site.path-failed").isEmpty());
    hamburg.ready(hamburgs, 1).behave(talking());
    call.awaitEstablished(SOON);
    call.hangUp();

    processes.add(ServerProcess.start(berlin.configuration(), home.resolve("berlin-again.log")));
    await().atMost(SOON).until(() -> link(0).equals("up"));
    Call first = controller.call(callers, "sales");
    first.awaitEstablished(SOON);
    Call second = controller.call(callers, "sales");
    second.awaitEstablished(Duration.ofSeconds(90));
    assertThat(calls(berlin) + calls(hamburg)).isEqualTo(2);
    callers.hangUpAll(SOON);
    awaitNobody(controller);
  }
}

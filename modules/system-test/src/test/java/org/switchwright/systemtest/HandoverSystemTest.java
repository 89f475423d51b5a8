package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.HandoverNetwork.BERLIN;
import static org.switchwright.systemtest.HandoverNetwork.HAMBURG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** Calls of a controller and two sites that have one queue for all. */
class HandoverSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path home;

  private static HandoverNetwork network;
  private static TestSite berlin;
  private static TestSite hamburg;
  private static TestSite controller;
  private UserAgents phones;
  private UserAgents hamburgs;
  private UserAgents callers;

  @BeforeAll
  static void start() throws Exception {
    network = new HandoverNetwork();
    network.start(home);
    berlin = network.berlin();
    hamburg = network.hamburg();
    controller = network.controller();
  }

  @AfterAll
  static void stop() throws Exception {
    network.close();
  }

  @BeforeEach
  void open() {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    hamburgs = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    await().atMost(SOON).until(() -> network.isLive() && network.hasNobodyReady());
  }

  @AfterEach
  void close() throws Exception {
    callers.hangUpAll(SOON);
    network.settle();
    callers.close();
    phones.close();
    hamburgs.close();
  }

  private static JsonNode seen(int number) throws Exception {
    return network.seen(number);
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
    network.relay(HAMBURG).cut();
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

  private static String link(int number) throws Exception {
    return seen(number).path("link").path("state").asText();
  }

  /**
   * The controller has had a call there, and knows where calls can be sent that it cannot ask
   * about.
   */
  private void acquaint() throws Exception {
    berlin.ready(phones, 1).behave(talking());
    controller.call(callers, "sales").awaitEstablished(SOON);
    callers.hangUpAll(SOON);
    awaitNobody(controller);
    await().atMost(SOON).until(() -> seen(BERLIN).path("agentsReady").asInt() == 1);
  }

  private static int cutOffs() throws Exception {
    return Events.of(controller, "site.site-cut-off").size();
  }

  @Test
  void shouldSendCallsToASiteThatIsCutOffAndLeaveTheTalksThereAlone() throws Exception {
    int cutOffsBefore = cutOffs();
    acquaint();
    Call before = controller.call(callers, "sales");
    before.awaitEstablished(SOON);
    berlin.ready(phones, 2).behave(talking());
    await().atMost(SOON).until(() -> seen(0).path("agentsReady").asInt() == 1);

    network.relay(BERLIN).cut();
    await().atMost(SOON).until(() -> link(0).equals("down"));
    assertThat(before.ended()).isNotDone();
    assertThat(seen(0).path("basis").asText()).isEqualTo("estimated");
    assertThat(seen(1).path("basis").asText()).isEqualTo("live");

    Call during = controller.call(callers, "sales");
    during.awaitEstablished(SOON);
    await().atMost(SOON).until(() -> calls(berlin) == 2);
    assertThat(cutOffs()).isEqualTo(cutOffsBefore + 1);
    Call waiting = controller.call(callers, "sales");
    await().atMost(SOON).until(() -> calls(berlin) == 3);
    before.hangUp();
    waiting.awaitEstablished(SOON);

    network.relay(BERLIN).restore();
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
}

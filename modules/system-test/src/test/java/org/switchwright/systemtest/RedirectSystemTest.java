package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallEvent;
import org.switchwright.useragent.CallRequest;
import org.switchwright.useragent.UserAgents;

/** A controller that tells the trunk of its callers where to go on, and a site. */
class RedirectSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path home;

  private static TestNetwork network;
  private static TestSite controller;
  private static TestSite berlin;
  private UserAgents phones;
  private UserAgents callers;

  /** What had been counted before this test. */
  private final Map<TestSite, Books> before = new HashMap<>();

  private record Books(int over, JsonNode totals) {}

  @BeforeAll
  static void start() throws Exception {
    network =
        TestNetwork.start(home, List.of("berlin"), 2, "sip.hand-over.redirect = [\"127.0.0.1\"]");
    controller = network.controller();
    berlin = network.site(0);
  }

  @AfterAll
  static void stop() throws Exception {
    network.close();
  }

  @BeforeEach
  void open() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    await().atMost(SOON).until(() -> network.seen(0).path("agentsReady").asInt(-1) == 0);
    for (TestSite site : List.of(controller, berlin)) {
      before.put(site, new Books(over(site), totals(site)));
    }
  }

  @AfterEach
  void close() throws Exception {
    callers.hangUpAll(SOON);
    berlin.settle();
    controller.settle();
    callers.close();
    phones.close();
  }

  private static Behaviour talking() {
    return Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10));
  }

  private CallRequest request(String number) {
    return callers.caller(number).call("sip:sales@127.0.0.1", controller.edge());
  }

  private static List<CallEvent> redirections(Call call) {
    return call.events().stream().filter(CallEvent.Redirected.class::isInstance).toList();
  }

  private static JsonNode last(TestSite site) throws Exception {
    return TestNetwork.history(site).getFirst();
  }

  private static int present(TestSite site) throws Exception {
    return site.ask("/api/v1/calls").path("items").size();
  }

  private static int over(TestSite site) throws Exception {
    return (int) TestNetwork.history(site).stream().filter(it -> it.hasNonNull("outcome")).count();
  }

  /**
   * @param calls of this test
   */
  private void awaitOver(TestSite site, int calls) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(present(site)).isZero();
          assertThat(over(site) - before.get(site).over()).isEqualTo(calls);
        });
  }

  /** How often that was counted in this test. */
  private int counted(TestSite site, String what) throws Exception {
    return totals(site).path(what).asInt() - before.get(site).totals().path(what).asInt();
  }

  @Test
  void shouldHandTheCallerOnAndCountThere() throws Exception {
    Call call = request("+49301").followingRedirects(Duration.ZERO).place();
    await().atMost(SOON).until(() -> present(controller) == 1);
    assertThat(redirections(call)).isEmpty();

    berlin.ready(phones, 1).behave(talking());

    call.awaitEstablished(SOON);
    assertThat(redirections(call)).hasSize(1);
    awaitOver(controller, 1);
    assertThat(present(berlin)).isEqualTo(1);
    call.hangUp();
    awaitOver(berlin, 1);
    JsonNode here = last(controller);
    JsonNode there = last(berlin);
    assertThat(here.path("outcome").asText()).isEqualToIgnoringCase("handed-on");
    assertThat(there.path("outcome").asText()).isEqualToIgnoringCase("served");
    assertThat(there.path("agent").asText()).isEqualTo("agent-01");
    assertThat(there.path("interaction")).isEqualTo(here.path("interaction"));
    assertThat(counted(controller, "overflowed")).isEqualTo(1);
    assertThat(counted(berlin, "answered")).isEqualTo(1);
    assertThat(counted(berlin, "offered")).isEqualTo(1);
    assertThat(
            controller.ask("/api/v1/calls/" + here.path("call").asText() + "/timeline").toString())
        .contains("the caller is told to go there, and the call is that site's");
  }

  private static JsonNode totals(TestSite site) throws Exception {
    for (JsonNode queue : site.ask("/api/v1/queues").path("items")) {
      if (queue.path("queue").asText().equals("sales")) {
        return queue.path("today");
      }
    }
    throw new AssertionError("Expected a queue sales, but there is none");
  }

  @Test
  void shouldGiveItToAnotherAgentThereWhenTheFirstRejects() throws Exception {
    berlin.ready(phones, 1).behave(Behaviour.reject());
    Call call = request("+49302").followingRedirects(Duration.ZERO).place();
    await().atMost(SOON).until(() -> present(berlin) == 1 && present(controller) == 0);

    berlin.ready(phones, 2).behave(talking());

    call.awaitEstablished(SOON);
    call.hangUp();
    awaitOver(berlin, 1);
    assertThat(last(berlin).path("agent").asText()).isEqualTo("agent-02");
    assertThat(redirections(call)).hasSize(1);
  }

  /** Nobody is held any more: the call waits there, is cancelled there and counts there. */
  @Test
  void shouldTakeTheCallerWhoComesLate() throws Exception {
    berlin.ready(phones, 1).behave(talking());
    Call late = request("+49303").followingRedirects(Duration.ofSeconds(8)).place();
    awaitOver(controller, 1);

    late.awaitEstablished(SOON);

    Call waiting = request("+49304").followingRedirects(Duration.ofSeconds(8)).place();
    await().atMost(SOON).until(() -> present(controller) == 1);
    late.hangUp();
    await().atMost(SOON).until(() -> present(controller) == 0);
    Call other = berlin.call(callers, "sales");
    other.awaitEstablished(SOON);
    await().atMost(SOON).until(() -> present(berlin) == 2);
    waiting.hangUp();
    waiting.awaitEnded(SOON);
    await().atMost(SOON).until(() -> present(berlin) == 1);
    other.hangUp();
    awaitOver(berlin, 3);
    assertThat(counted(berlin, "abandoned")).isEqualTo(1);
    assertThat(counted(berlin, "answered")).isEqualTo(2);
  }

  @Test
  void shouldLetTheAgentGoWhenTheTrunkDoesNotFollow() throws Exception {
    berlin.ready(phones, 1).behave(talking());

    Call lost = request("+49305").place();

    assertThat(lost.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.REFUSED);
    Call next = berlin.call(callers, "sales");
    next.awaitEstablished(SOON);
    next.hangUp();
    await().atMost(SOON).until(() -> present(berlin) == 0 && present(controller) == 0);
  }
}

package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallPool;
import org.switchwright.useragent.Ledger;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** Status links that are slow or cut, one and all, while calls go on. */
class CutLinksSystemTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int BERLIN = 0;
  private static final int HAMBURG = 1;
  private static final int AGENTS = 14;

  /** Too few for all calls that come. */
  private static final int FEW = 6;

  private static final double CALLS_A_SECOND = 5;
  private static final Duration HOLD = Duration.ofSeconds(2);

  /** How long the long cut lasts: {@code -Dcut.seconds=600} for ten minutes. */
  private static final int CUT_SECONDS = Integer.getInteger("cut.seconds", 40);

  @TempDir private Path home;
  private UserAgents berlins;
  private UserAgents hamburgs;
  private UserAgents callers;
  private TestNetwork network;

  @BeforeEach
  void start() throws Exception {
    berlins = UserAgents.at("127.0.0.1").port(0).start();
    hamburgs = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    network = TestNetwork.start(home, List.of("berlin", "hamburg"), AGENTS);
  }

  @AfterEach
  void stop() throws Exception {
    callers.close();
    berlins.close();
    hamburgs.close();
    network.close();
  }

  private void seat(int berlin, int hamburg) throws Exception {
    for (Phone phone : network.site(BERLIN).ready(berlins, 1, berlin)) {
      phone.behave(talking());
    }
    for (Phone phone : network.site(HAMBURG).ready(hamburgs, 1, hamburg)) {
      phone.behave(talking());
    }
    awaitReady(berlin, hamburg);
  }

  private void awaitReady(int berlin, int hamburg) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(List.of(ready(BERLIN), ready(HAMBURG)))
                .as(() -> agents(BERLIN) + agents(HAMBURG))
                .isEqualTo(List.of(berlin, hamburg)));
  }

  private int ready(int site) throws Exception {
    return network.seen(site).path("agentsReady").asInt();
  }

  /** How they stand at their site, for whoever has to find out why. */
  private String agents(int site) {
    try {
      return network.site(site).ask("/api/v1/agents").path("items").toString();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static Behaviour talking() {
    return Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10));
  }

  private Ledger call(int calls) throws Exception {
    return CallPool.of(
            callers,
            calls,
            CALLS_A_SECOND,
            n ->
                callers
                    .caller("+4930" + (2_000_000 + n))
                    .call("sip:sales@127.0.0.1", network.controller().edge()))
        .holdFor(HOLD)
        .run()
        .get(calls / (long) CALLS_A_SECOND + SOON.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitBasis(String berlin, String hamburg) {
    await().atMost(SOON).until(() -> network.basis().equals(List.of(berlin, hamburg)));
  }

  /** All of what both sites have told has come once, and comes to the state that they have. */
  private void awaitAgreed() throws Exception {
    for (int site : List.of(BERLIN, HAMBURG)) {
      await().atMost(SOON).until(() -> network.seen(site).path("link").path("agrees").asBoolean());
      assertThat(network.journaled(site)).isNotEmpty().isEqualTo(network.told(site));
    }
  }

  /** What the controller counts of a site is what that counts itself. */
  private void assertSameStatistics(int site, String name) throws Exception {
    String interval = "from=" + Instant.now().minus(Duration.ofHours(1)) + "&to=" + Instant.now();
    JsonNode own = network.site(site).ask("/api/v1/statistics?" + interval);
    for (String source : List.of("live", "journal")) {
      JsonNode here =
          network
              .controller()
              .ask("/api/v1/statistics?site=" + name + "&source=" + source + "&" + interval);
      assertThat(here.path("basis").asText()).isEqualTo("live");
      for (String part : List.of("total", "queues", "skills", "agents")) {
        assertThat(here.path(part)).isEqualTo(own.path(part));
      }
    }
    assertThat(own.path("agents")).isNotEmpty();
  }

  private List<String> served(int site) throws Exception {
    return TestNetwork.history(network.site(site)).stream()
        .filter(call -> call.path("outcome").asText().equals("served"))
        .map(call -> call.path("interaction").asText())
        .sorted()
        .toList();
  }

  private List<String> servedBy(String name) throws Exception {
    return TestNetwork.history(network.controller()).stream()
        .filter(call -> call.path("agent").asText().startsWith(name + "."))
        .map(call -> call.path("interaction").asText())
        .sorted()
        .toList();
  }

  @Test
  void shouldComeToTheSameBooksOnBothSidesAfterALongCut() throws Exception {
    seat(AGENTS, FEW);
    // They have had calls, and the controller knows where more can be sent without asking.
    assertThat(call(4 * AGENTS).byStatus()).containsOnlyKeys(200);
    awaitReady(AGENTS, FEW);
    int before = servedBy("berlin").size();
    assertThat(before).isPositive();

    network.link(BERLIN).cut();
    awaitBasis("estimated", "live");
    Ledger calls = call((int) CALLS_A_SECOND * CUT_SECONDS);
    assertThat(calls.byStatus()).containsOnlyKeys(200);
    assertThat(network.basis()).isEqualTo(List.of("estimated", "live"));
    assertThat(servedBy("berlin").size()).isGreaterThan(before + CUT_SECONDS / 2);

    network.link(BERLIN).restore();
    awaitBasis("live", "live");
    awaitReady(AGENTS, FEW);
    awaitAgreed();
    // The books are written a moment after the journal.
    await().atMost(SOON).untilAsserted(() -> assertSameStatistics(BERLIN, "berlin"));
    await().atMost(SOON).untilAsserted(() -> assertSameStatistics(HAMBURG, "hamburg"));
    for (int site : List.of(BERLIN, HAMBURG)) {
      JsonNode sent = network.seen(site).path("sent");
      assertThat(sent.path("inTransition").asInt() + sent.path("talking").asInt()).isZero();
    }
    List<String> berlin = servedBy("berlin");
    List<String> hamburg = servedBy("hamburg");
    assertThat(served(BERLIN)).isEqualTo(berlin).doesNotHaveDuplicates();
    assertThat(served(HAMBURG)).isEqualTo(hamburg).doesNotHaveDuplicates();
    assertThat(berlin.size() + hamburg.size()).isEqualTo(4 * AGENTS + calls.entries().size());
  }

  @Test
  void shouldGoOnCallingWhileAllLinksAreCutOrSlow() throws Exception {
    seat(2, 2);
    network.link(BERLIN).delay(Duration.ofMillis(300));
    network.link(HAMBURG).delay(Duration.ofMillis(300));
    Call slow = network.controller().call(callers, "sales");
    slow.awaitEstablished(SOON);
    slow.hangUp();
    assertThat(call(20).byStatus()).containsOnlyKeys(200);
    for (int site : List.of(BERLIN, HAMBURG)) {
      assertThat(network.seen(site).path("link").path("state").asText()).isEqualTo("up");
    }
    network.link(BERLIN).delay(Duration.ZERO);
    network.link(HAMBURG).delay(Duration.ZERO);
    awaitReady(2, 2);

    Call before = network.controller().call(callers, "sales");
    before.awaitEstablished(SOON);
    network.link(BERLIN).cut();
    network.link(HAMBURG).cut();
    awaitBasis("estimated", "estimated");
    Call during = network.controller().call(callers, "sales");
    during.awaitEstablished(SOON);
    assertThat(before.ended()).isNotDone();

    network.link(HAMBURG).restore();
    awaitBasis("estimated", "live");
    network.link(BERLIN).restore();
    awaitBasis("live", "live");
    assertThat(before.ended()).isNotDone();
    assertThat(during.ended()).isNotDone();
    callers.hangUpAll(SOON);
    awaitReady(2, 2);
    awaitAgreed();
  }

  /** Whoever asks why a call went there is told what was believed of that site then. */
  @Test
  void shouldSendCallsToACutSiteByItsEstimateAndSayWhatItWas() throws Exception {
    FourWeeks.load(network.controller(), "berlin");
    seat(2, 0);
    assertThat(call(2).byStatus()).containsOnlyKeys(200);
    awaitReady(2, 0);
    int before = TestNetwork.history(network.controller()).size();

    network.link(BERLIN).cut();
    await()
        .atMost(SOON)
        .until(() -> network.seen(BERLIN).path("estimate").path("figures").size() == 5);
    assertThat(call(1).byStatus()).containsOnlyKeys(200);

    JsonNode sent =
        await()
            .atMost(SOON)
            .until(() -> TestNetwork.history(network.controller()), all -> all.size() == before + 1)
            .getFirst();
    assertThat(sent.path("agent").asText()).startsWith("berlin.somebody");
    JsonNode why =
        network.controller().ask("/api/v1/calls/" + sent.path("call").asText() + "/explanation");
    assertThat(why.path("summary").toString())
        .contains("Site berlin, which cannot be asked, is believed to have an agent: ");
    JsonNode choice = why.path("choices").get(0);
    assertThat(choice.path("considered").get(0).path("verdict").asText()).isEqualTo("estimated");
    JsonNode site = choice.path("sites").findParent("estimate");
    assertThat(site.path("site").asText()).isEqualTo("berlin");
    assertThat(site.path("basis").asText()).isEqualTo("estimated");
    assertThat(site.path("estimate").path("similarDays").asInt()).isGreaterThanOrEqualTo(3);
    for (String figure : List.of("ready", "waiting", "loggedIn")) {
      JsonNode range = site.path("estimate").path(figure);
      assertThat(range.path("low").asInt()).isLessThanOrEqualTo(range.path("median").asInt());
      assertThat(range.path("high").asInt()).isGreaterThanOrEqualTo(range.path("median").asInt());
    }
  }
}

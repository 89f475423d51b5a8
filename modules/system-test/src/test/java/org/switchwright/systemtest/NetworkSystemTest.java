package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** A site and the controller that watches it, each a process of its own, and a link to be cut. */
class NetworkSystemTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String BEAT = "network.heartbeat = 500ms";

  @TempDir private Path home;
  private UserAgents phones;
  private UserAgents callers;
  private TestSite berlin;
  private TestSite controller;
  private ServerProcess site;
  private ServerProcess watching;
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    phones = UserAgents.at("127.0.0.1").port(0).start();
    callers = UserAgents.at("127.0.0.1").port(0).start();
    Path there = Files.createDirectories(home.resolve("berlin"));
    berlin = TestSite.prepare(there, 2, "site.name = berlin");
    site = ServerProcess.start(berlin.configuration(), home.resolve("berlin.log"));
    relay = Relay.to(berlin.http());
    admit();
    Path here = Files.createDirectories(home.resolve("hq"));
    controller =
        TestSite.prepare(
            here,
            1,
            "site.name = headquarters",
            BEAT,
            "network.sites.berlin.url = \"http://127.0.0.1:" + relay.port() + "\"",
            "network.sites.berlin.token-file = \"" + home.resolve("berlin.token") + "\"");
    watching = ServerProcess.start(controller.configuration(), home.resolve("hq.log"));
  }

  private void admit() throws Exception {
    JsonNode made = berlin.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Files.writeString(home.resolve("berlin.token"), made.path("token").asText() + "\n");
  }

  @AfterEach
  void stop() throws Exception {
    callers.close();
    phones.close();
    ServerProcess.closeAll(List.of(watching, site));
    relay.close();
  }

  private JsonNode seen() throws Exception {
    JsonNode items = controller.ask("/api/v1/network").path("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private boolean seenAs(String basis, int ready, int talking, int waiting) throws Exception {
    JsonNode seen = seen();
    return seen.path("basis").asText().equals(basis)
        && seen.path("agentsReady").asInt(-1) == ready
        && seen.path("callsTalking").asInt(-1) == talking
        && seen.path("callsWaiting").asInt(-1) == waiting;
  }

  private void awaitSeen(String basis, int ready, int talking, int waiting) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> seenAs(basis, ready, talking, waiting));
  }

  /** Numbers and names of the site's events, as it tells them itself. */
  private List<String> told() throws Exception {
    List<String> told = new ArrayList<>();
    for (JsonNode event : Events.of(berlin, "site.")) {
      told.add(event.path("entity").path("sequence") + " " + event.path("name").asText());
    }
    return told;
  }

  /** The same, as the controller has them in its journal. */
  private List<String> journaled() throws Exception {
    List<String> journaled = new ArrayList<>();
    for (JsonNode event : Events.of(controller, "monitor.reported")) {
      for (JsonNode report : event.path("data").path("reports")) {
        journaled.add(report.path("sequence") + " " + report.path("name").asText());
      }
    }
    return journaled;
  }

  @Test
  void shouldKnowASiteLiveAndByItsLastReportsWhileTheLinkIsCut() throws Exception {
    berlin
        .ready(phones, 1)
        .behave(Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10)));
    awaitSeen("live", 1, 0, 0);
    Call talking = berlin.call(callers, "sales");
    talking.awaitEstablished(SOON);
    Call waiting = berlin.call(callers, "sales");
    awaitSeen("live", 0, 1, 1);
    assertThat(seen().path("link").path("state").asText()).isEqualTo("up");

    relay.cut();
    awaitSeen("estimated", 0, 1, 1);
    await().atMost(SOON).until(() -> seen().path("link").path("state").asText().equals("down"));
    JsonNode cut = seen();
    assertThat(cut.path("link").path("trouble").asText()).isEqualTo("silent");
    // The site goes on without its controller; who waits is served, and the talk is not harmed.
    berlin
        .ready(phones, 2)
        .behave(Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10)));
    waiting.awaitEstablished(SOON);
    assertThat(talking.ended()).isNotDone();
    assertThat(seenAs("estimated", 0, 1, 1)).isTrue();

    watching.kill();
    watching = ServerProcess.start(controller.configuration(), home.resolve("hq-again.log"));
    assertThat(seenAs("estimated", 0, 1, 1)).isTrue();
    assertThat(seen().path("link").path("heardAt")).isEqualTo(cut.path("link").path("heardAt"));

    relay.restore();
    awaitSeen("live", 0, 2, 0);
    callers.hangUpAll(SOON);
    awaitSeen("live", 2, 0, 0);
    await().atMost(SOON).until(() -> seen().path("link").path("behind").asInt(-1) == 0);
    assertThat(journaled()).isNotEmpty().isEqualTo(told());
    await().atMost(SOON).until(() -> seen().path("link").path("agrees").asBoolean());
  }

  /** What was told of it by the second in which that was told. */
  private JsonNode believed(JsonNode estimate) throws Exception {
    Instant at = Instant.parse(estimate.path("at").asText()).plusMillis(3_999);
    return controller.ask("/api/v1/network/berlin/estimate?at=" + at).path("estimate");
  }

  private JsonNode awaitEstimate() {
    return await()
        .atMost(SOON)
        .until(() -> seen().path("estimate"), it -> it.path("figures").size() == 5);
  }

  @Test
  void shouldGoOnWithTheSameEstimateAfterItWasKilled() throws Exception {
    FourWeeks.load(controller, "berlin");
    berlin
        .ready(phones, 1)
        .behave(Behaviour.answerAfter(Duration.ofMillis(200)).talkFor(Duration.ofMinutes(10)));
    awaitSeen("live", 1, 0, 0);
    Call talking = berlin.call(callers, "sales");
    talking.awaitEstablished(SOON);
    awaitSeen("live", 0, 1, 0);

    relay.cut();
    JsonNode estimate = awaitEstimate();
    assertThat(estimate.path("similarDays").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(estimate.path("figures").get(1).path("reported").asDouble()).isEqualTo(1);
    assertThat(believed(estimate)).isEqualTo(estimate);

    watching.kill();
    watching = ServerProcess.start(controller.configuration(), home.resolve("hq-again.log"));
    assertThat(believed(estimate)).isEqualTo(estimate);
    JsonNode later = awaitEstimate();
    assertThat(later.path("cutAt")).isEqualTo(estimate.path("cutAt"));
    assertThat(believed(later)).isEqualTo(later);

    relay.restore();
    awaitSeen("live", 0, 1, 0);
    assertThat(seen().has("estimate")).isFalse();
    assertThat(believed(estimate)).isEqualTo(estimate);
    assertThat(believed(later)).isEqualTo(later);
  }

  @Test
  void shouldFollowOnAfterResetsAPauseAndARestartOfTheSite() throws Exception {
    berlin.ready(phones, 1);
    awaitSeen("live", 1, 0, 0);
    Phone second = berlin.ready(phones, 2);
    for (int n = 0; n < 5; n++) {
      relay.reset();
      berlin.dial(second, "*10");
      berlin.dial(second, "*11");
    }
    awaitSeen("live", 2, 0, 0);

    // It stands still, and the connections to it stay open.
    site.pause();
    await().atMost(SOON).until(() -> seen().path("link").path("state").asText().equals("down"));
    assertThat(seenAs("estimated", 2, 0, 0)).isTrue();
    site.resume();
    awaitSeen("live", 2, 0, 0);

    site.close();
    await().atMost(SOON).until(() -> seen().path("link").path("state").asText().equals("down"));
    site = ServerProcess.start(berlin.configuration(), home.resolve("berlin-again.log"));
    await().atMost(SOON).until(() -> seen().path("basis").asText().equals("live"));
    await().atMost(SOON).until(() -> seen().path("link").path("behind").asInt(-1) == 0);
    assertThat(journaled()).isEqualTo(told());
  }

  /** The database is the very same one, of an hour ago. */
  @Test
  void shouldStartOverWhereASiteWasRestoredFromACopy() throws Exception {
    berlin.ready(phones, 1);
    awaitSeen("live", 1, 0, 0);
    site.close();
    Path data = home.resolve("berlin").resolve("data");
    copy(data, home.resolve("backup"));
    site = ServerProcess.start(berlin.configuration(), home.resolve("berlin-2.log"));
    Phone second = berlin.ready(phones, 2);
    for (int n = 0; n < 3; n++) {
      berlin.dial(second, "*10");
      berlin.dial(second, "*11");
    }
    awaitSeen("live", 2, 0, 0);
    long reported = seen().path("link").path("reported").asLong();

    site.close();
    Files.move(data, home.resolve("lost"));
    copy(home.resolve("backup"), data);
    site = ServerProcess.start(berlin.configuration(), home.resolve("berlin-3.log"));

    await().atMost(SOON).until(() -> seen().path("link").path("reported").asLong() < reported);
    // All of its history comes once more; what is still amiss is to be seen.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() ->
            assertThat(seen().toString())
                .as(() -> said("hq.log") + said("berlin-3.log"))
                .contains("\"agrees\":true"));
    await().atMost(SOON).until(() -> seen().path("basis").asText().equals("live"));
    List<String> all = journaled();
    List<String> told = told();
    assertThat(all.subList(all.size() - told.size(), all.size())).isEqualTo(told);
  }

  /** For whoever has to find out why. */
  private String said(String log) {
    try {
      return "\n" + log + ":\n" + Files.readString(home.resolve(log)) + "\n";
    } catch (IOException e) {
      return log + ": " + e;
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
    assertThat(copying.waitFor()).isZero();
  }

  @Test
  void shouldNotFollowASiteThatDismissedIt() throws Exception {
    await().atMost(SOON).until(() -> seen().path("basis").asText().equals("live"));

    berlin.delete("/api/v1/status/links/headquarters");
    await()
        .atMost(SOON)
        .until(() -> seen().path("link").path("trouble").asText().equals("refused"));
    assertThat(seen().path("basis").asText()).isEqualTo("estimated");

    admit();
    watching.close();
    watching = ServerProcess.start(controller.configuration(), home.resolve("hq-again.log"));
    await().atMost(SOON).until(() -> seen().path("basis").asText().equals("live"));
  }
}

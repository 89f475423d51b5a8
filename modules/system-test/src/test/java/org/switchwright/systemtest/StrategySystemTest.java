package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.server.command.Switchwright;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallRequest;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** A strategy is published, replaced and taken back while callers wait. */
class StrategySystemTest {
  /** Nobody is that good at support; after a while whoever knows sales will do. */
  private static final String FIRST =
      """
      name = care
      time-zone = "Europe/Berlin"
      points = [sales]
      cases = [
        { name = "not from there", when = "caller.startsWith('+1')", refuse = yes }
        {
          name = "experts first"
          targets = [support]
          skills { support = 9 }
          steps = [ { after = 8s, targets = [sales], skills { sales = 1 } } ]
        }
      ]
      """;

  private static final String SECOND =
      """
      name = care
      time-zone = "Europe/Berlin"
      points = [sales]
      cases = [ { name = "experts only", targets = [support], skills { support = 9 } } ]
      """;

  private static final String WITHOUT_MUSIC =
      """
      name = care
      time-zone = "Europe/Berlin"
      points = [sales]
      cases = [
        { name = "all", targets = [support], treatment = polka }
      ]
      """;

  private static final String BY_TIER =
      """
      name = care
      time-zone = "Europe/Berlin"
      points = [sales]
      cases = [
        { name = "gold", when = "attached.tier == 'gold'", targets = [support] }
        { name = "everybody", targets = [sales] }
      ]
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path home;

  private final Set<String> seen = new HashSet<>();

  @Test
  void shouldKeepTheVersionOfACallThatWaitsAndSayWhyItWentWhere() throws Exception {
    TestSite site = TestSite.prepare(home, 2);
    try (ServerProcess _ = ServerProcess.start(site.configuration(), home.resolve("server.log"));
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      Phone phone = site.ready(phones, 1);
      phone.behave(Behaviour.answer());

      publish(site, FIRST, "experts first");
      Call early = site.call(callers, "sales");
      String earlyId = next(site);
      publish(site, SECOND, "nobody else");
      Call late = site.call(callers, "sales");
      String lateId = next(site);
      early.awaitEstablished(SOON);
      phone.awaitCall(1, SOON).awaitEstablished(SOON);

      // The story is found by way of the views, which follow the journal at some distance.
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(run(site, "explain", earlyId)).contains("agent-01 was"));
      assertThat(run(site, "explain", earlyId))
          .contains("Case 2 \"experts first\" of strategy care (version 1) applied: queue support")
          .contains("needing support at level 9")
          .contains("Step 1 of the strategy: queue sales, needing sales at level 1")
          .contains("agent-01 was chosen: has what strategy care asks for")
          .contains("agent-02 was logged out");
      assertThat(run(site, "explain", lateId))
          .contains("Case 1 \"experts only\" of strategy care (version 2) applied: queue support");

      Path silent = Files.writeString(home.resolve("silent.conf"), WITHOUT_MUSIC);
      assertThat(
              refused(
                  site, "strategy", "publish", silent.toString(), "--by", "ann", "--why", "quiet"))
          .contains("strategy:5:40: expected music of this site, but got \"polka\"");

      early.hangUp();
      run(site, "strategy", "rollback", "care", "0", "--by", "ben", "--why", "callers wait");
      Call plain = site.call(callers, "sales");
      phone.awaitCall(2, SOON).awaitEstablished(SOON);
      String plainId = next(site);
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(run(site, "explain", plainId)).contains("agent-01 was"));
      assertThat(run(site, "explain", plainId))
          .doesNotContain("strategy")
          .contains("has what queue sales asks for");
      assertThat(run(site, "strategy", "list")).contains("experts first", "nobody else", "ann");
      plain.hangUp();
      late.hangUp();
    }
  }

  /** A header counts where a trunk wrote it, and not where anybody may have. */
  @Test
  void shouldLookAtWhatATrunkTellsOfItsCallers() throws Exception {
    TestSite site =
        TestSite.prepare(
            home,
            1,
            "sip.attached-data { from = [127.0.0.1], headers { tier = X-Customer-Tier } }");
    try (ServerProcess _ = ServerProcess.start(site.configuration(), home.resolve("server.log"));
        UserAgents trunk = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents anybody = UserAgents.at("127.0.0.2").port(0).start()) {
      publish(site, BY_TIER, "the best first");

      List<String> cases = new ArrayList<>();
      List<String> stories = new ArrayList<>();
      for (var call :
          List.of(
              caller(trunk, site).header("X-Customer-Tier", "gold"),
              caller(trunk, site).header("X-Customer-Tier", "tin"),
              caller(trunk, site),
              caller(trunk, site).header("X-Customer-Tier", "gold".repeat(65)),
              caller(trunk, site)
                  .header("X-Customer-Tier", "gold")
                  .header("X-Customer-Tier", "tin"),
              caller(anybody, site).header("X-Customer-Tier", "gold"))) {
        Call placed = call.place();
        String id = next(site);
        await()
            .atMost(SOON)
            .untilAsserted(() -> assertThat(run(site, "explain", id)).contains("Case "));
        String story = run(site, "explain", id);
        stories.add(run(site, "call", "timeline", id));
        cases.add(story.contains("Case 1 \"gold\"") ? "gold" : "rest");
        placed.hangUp();
      }

      assertThat(cases).containsExactly("gold", "rest", "rest", "rest", "rest", "rest");
      assertThat(stories.getFirst()).contains("telling its tier");
      assertThat(stories.getLast()).doesNotContain("tier");
    }
  }

  private static CallRequest caller(UserAgents host, TestSite site) {
    return host.caller("+49301").call("sip:sales@127.0.0.1", site.edge());
  }

  private void publish(TestSite site, String text, String why) throws Exception {
    Path file = Files.writeString(home.resolve("care.conf"), text);
    assertThat(run(site, "strategy", "publish", file.toString(), "--by", "ann", "--why", why))
        .contains("Strategy care is in force for new calls");
  }

  /** The call that was not there before. */
  private String next(TestSite site) {
    List<String> fresh = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          fresh.clear();
          for (JsonNode call : site.ask("/api/v1/calls").path("items")) {
            fresh.add(call.path("call").asText());
          }
          fresh.removeAll(seen);
          return !fresh.isEmpty();
        });
    seen.addAll(fresh);
    return fresh.getFirst();
  }

  /** What a command prints. */
  static String run(TestSite site, String... words) {
    return printed(site, 0, System.out, System::setOut, words);
  }

  /** What a command complains of. */
  private static String refused(TestSite site, String... words) {
    return printed(site, 1, System.err, System::setErr, words);
  }

  private static String printed(
      TestSite site, int code, PrintStream before, Consumer<PrintStream> set, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--config", site.configuration().toString()));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    set.accept(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(Switchwright.execute(command.toArray(String[]::new))).isEqualTo(code);
    } finally {
      set.accept(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}

package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.CallEvent;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** {@code kill -9}, and a start on what is left: the journal. */
class KilledServerSystemTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path home;

  @Test
  void shouldGoOnWithEveryConversationPlaceAndRingingCall() throws Exception {
    TestSite site = TestSite.prepare(home, 2, "site.queue-defaults.ring-timeout = 30s");
    Path log = home.resolve("server.log");
    ServerProcess server = ServerProcess.start(site.configuration(), log);
    try (UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      Phone talker = site.ready(phones, 1);
      talker.behave(Behaviour.answer());
      Call talking = site.call(callers, "sales");
      talking.awaitEstablished(SOON);
      Call agents = talker.awaitCall(1, SOON);

      Phone ringer = site.phone(phones, 2);
      ringer.behave(Behaviour.ring());
      ringer.register();
      ringer.awaitRegistered(SOON);
      site.dial(ringer, "*11");
      Call ringing = site.call(callers, "sales");
      ringing.awaitProvisional(180, SOON);
      List<Call> waiting = new ArrayList<>();
      for (int n = 0; n < 5; n++) {
        Call call = site.call(callers, "sales");
        call.awaitEarlyMedia(SOON);
        waiting.add(call);
      }

      server.kill();
      Instant down = Instant.now();
      await().atMost(SOON).until(() -> hears(talking, agents));
      ringer.behave(Behaviour.answer());
      server = ServerProcess.start(site.configuration(), log);

      talking.awaitReInvited(1, SOON);
      agents.awaitReInvited(1, SOON);
      assertThat(talking.audio().audibleSince(down)).contains(agents.audio().local());
      ringing.awaitEstablished(SOON);
      ringing.hangUp();
      for (Call call : waiting) {
        call.awaitEstablished(SOON);
        assertThat(othersUp(waiting, call)).isZero();
        call.hangUp();
        call.awaitEnded(SOON);
      }
      talking.hangUp();
      agents.awaitEnded(SOON);
      assertThat(agents.events(CallEvent.Ended.class)).hasSize(1);
      shouldHaveCountedEachCallOnce(site, down);
    } finally {
      server.close();
    }
  }

  /** One was talking, one was rung for, and five waited when the server was killed. */
  private static void shouldHaveCountedEachCallOnce(TestSite site, Instant down) throws Exception {
    String around =
        "/api/v1/statistics?from=" + down.minusSeconds(600) + "&to=" + down.plusSeconds(600);
    await()
        .atMost(SOON)
        .until(
            () -> figures(site.ask(around)).equals(figures(site.ask(around + "&source=journal"))));

    JsonNode total = site.ask(around).path("total");
    assertThat(total.path("offered").asInt()).isEqualTo(7);
    assertThat(total.path("answered").asInt()).isEqualTo(7);
    assertThat(total.path("abandoned").asInt()).isZero();
  }

  private static JsonNode figures(JsonNode statistics) {
    ((ObjectNode) statistics).remove("asOf");
    return statistics;
  }

  /** Callers are served one after the other, in the order in which they came. */
  private static long othersUp(List<Call> calls, Call but) {
    return calls.stream()
        .skip(calls.indexOf(but) + 1L)
        .filter(it -> it.established().isDone())
        .count();
  }

  private static boolean hears(Call one, Call other) {
    Instant recently = Instant.now().minus(Duration.ofMillis(200));
    return one.audio().audibleSince(recently).contains(other.audio().local());
  }
}

package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;
import static org.switchwright.systemtest.ThreeNodeSite.dial;

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

/** An operator stops one of three nodes in the middle of its calls. */
class StoppedNodeSystemTest {
  private static final int TALKING = 3;
  private static final int WAITING = 4;
  private static final int STOPPED = 2;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path home;

  private record Pair(Call caller, Call agent) {}

  @Test
  void shouldHandItsCallsToTheOthers() throws Exception {
    try (ThreeNodeSite site = ThreeNodeSite.start(home, TALKING);
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      List<Pair> talking = new ArrayList<>();
      for (int agent = 1; agent <= TALKING; agent++) {
        Phone phone = site.phone(phones, agent, agent == STOPPED ? 1 : agent);
        phone.behave(Behaviour.answer());
        dial(phone, "*11");
        Call call = site.call(callers, STOPPED, "sales");
        call.awaitEstablished(SOON);
        talking.add(new Pair(call, phone.awaitCall(1, SOON)));
      }
      List<Call> waiting = new ArrayList<>();
      for (int n = 0; n < WAITING; n++) {
        Call call = site.call(callers, STOPPED, "sales");
        call.awaitEarlyMedia(SOON);
        waiting.add(call);
      }

      site.stop(STOPPED);
      Instant stopped = Instant.now();

      for (Pair pair : talking) {
        pair.caller().awaitReInvited(1, SOON);
        pair.agent().awaitReInvited(1, SOON);
        await().atMost(SOON).until(() -> hearSince(pair, stopped));
      }
      for (Pair pair : talking) {
        pair.caller().hangUp();
        pair.agent().awaitEnded(SOON);
        assertThat(pair.agent().events(CallEvent.Ended.class)).hasSize(1);
      }
      for (Call call : waiting) {
        call.awaitEstablished(SOON);
        call.hangUp();
        call.awaitEnded(SOON);
      }
      await().atMost(SOON).until(() -> site.count("SELECT count(*) FROM live_call") == 0);
      assertThat(site.journaled("call.arrived")).isEqualTo(TALKING + WAITING);
      assertThat(site.journaled("call.ended")).isEqualTo(TALKING + WAITING);

      site.startAgain(STOPPED);
      Call next = site.call(callers, STOPPED, "sales");
      next.awaitEstablished(SOON);
      next.hangUp();
      next.awaitEnded(SOON);
    }
  }

  private static boolean hearSince(Pair pair, Instant since) {
    Instant from = since.plus(Duration.ofMillis(200));
    return pair.caller().audio().audibleSince(from).contains(pair.agent().audio().local())
        && pair.agent().audio().audibleSince(from).contains(pair.caller().audio().local());
  }
}

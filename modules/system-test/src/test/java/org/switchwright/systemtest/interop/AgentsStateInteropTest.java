package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.cluster.view.AgentStates.Work;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.agent.Agent;
import org.switchwright.systemtest.TestSite;

/** What an agent's state becomes by a restart, and by the death of the phone. */
@Tag("interop")
class AgentsStateInteropTest {
  private static final Duration SOON = TestSite.SOON;
  private static final int AGENT = 1;

  /** The next caller waits through the restart, and for all of the wrap-up. */
  @Test
  void shouldNotCutWrapUpShortByARestart(@TempDir Path home) throws Exception {
    try (SippSite site = SippSite.start(home, AGENT, "site.queues.sales.wrap-up = 25s");
        Sipp agent = Sipp.scenario("agent").start()) {
      site.ready(agent.port(), AGENT, AGENT);
      Instant began = Instant.now();
      try (Sipp first = site.callers("caller", "sales").calls(1).start()) {
        assertThat(first.awaitExit(SOON)).as("see %s", first.output()).isZero();
      }
      await().atMost(SOON).until(() -> now(site).work() == Work.WRAP_UP);
      Instant until = now(site).workUntil().orElseThrow();

      site.restart();

      assertThat(now(site).work()).isEqualTo(Work.WRAP_UP);
      assertThat(now(site).workUntil()).contains(until);
      try (Sipp second = site.callers("caller", "sales").calls(1).start()) {
        assertThat(second.awaitExit(SOON)).as("see %s", second.output()).isZero();
        assertThat(second.notes("FINAL")).allMatch(note -> note.startsWith("200")).hasSize(1);
      }
      PastCall call = site.awaitOver(began, 2).getFirst();
      assertThat(call.answeredAt().orElseThrow()).isAfterOrEqualTo(until);
      assertThat(call.offers()).isEqualTo(1);
    }
  }

  @Test
  void shouldMakeAnAgentNotReadyWhosePhoneWasKilled(@TempDir Path home) throws Exception {
    try (SippSite site =
            SippSite.start(home, AGENT, "sip.probe { interval = 1s, answer-within = 1s }");
        Baresip phone = Baresip.start(site.site(), AGENT)) {
      await().atMost(SOON).until(() -> site.state(AGENT).filter(AgentNow::station).isPresent());
      site.wish(AGENT, new Agent.LogIn(Instant.now()));
      site.wish(AGENT, new Agent.BeReady(Instant.now()));
      await().atMost(SOON).until(() -> now(site).routable());

      phone.kill();

      await().atMost(SOON).until(() -> now(site).wish() == WishKind.NOT_READY);
      assertThat(now(site).reason()).isEqualTo(Optional.of("unreachable"));
    }
  }

  private static AgentNow now(SippSite site) throws Exception {
    return site.state(AGENT).orElseThrow();
  }
}

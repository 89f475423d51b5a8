package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.systemtest.TestSite;

/** Rules of queues and agents, as far as phones of sipp can show them. */
@Tag("interop")
class RulesInteropTest {
  private static final Duration SOON = TestSite.SOON;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static AgentNow now(SippSite site, int agent) throws Exception {
    return site.state(agent).orElseThrow();
  }

  private static void wentAsPlanned(Sipp sipp) throws InterruptedException {
    assertThat(sipp.awaitExit(SOON)).as("see %s", sipp.output()).isZero();
  }

  private static void servedBySecond(PastCall call, int offers) {
    assertThat(call.outcome()).contains(CallOutcome.SERVED);
    assertThat(call.agent()).contains(new AgentId(TestSite.agent(SECOND)));
    assertThat(call.offers()).isEqualTo(offers);
  }

  /** The first rings on while the second is tried, and has missed nothing when that one answers. */
  @Test
  void shouldRingOneMoreAgentAfterEachStep(@TempDir Path home) throws Exception {
    try (SippSite site =
            SippSite.start(
                home,
                2,
                "site.queues.sales { agents-by = ring-progressively, ring-step = 1s }",
                "site.queues.sales.ring-timeout = 20s");
        Sipp first = Sipp.scenario("agent-misses").calls(1).start();
        Sipp second = Sipp.scenario("agent").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);
      Instant began = Instant.now();

      try (Sipp caller = site.callers("caller", "sales").calls(1).start()) {
        await().atMost(SOON).until(() -> !second.notes("OFFERED").isEmpty());
        assertThat(first.notes("OFFERED")).hasSize(1);
        wentAsPlanned(caller);
      }
      wentAsPlanned(first);
      wentAsPlanned(second);
      assertThat(first.notes("CANCELLED")).hasSize(1);
      PastCall call = site.awaitOver(began, 1).getFirst();
      servedBySecond(call, 2);
      assertThat(Duration.between(call.arrivedAt(), call.answeredAt().orElseThrow()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      await().atMost(SOON).until(() -> now(site, FIRST).routable());
    }
  }

  /** A miss may happen; whoever misses twice in turn is not there. */
  @Test
  void shouldMakeAnAgentNotReadyAfterSoManyMisses(@TempDir Path home) throws Exception {
    try (SippSite site =
            SippSite.start(home, 2, "site.delays { missed = 1s, misses-to-not-ready = 2 }");
        Sipp first = Sipp.scenario("agent-misses").calls(2).start();
        Sipp second = Sipp.scenario("agent").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      Instant began = Instant.now();

      try (Sipp caller = site.callers("caller", "sales").calls(1).start()) {
        await().atMost(SOON).until(() -> first.notes("CANCELLED").size() == 1);
        assertThat(now(site, FIRST).wish()).isEqualTo(WishKind.READY);
        await().atMost(SOON).until(() -> now(site, FIRST).wish() == WishKind.NOT_READY);
        assertThat(first.notes("CANCELLED")).hasSize(2);
        assertThat(now(site, FIRST).reason()).contains("missed");
        site.ready(second.port(), SECOND, SECOND);
        wentAsPlanned(caller);
      }
      wentAsPlanned(first);
      servedBySecond(site.awaitOver(began, 1).getFirst(), 3);
    }
  }

  /** Who hangs up while waiting and calls again soon is served before whoever came in between. */
  @Test
  void shouldKeepThePlaceOfACallerWhoCallsBack(@TempDir Path home) throws Exception {
    try (SippSite site = SippSite.start(home, 2, "site.queues.sales.keep-place = 60s");
        Sipp agent = Sipp.scenario("agent").with("-l", "1").start()) {
      Instant began = Instant.now();
      try (Sipp erika = calling(site, "caller-abandons", "erika")) {
        wentAsPlanned(erika);
      }
      site.awaitOver(began, 1);

      try (Sipp max = calling(site, "caller", "max")) {
        await().atMost(SOON).until(() -> !max.notes("PROVISIONAL").isEmpty());
        try (Sipp erika = calling(site, "caller", "erika")) {
          await().atMost(SOON).until(() -> !erika.notes("PROVISIONAL").isEmpty());
          site.ready(agent.port(), FIRST, FIRST);
          wentAsPlanned(erika);
          wentAsPlanned(max);
        }
      }
      List<PastCall> newestFirst = site.awaitOver(began, 3);
      assertThat(newestFirst.getLast().outcome()).contains(CallOutcome.ABANDONED);
      Instant erikaAnswered = newestFirst.getFirst().answeredAt().orElseThrow();
      Instant maxAnswered = newestFirst.get(1).answeredAt().orElseThrow();
      assertThat(erikaAnswered).isBefore(maxAnswered);
    }
  }

  private static Sipp calling(SippSite site, String scenario, String caller) throws Exception {
    return site.callers(scenario, "sales")
        .replacing("caller-[call_number]", caller)
        .calls(1)
        .start();
  }
}

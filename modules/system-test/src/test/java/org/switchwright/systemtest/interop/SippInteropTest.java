package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.systemtest.Ports;
import org.switchwright.systemtest.TestSite;

/** Callers and agents of sipp, in each situation that a call can meet. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SippInteropTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private SippSite site;
  private Instant began;

  @BeforeAll
  void start(@TempDir Path home) throws Exception {
    site = SippSite.start(home, 2);
  }

  @AfterAll
  void stop() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void begin() {
    began = Instant.now();
  }

  @AfterEach
  void sendAgentsHome() throws Exception {
    site.logOut(FIRST, SECOND);
    for (int agent : List.of(FIRST, SECOND)) {
      await()
          .atMost(SOON)
          .until(() -> site.state(agent).orElseThrow().wish() == AgentStates.WishKind.LOGGED_OUT);
    }
  }

  private static void wentAsPlanned(Sipp sipp) throws InterruptedException {
    assertThat(sipp.awaitExit(SOON)).as("see %s", sipp.output()).isZero();
  }

  private static Sipp one(String scenario) throws Exception {
    return Sipp.scenario(scenario).calls(1).keepingMessages().start();
  }

  private Sipp caller(String scenario, String point) throws Exception {
    return site.callers(scenario, point).calls(1).keepingMessages().start();
  }

  private PastCall theCall() {
    List<PastCall> over = site.awaitOver(began, 1);
    assertThat(over).hasSize(1);
    return over.getFirst();
  }

  private static void heard(Sipp caller, String... finals) {
    assertThat(caller.notes("FINAL"))
        .extracting(note -> note.substring(0, note.indexOf(' ')))
        .containsExactly(finals);
  }

  private void servedBy(PastCall call, int agent, int offers) {
    assertThat(call.outcome()).contains(CallOutcome.SERVED);
    assertThat(call.agent()).contains(new AgentId(TestSite.agent(agent)));
    assertThat(call.offers()).isEqualTo(offers);
  }

  @Test
  void shouldConnectCallerWithFreeAgentDirectly() throws Exception {
    try (Sipp agent = one("agent")) {
      site.ready(agent.port(), FIRST, FIRST);

      try (Sipp caller = caller("caller", "sales")) {
        wentAsPlanned(caller);
        wentAsPlanned(agent);

        heard(caller, "200");
        assertThat(caller.notes("REINVITED")).isEmpty();
      }
      servedBy(theCall(), FIRST, 1);
      assertThat(theCall().queuedAt()).isEmpty();
    }
  }

  @Test
  void shouldPlayTreatmentThenJoinWaitingCallerByReInvite() throws Exception {
    waitedThenAnswered("sales");
  }

  @Test
  void shouldAnswerWithTreatmentThenJoinWaitingCallerByReInvite() throws Exception {
    waitedThenAnswered("support");
  }

  private void waitedThenAnswered(String point) throws Exception {
    try (Sipp agent = one("agent");
        Sipp caller = caller("caller", point)) {
      await().atMost(SOON).until(() -> !caller.notes().isEmpty());

      site.ready(agent.port(), FIRST, FIRST);
      wentAsPlanned(caller);
      wentAsPlanned(agent);

      heard(caller, "200");
      assertThat(caller.notes("REINVITED")).isNotEmpty();
      servedBy(theCall(), FIRST, 1);
      assertThat(theCall().queuedAt()).isPresent();
    }
  }

  @Test
  void shouldLetCallerAbandonQueue() throws Exception {
    try (Sipp caller = caller("caller-abandons", "sales")) {
      wentAsPlanned(caller);

      heard(caller, "487");
      assertThat(theCall().outcome()).contains(CallOutcome.ABANDONED);
      assertThat(theCall().offers()).isZero();
    }
  }

  @Test
  void shouldLetCallerAbandonRinging() throws Exception {
    try (Sipp agent = one("agent-misses")) {
      site.ready(agent.port(), FIRST, FIRST);

      try (Sipp caller = caller("caller-abandons", "sales")) {
        wentAsPlanned(caller);
        wentAsPlanned(agent);

        heard(caller, "487");
        assertThat(theCall().outcome()).contains(CallOutcome.ABANDONED);
        assertThat(theCall().offers()).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldOfferToNextAgentWhenFirstRejects() throws Exception {
    nextAfter("agent-rejects", "REFUSED");
  }

  @Test
  void shouldOfferToNextAgentWhenFirstIsBusy() throws Exception {
    nextAfter("agent-busy", "REFUSED");
  }

  @Test
  void shouldOfferToNextAgentWhenFirstMisses() throws Exception {
    nextAfter("agent-misses", "CANCELLED");

    AgentStates.AgentNow first = site.state(FIRST).orElseThrow();
    assertThat(first.wish()).isEqualTo(AgentStates.WishKind.NOT_READY);
    assertThat(first.reason()).contains("missed");
  }

  private void nextAfter(String scenario, String note) throws Exception {
    try (Sipp first = one(scenario);
        Sipp second = one("agent")) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);

      try (Sipp caller = caller("caller", "sales")) {
        wentAsPlanned(caller);
        wentAsPlanned(second);

        wentAsPlanned(first);
        heard(caller, "200");
        assertThat(first.notes(note)).hasSize(1);
        servedBy(theCall(), SECOND, 2);
      }
    }
  }

  @Test
  void shouldOfferToNextAgentWhenFirstIsUnreachable() throws Exception {
    int nobody = Ports.udp("127.0.0.1");
    try (Sipp second = one("agent")) {
      site.ready(nobody, FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);

      try (Sipp caller = caller("caller", "sales")) {
        wentAsPlanned(caller);
        wentAsPlanned(second);

        heard(caller, "200");
        servedBy(theCall(), SECOND, 2);
        await().atMost(SOON).until(() -> !site.state(FIRST).orElseThrow().station());
      }
    }
  }

  @Test
  void shouldPassHoldAndResumeThrough() throws Exception {
    try (Sipp agent = one("agent-held")) {
      site.ready(agent.port(), FIRST, FIRST);

      try (Sipp caller = caller("caller-holds", "sales")) {
        wentAsPlanned(caller);
        wentAsPlanned(agent);

        assertThat(caller.notes("HEARD")).hasSize(1);
        assertThat(agent.notes("HEARD")).hasSize(1);
        assertThat(caller.notes("RESUMED")).hasSize(1);
        assertThat(agent.notes("RESUMED")).hasSize(1);
        servedBy(theCall(), FIRST, 1);
      }
    }
  }
}

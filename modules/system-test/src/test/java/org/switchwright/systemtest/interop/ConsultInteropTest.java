package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.server.command.Switchwright;
import org.switchwright.systemtest.TestSite;

/** An agent asks another one by command; all three phones are sipp's. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsultInteropTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static final String TALKS =
      "SELECT agent, consulted_ms FROM call_offering"
          + " WHERE call_id = ? AND talked_until IS NOT NULL ORDER BY offer";

  private SippSite site;

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

  @AfterEach
  void sendAgentsHome() throws Exception {
    site.logOut(FIRST, SECOND);
  }

  @Test
  void shouldGiveTheCallerToWhoeverWasAsked() throws Exception {
    PastCall call = consulted("complete");

    assertThat(call.agent()).contains(new AgentId(TestSite.agent(SECOND)));
  }

  @Test
  void shouldGiveTheCallerBackToWhoeverAsked() throws Exception {
    PastCall call = consulted("retrieve");

    assertThat(call.agent()).contains(new AgentId(TestSite.agent(FIRST)));
  }

  private PastCall consulted(String ending) throws Exception {
    Instant began = Instant.now();
    try (Sipp first = Sipp.scenario("agent").calls(1).start();
        Sipp second = Sipp.scenario("agent").with("-mp", "7000").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);
      try (Sipp caller =
          site.callers("caller", "sales")
              .replacing("timeout=\"1000\"", "timeout=\"8000\"")
              .calls(1)
              .start()) {
        await().atMost(SOON).until(() -> !first.notes("ANSWERED").isEmpty());
        String id = liveCall();
        run("call", "consult", id, "--to", "agent:" + TestSite.agent(SECOND));
        await().atMost(SOON).until(() -> !second.notes("ANSWERED").isEmpty());
        await().atMost(SOON).until(() -> first.notes("REINVITED").size() == 2);
        run("call", ending, id);

        wentAsPlanned(caller);
        wentAsPlanned(first);
        wentAsPlanned(second);
        assertThat(caller.notes("REINVITED")).hasSizeGreaterThanOrEqualTo(2);
      }
      PastCall call = site.awaitOver(began, 1).getFirst();
      assertThat(call.outcome()).contains(CallOutcome.SERVED);
      await().atMost(SOON).until(() -> consultedMs(call).size() == 2);
      assertThat(consultedMs(call)).allMatch(ms -> ms > 0);
      return call;
    }
  }

  private String liveCall() {
    List<String> calls = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          calls.clear();
          site.site()
              .ask("/api/v1/calls")
              .path("items")
              .forEach(it -> calls.add(it.path("call").asText()));
          return !calls.isEmpty();
        });
    return calls.getFirst();
  }

  private void run(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--config", site.site().configuration().toString()));
    assertThat(Switchwright.execute(command.toArray(String[]::new))).isZero();
  }

  /** How long each agent who talked did so with the other one, in milliseconds. */
  private List<Long> consultedMs(PastCall call) throws SQLException {
    List<Long> times = new ArrayList<>();
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(TALKS)) {
      select.setString(1, call.call().value());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          times.add(rows.getLong(2));
        }
      }
    }
    return times;
  }

  private static void wentAsPlanned(Sipp sipp) throws InterruptedException {
    assertThat(sipp.awaitExit(SOON)).as("see %s", sipp.output()).isZero();
  }
}

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
import org.switchwright.systemtest.TestSite;

/** Phones of sipp send their callers on, and what is counted of it. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferInteropTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private static final String TALKS =
      "SELECT agent, ended_at, talked_until FROM call_offering"
          + " WHERE call_id = ? AND talked_until IS NOT NULL ORDER BY offer";

  private SippSite site;

  /** How long an agent talked to the caller, as the statistics have it. */
  private record Talk(String agent, Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

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
  void shouldReferTheCallerToAQueue() throws Exception {
    referredTo("support");
  }

  @Test
  void shouldReferTheCallerToAnAgent() throws Exception {
    referredTo(TestSite.agent(SECOND));
  }

  private void referredTo(String target) throws Exception {
    Instant began = Instant.now();
    String address = target + "@" + site.edge();
    try (Sipp first = Sipp.scenario("agent-refers").replacing("TARGET", address).calls(1).start();
        Sipp second = Sipp.scenario("agent").with("-mp", "7000").calls(1).start()) {
      site.ready(first.port(), FIRST, FIRST);
      site.ready(second.port(), SECOND, SECOND);

      // A cold server may need more than the second that callers talk for elsewhere.
      try (Sipp caller =
          site.callers("caller", "sales")
              .replacing("timeout=\"1000\"", "timeout=\"3000\"")
              .calls(1)
              .start()) {
        wentAsPlanned(caller);
        wentAsPlanned(first);
        wentAsPlanned(second);

        assertThat(caller.notes("REINVITED")).isNotEmpty();
        assertThat(first.notes("NOTIFIED")).hasSize(2);
      }
      PastCall call = site.awaitOver(began, 1).getFirst();
      assertThat(call.outcome()).contains(CallOutcome.SERVED);
      assertThat(call.agent()).contains(new AgentId(TestSite.agent(SECOND)));
      await().atMost(SOON).until(() -> talks(call).size() == 2);
      eachTalkedForItself(call);
    }
  }

  /** Nobody talked for longer than he had the caller, and never two at once. */
  private void eachTalkedForItself(PastCall call) throws SQLException {
    List<Talk> talks = talks(call);
    assertThat(talks)
        .extracting(Talk::agent)
        .containsExactly(TestSite.agent(FIRST), TestSite.agent(SECOND));
    assertThat(talks.get(0).to()).isBeforeOrEqualTo(talks.get(1).from());
    assertThat(talks.get(0).length()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    assertThat(talks.get(1).length()).isGreaterThan(Duration.ofMillis(500));
  }

  private List<Talk> talks(PastCall call) throws SQLException {
    List<Talk> talks = new ArrayList<>();
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(TALKS)) {
      select.setString(1, call.call().value());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          talks.add(
              new Talk(
                  rows.getString(1),
                  rows.getTimestamp(2).toInstant(),
                  rows.getTimestamp(3).toInstant()));
        }
      }
    }
    return talks;
  }

  private static void wentAsPlanned(Sipp sipp) throws InterruptedException {
    assertThat(sipp.awaitExit(SOON)).as("see %s", sipp.output()).isZero();
  }
}

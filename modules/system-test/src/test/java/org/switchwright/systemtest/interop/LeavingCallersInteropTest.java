package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.cluster.view.LiveCalls;
import org.switchwright.cluster.view.Page;
import org.switchwright.cluster.view.QueueStates;
import org.switchwright.domain.call.CallOutcome;

/**
 * 2,040 callers of sipp who leave at every 10 ms from 0 to 500 ms after they hear the ringing, the
 * answer of the agent (200 ms later) among them, or after they are answered: by CANCEL or BYE as
 * the state demands. No phone rings on, nobody is kept, and each call is told once.
 */
@Tag("interop")
class LeavingCallersInteropTest {
  private static final int AGENTS = 50;
  private static final int STEP_MS = 10;
  private static final int LAST_MS = 500;
  private static final int EACH = 20;
  private static final int CALLS = 2 * EACH * (LAST_MS / STEP_MS + 1);
  private static final int NOT_BEFORE_MS = 30_000;

  /** A message may come just as sipp turns to send; what matters is sent again. */
  private static final String[] GO_ON = {"-default_behaviors", "all,-abortunexp"};

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** What the callers noted, of all of their sipps. */
  private final List<String> finals = new ArrayList<>();

  private final Map<String, Instant> left = new HashMap<>();

  @Test
  void shouldLeaveNothingBehindOfCallersWhoHangUpAtAnyMoment(@TempDir Path home) throws Exception {
    try (SippSite site = SippSite.start(home, AGENTS);
        Sipp agents = Sipp.scenario("agent-left").with("-l", "1000").with(GO_ON).start()) {
      site.ready(agents.port(), 1, AGENTS);
      Instant began = Instant.now();

      for (int ms = 0; ms <= LAST_MS; ms += STEP_MS) {
        // sipp takes 0 for "no limit".
        try (Sipp before = leaving(site, Math.max(1, ms), 1);
            Sipp after = leaving(site, NOT_BEFORE_MS, Math.max(1, ms))) {
          note(before);
          note(after);
        }
      }

      List<PastCall> history = site.awaitOver(began, CALLS);
      nothingIsStale(site);
      theLedgerAddsUp(history, agents);
      nobodyRangOn(agents);
    }
  }

  private static Sipp leaving(SippSite site, int waitMs, int talkMs) throws IOException {
    return site.callers("caller-leaves", "sales")
        .replacing("@WAIT@", Integer.toString(waitMs))
        .replacing("@TALK@", Integer.toString(talkMs))
        .calls(EACH)
        .with("-r", "15", "-l", "20")
        .with(GO_ON)
        .start();
  }

  private void note(Sipp callers) throws InterruptedException {
    assertThat(callers.awaitExit(A_MINUTE)).as("see %s", callers.output()).isZero();
    finals.addAll(callers.notes("FINAL"));
    left.putAll(times(callers.notes("LEFT")));
  }

  /** By the caller's name: seconds and microseconds of the clock come first. */
  private static Map<String, Instant> times(List<String> notes) {
    Map<String, Instant> times = new HashMap<>();
    for (String note : notes) {
      String[] words = note.split(" ");
      long seconds = (long) Double.parseDouble(words[0]);
      long micros = (long) Double.parseDouble(words[1]);
      times.put(words[2], Instant.ofEpochSecond(seconds, 1_000 * micros));
    }
    return times;
  }

  private static void nothingIsStale(SippSite site) throws SQLException {
    var source = site.server().database().dataSource();
    for (int n = 1; n <= AGENTS; n++) {
      int agent = n;
      await()
          .atMost(A_MINUTE)
          .until(() -> site.state(agent).filter(AgentStates.AgentNow::routable).isPresent());
    }
    assertThat(new LiveCalls(source).page(Optional.empty(), Page.MAX_ROWS).rows()).isEmpty();
    assertThat(new QueueStates(source).read(Instant.EPOCH).queues())
        .allSatisfy(queue -> assertThat(queue.waiting()).isZero());
  }

  private void theLedgerAddsUp(List<PastCall> history, Sipp agents) {
    assertThat(finals).hasSize(CALLS).doesNotHaveDuplicates();
    long answered = finals.stream().filter(note -> note.startsWith("200 ")).count();
    long cancelled = finals.stream().filter(note -> note.startsWith("487 ")).count();

    assertThat(history).hasSize(CALLS);
    assertThat(history).extracting(PastCall::call).doesNotHaveDuplicates();
    assertThat(count(history, CallOutcome.SERVED)).isEqualTo(answered);
    assertThat(count(history, CallOutcome.ABANDONED)).isEqualTo(cancelled);
    assertThat(answered + cancelled).isEqualTo(CALLS);
    assertThat(agents.notes("OFFERED")).doesNotHaveDuplicates();
    assertThat(history.stream().mapToInt(PastCall::offers).sum())
        .isEqualTo(agents.notes("OFFERED").size());
    System.out.printf(
        "%d callers left: %d before the answer, %d after it; %d offers%n",
        CALLS, cancelled, answered, agents.notes("OFFERED").size());
  }

  private static long count(List<PastCall> history, CallOutcome outcome) {
    return history.stream().filter(call -> call.outcome().equals(Optional.of(outcome))).count();
  }

  /** The phone of each offer was told to be quiet, soon after its caller had left. */
  private void nobodyRangOn(Sipp agents) {
    List<String> offered =
        agents.notes("OFFERED").stream().map(note -> note.split(" ")[1]).distinct().toList();
    Map<String, Instant> quiet = times(agents.notes("BYE"));
    quiet.putAll(times(agents.notes("QUIET")));

    assertThat(left.keySet()).containsAll(offered);
    assertThat(quiet.keySet()).containsAll(offered);
    Duration longest =
        offered.stream()
            .map(caller -> Duration.between(left.get(caller), quiet.get(caller)))
            .max(Duration::compareTo)
            .orElseThrow();
    System.out.printf(
        "The phone of a caller who had left was quiet after %d ms at the latest%n",
        longest.toMillis());
    assertThat(longest).isLessThan(Duration.ofSeconds(1));
  }
}

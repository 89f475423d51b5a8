package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.call.CallOutcome;

/**
 * 1,000 calls of sipp through 50 agents of sipp: the final responses that the callers saw, the
 * offers that the agents saw, the journal and its projection must tell the same story.
 */
@Tag("interop")
class LedgerInteropTest {
  private static final int AGENTS = 50;
  private static final int CALLS = 1000;

  private static final Duration LONG = Duration.ofMinutes(4);

  private static final String EVENTS =
      """
      SELECT event_ser_manifest, count(*), count(DISTINCT persistence_id) FROM event_journal
      WHERE event_ser_manifest LIKE 'call.%' GROUP BY 1
      """;

  /** How often an event is in the journal, and of how many calls. */
  private record Count(int events, int calls) {}

  @Test
  void shouldLoseNoCallOfAThousandAndTakeNoneTwice(@TempDir Path home) throws Exception {
    try (SippSite site = SippSite.start(home, AGENTS);
        Sipp agents = Sipp.scenario("agent").with("-l", "1000").start()) {
      site.ready(agents.port(), 1, AGENTS);
      Instant began = Instant.now();

      try (Sipp callers =
          site.callers("caller", "sales").calls(CALLS).with("-r", "35", "-l", "400").start()) {
        assertThat(callers.awaitExit(LONG)).as("see %s", callers.output()).isZero();

        compare(callers, agents, site.awaitOver(began, CALLS), journaled(site));
      }
      assertThat(agents.isRunning()).isTrue();
    }
  }

  private static void compare(
      Sipp callers, Sipp agents, List<PastCall> history, Map<String, Count> journaled) {
    assertThat(byFirstWord(callers.notes("FINAL"))).isEqualTo(Map.of("200", (long) CALLS));
    assertThat(callers.notes("FINAL")).doesNotHaveDuplicates();
    assertThat(callers.notes("OVER")).hasSize(CALLS).doesNotHaveDuplicates();

    assertThat(history).hasSize(CALLS);
    assertThat(history).extracting(PastCall::call).doesNotHaveDuplicates();
    assertThat(history).extracting(PastCall::outcome).containsOnly(Optional.of(CallOutcome.SERVED));

    assertThat(agents.notes("OFFERED")).doesNotHaveDuplicates();
    assertThat(history.stream().mapToInt(PastCall::offers).sum())
        .isEqualTo(agents.notes("OFFERED").size());
    assertThat(agents.notes("ANSWERED")).hasSize(CALLS).doesNotHaveDuplicates();
    assertThat(byFirstWord(agents.notes("ANSWERED")))
        .isEqualTo(counted(history, past -> past.agent().orElseThrow().value()));

    for (String event : List.of("call.arrived/5", "call.connected/1", "call.ended/2")) {
      assertThat(journaled.get(event)).as(event).isEqualTo(new Count(CALLS, CALLS));
    }
  }

  private static Map<String, Long> byFirstWord(List<String> notes) {
    return counted(notes, note -> note.substring(0, note.indexOf(' ')));
  }

  private static <T, K> Map<K, Long> counted(List<T> all, Function<T, K> key) {
    return all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Count> journaled(SippSite site) throws SQLException {
    Map<String, Count> counts = new TreeMap<>();
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(EVENTS);
        var rows = select.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), new Count(rows.getInt(2), rows.getInt(3)));
      }
    }
    return counts;
  }
}

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

  /** The calls that give up half a second after they hear something. */
  private static final int ABANDONING = 100;

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

      try (Sipp callers = callers(site, "caller", CALLS - ABANDONING, 27);
          Sipp abandoning = callers(site, "caller-leaves", ABANDONING, 3)) {
        assertThat(callers.awaitExit(LONG)).as("see %s", callers.output()).isZero();
        assertThat(abandoning.awaitExit(LONG)).as("see %s", abandoning.output()).isZero();

        compare(callers, abandoning, agents, site.awaitOver(began, CALLS), journaled(site));
      }
      assertThat(agents.isRunning()).isTrue();
    }
  }

  private static Sipp callers(SippSite site, String scenario, int calls, int perSecond)
      throws Exception {
    return site.callers(scenario, "sales")
        .calls(calls)
        .with("-r", Integer.toString(perSecond), "-l", "400")
        .start();
  }

  private static void compare(
      Sipp callers,
      Sipp abandoning,
      Sipp agents,
      List<PastCall> history,
      Map<String, Count> journaled) {
    Map<String, Long> finals = byFirstWord(callers.notes("FINAL"));
    Map<String, Long> finalsOfLeavers = byFirstWord(abandoning.notes("FINAL"));
    assertThat(finals).isEqualTo(Map.of("200", (long) CALLS - ABANDONING));
    assertThat(abandoning.notes("FINAL")).hasSize(ABANDONING);
    assertThat(callers.notes("FINAL")).doesNotHaveDuplicates();
    assertThat(callers.notes("OVER")).hasSize(CALLS - ABANDONING).doesNotHaveDuplicates();
    long served = CALLS - ABANDONING + finalsOfLeavers.getOrDefault("200", 0L);

    assertThat(history).hasSize(CALLS);
    assertThat(history).extracting(PastCall::call).doesNotHaveDuplicates();
    assertThat(counted(history, past -> past.outcome().orElseThrow()))
        .isEqualTo(
            without0(Map.of(CallOutcome.SERVED, served, CallOutcome.ABANDONED, CALLS - served)));

    assertThat(agents.notes("ANSWERED")).hasSize((int) served).doesNotHaveDuplicates();
    assertThat(byFirstWord(agents.notes("ANSWERED")))
        .isEqualTo(
            counted(
                history.stream()
                    .filter(past -> past.outcome().equals(Optional.of(CallOutcome.SERVED)))
                    .toList(),
                past -> "[" + past.agent().orElseThrow().value() + "]"));
    assertThat(agents.notes("OFFERED")).doesNotHaveDuplicates();
    assertThat(history.stream().mapToInt(PastCall::offers).sum())
        .isEqualTo(agents.notes("OFFERED").size());

    assertThat(journaled.get("call.arrived/1")).isEqualTo(new Count(CALLS, CALLS));
    assertThat(journaled.get("call.ended/1")).isEqualTo(new Count(CALLS, CALLS));
    assertThat(journaled.get("call.connected/1"))
        .isEqualTo(new Count((int) served, (int) served));
  }

  private static <K> Map<K, Long> without0(Map<K, Long> counts) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() != 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

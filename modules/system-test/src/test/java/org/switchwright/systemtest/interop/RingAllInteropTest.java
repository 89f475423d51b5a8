package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.call.CallOutcome;

/**
 * Every call rings at all agents of sipp who are free, and all of them answer 200 ms after their
 * INVITE: one has the call, every other one gets a CANCEL or a BYE, and nobody stays reserved.
 */
@Tag("interop")
class RingAllInteropTest {
  private static final int AGENTS = 5;
  private static final int CALLS = 200;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(4);

  private static final String OFFERS =
      """
      SELECT event->>'offer', kind, event->>'outcome',
        (extract(epoch FROM (event->>'at')::timestamptz) * 1000)::bigint
      FROM (
        SELECT split_part(event_ser_manifest, '/', 1) AS kind,
          convert_from(event_payload, 'UTF8')::jsonb->'event' AS event
        FROM event_journal
        WHERE event_ser_manifest LIKE 'site.offer-accepted/%'
          OR event_ser_manifest LIKE 'site.offer-ended/%') AS told
      """;

  /** How the site knows that the offers of a call ended, by milliseconds. */
  private static final class Offers {
    private final List<Long> accepted = new ArrayList<>();
    private final List<Long> withdrawn = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
  }

  @Test
  void shouldGiveEachCallToOneOfAllWhoAnswerAtTheSameMoment(@TempDir Path home) throws Exception {
    try (SippSite site = SippSite.start(home, AGENTS, "site.queues.sales.agents-by = ring-all");
        // A CANCEL that comes just as sipp is about to answer is not to end its call: it answers.
        Sipp agents =
            Sipp.scenario("agent")
                .with("-l", "1000", "-default_behaviors", "all,-abortunexp")
                .start()) {
      site.ready(agents.port(), 1, AGENTS);
      Instant began = Instant.now();

      try (Sipp callers =
          site.callers("caller", "sales").calls(CALLS).with("-r", "2", "-l", "50").start()) {
        assertThat(callers.awaitExit(LONG)).as("see %s", callers.output()).isZero();
        assertThat(callers.notes("FINAL")).hasSize(CALLS).allMatch(note -> note.startsWith("200"));
      }
      List<PastCall> history = site.awaitOver(began, CALLS);
      assertThat(history).hasSize(CALLS);
      assertThat(history)
          .extracting(PastCall::outcome)
          .containsOnly(Optional.of(CallOutcome.SERVED));
      for (int n = 1; n <= AGENTS; n++) {
        int agent = n;
        await()
            .atMost(SOON)
            .until(() -> site.state(agent).filter(AgentStates.AgentNow::routable).isPresent());
      }
      phones(agents, history);
      winners(site);
      assertThat(agents.isRunning()).isTrue();
    }
  }

  /** Each phone that rang was cancelled, or answered and was hung up on; none twice. */
  private static void phones(Sipp agents, List<PastCall> history) {
    List<String> offered = agents.notes("OFFERED");
    Set<String> ended = new HashSet<>(agents.notes("CANCELLED"));
    assertThat(ended).doesNotContainAnyElementsOf(agents.notes("BYE"));
    ended.addAll(agents.notes("BYE"));

    assertThat(offered).doesNotHaveDuplicates().hasSizeGreaterThan(2 * CALLS);
    assertThat(ended).containsExactlyInAnyOrderElementsOf(offered);
    assertThat(history.stream().mapToInt(PastCall::offers).sum()).isEqualTo(offered.size());
    assertThat(agents.notes("ANSWERED")).doesNotHaveDuplicates().hasSizeGreaterThan(CALLS);
    System.out.printf(
        "%d calls rang at %d phones; %d answered, %d were cancelled%n",
        CALLS, offered.size(), agents.notes("ANSWERED").size(), agents.notes("CANCELLED").size());
  }

  private static void winners(SippSite site) throws SQLException {
    Map<String, Offers> calls = offers(site);
    List<Long> releases = new ArrayList<>();
    assertThat(calls).hasSize(CALLS);
    calls.forEach((call, offers) -> {
      assertThat(offers.accepted).as("winners of %s", call).hasSize(1);
      assertThat(offers.others).as("other ends of %s", call).isEmpty();
      offers.withdrawn.forEach(at -> releases.add(at - offers.accepted.getFirst()));
    });
    Collections.sort(releases);
    System.out.printf(
        "%d losers released after the winner was known: p50 %d ms, p99 %d ms, longest %d ms%n",
        releases.size(),
        releases.get(releases.size() / 2),
        releases.get(releases.size() * 99 / 100),
        releases.getLast());
  }

  private static Map<String, Offers> offers(SippSite site) throws SQLException {
    Map<String, Offers> calls = new HashMap<>();
    try (var connection = site.server().database().dataSource().getConnection();
        var select = connection.prepareStatement(OFFERS);
        var rows = select.executeQuery()) {
      while (rows.next()) {
        String offer = rows.getString(1);
        String call = offer.substring(0, offer.lastIndexOf('/'));
        Offers offers = calls.computeIfAbsent(call, _ -> new Offers());
        if (rows.getString(2).equals("site.offer-accepted")) {
          offers.accepted.add(rows.getLong(4));
        } else if (rows.getString(3).equals("WITHDRAWN")) {
          offers.withdrawn.add(rows.getLong(4));
        } else {
          offers.others.add(rows.getString(3));
        }
      }
    }
    return calls;
  }
}

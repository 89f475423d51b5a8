package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.CallPool;
import org.switchwright.useragent.Ledger;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** Every final response that a caller got stands in journal and read models, once. */
class ThousandCallsSystemTest {
  private static final int AGENTS = 50;
  private static final int CALLS = 1_000;

  @TempDir private Path home;

  @Test
  void shouldLoseAndDoubleNothing() throws Exception {
    TestSite site = TestSite.prepare(home, AGENTS);
    try (RunningServer server = site.start();
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).withoutAudio().start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).withoutAudio().start()) {
      List<Phone> ready = site.ready(phones, 1, AGENTS);
      ready.forEach(phone -> phone.behave(Behaviour.answerAfter(Duration.ofMillis(50))));

      Ledger ledger =
          CallPool.of(
                  callers,
                  CALLS,
                  20,
                  n ->
                      callers
                          .caller("+49301" + n)
                          .call("sip:sales@127.0.0.1", site.edge())
                          .patience(Duration.ofSeconds(n % 10 == 0 ? 1 : 60)))
              .holdFor(Duration.ofMillis(700))
              .run()
              .get(8, TimeUnit.MINUTES);

      Map<Integer, Long> answers = new TreeMap<>(ledger.byStatus());
      long served = answers.getOrDefault(200, 0L);
      assertThat(ledger.entries()).hasSize(CALLS);
      assertThat(answers.keySet()).isSubsetOf(200, 487);
      await()
          .atMost(SOON)
          .until(() ->
              count(server, "SELECT count(*) FROM call_history WHERE ended_at IS NOT NULL")
                  == CALLS);
      assertThat(count(server, "SELECT count(*) FROM live_call")).isZero();
      assertThat(count(server, outcome("SERVED"))).isEqualTo(served);
      assertThat(count(server, outcome("ABANDONED"))).isEqualTo(CALLS - served);
      assertThat(
              count(
                  server,
                  "SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'call.arrived/5'"))
          .isEqualTo(CALLS);
      assertThat(
              count(
                  server,
                  "SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'call.connected/1'"))
          .isEqualTo(served);
      assertThat(
              count(
                  server, "SELECT count(*) FROM open_deadline WHERE persistence_id LIKE 'call|%'"))
          .isZero();
    }
  }

  private static String outcome(String name) {
    return "SELECT count(*) FROM call_history WHERE outcome = '" + name + "'";
  }

  private static long count(RunningServer server, String query) throws Exception {
    try (var connection = server.database().connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}

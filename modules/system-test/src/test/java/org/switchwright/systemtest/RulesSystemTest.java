package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.domain.AgentId;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

/** Rules of a site as callers and agents meet them. */
class RulesSystemTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path home;

  private static Call from(UserAgents host, TestSite site, String user, String point) {
    return host.caller(user).call("sip:" + point + "@127.0.0.1", site.edge()).place();
  }

  @Test
  void shouldGiveACallerWhoCallsBackThePlaceAndRefuseWhereNobodyIs() throws Exception {
    TestSite site =
        TestSite.prepare(
            home,
            1,
            "site.queues.sales.keep-place = 60s",
            "site.queues.support.nobody-there.refuse-if-all = [logged-out]");
    try (RunningServer _ = site.start();
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      assertThat(from(callers, site, "+49301", "support").awaitFinal(SOON).status()).isEqualTo(480);

      Call first = from(callers, site, "+49302", "sales");
      first.awaitEarlyMedia(SOON);
      Call other = from(callers, site, "+49303", "sales");
      other.awaitEarlyMedia(SOON);
      first.cancel();
      first.awaitEnded(SOON);
      Call back = from(callers, site, "+49302", "sales");
      back.awaitEarlyMedia(SOON);
      Phone phone = site.phone(phones, 1);
      phone.behave(Behaviour.answer());
      phone.register();
      phone.awaitRegistered(SOON);
      site.dial(phone, "*11");

      back.awaitEstablished(SOON);
      assertThat(other.established().isDone()).isFalse();
      back.hangUp();
      other.awaitEstablished(SOON);
      other.hangUp();
    }
  }

  @Test
  void shouldSpareAnAgentTheFirstMissOnly() throws Exception {
    TestSite site =
        TestSite.prepare(home, 1, "site.delays { missed = 1s, misses-to-not-ready = 2 }");
    try (RunningServer server = site.start();
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      Phone phone = site.phone(phones, 1);
      phone.behave(Behaviour.ring());
      phone.register();
      phone.awaitRegistered(SOON);
      site.dial(phone, "*11");
      Call call = site.call(callers, "sales");
      phone.awaitCall(2, SOON).awaitEnded(SOON);

      AgentStates agents = new AgentStates(server.database().dataSource());
      await()
          .atMost(SOON)
          .until(
              () -> agents.find(new AgentId(TestSite.agent(1))).orElseThrow().reason().isPresent());
      assertThat(agents.find(new AgentId(TestSite.agent(1))).orElseThrow().reason())
          .contains("missed");
      assertThat(phone.calls()).hasSize(2);
      phone.behave(Behaviour.answer());
      site.dial(phone, "*12");
      call.awaitEstablished(SOON);
      call.hangUp();
    }
  }

  /** The agent with fewer calls is chosen after the restart too, and wrap-up is not cut short. */
  @Test
  void shouldKeepFiguresAndWrapUpThroughAKill() throws Exception {
    TestSite site =
        TestSite.prepare(
            home,
            2,
            "site.queues.sales { agents-by = fewest-calls, wrap-up = 30m }",
            "site.queues.support { agents-by = fewest-calls }");
    Path log = home.resolve("server.log");
    ServerProcess server = ServerProcess.start(site.configuration(), log);
    try (UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      Phone busy = site.ready(phones, 1);
      busy.behave(Behaviour.answer());
      served(site, callers, busy, 1, "support");
      served(site, callers, busy, 2, "support");
      Phone fresh = site.ready(phones, 2);
      fresh.behave(Behaviour.answer());

      server.kill();
      server = ServerProcess.start(site.configuration(), log);

      served(site, callers, fresh, 1, "support");
      served(site, callers, fresh, 2, "sales");
      served(site, callers, busy, 3, "sales");
      Call waits = site.call(callers, "sales");
      waits.awaitEarlyMedia(SOON);
      server.kill();
      server = ServerProcess.start(site.configuration(), log);
      site.dial(busy, "*14");

      busy.awaitCall(4, SOON);
      waits.awaitEstablished(SOON);
      waits.hangUp();
      assertThat(fresh.calls()).hasSize(2);
    } finally {
      server.close();
    }
  }

  private static void served(TestSite site, UserAgents callers, Phone by, int nth, String point) {
    Call call = site.call(callers, point);
    call.awaitEstablished(SOON);
    Call agents = by.awaitCall(nth, SOON);
    agents.awaitEstablished(SOON);
    call.hangUp();
    agents.awaitEnded(SOON);
  }
}

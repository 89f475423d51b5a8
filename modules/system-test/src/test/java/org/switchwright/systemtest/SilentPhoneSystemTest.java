package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.systemtest.TestSite.SOON;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.AgentStates.AgentNow;
import org.switchwright.cluster.view.AgentStates.WishKind;
import org.switchwright.domain.AgentId;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.UserAgents;

/** Phones that fall silent without a word, long before their registrations end. */
class SilentPhoneSystemTest {
  @TempDir private Path home;

  @Test
  void shouldBeNotReadyWhosePhoneFellSilent() throws Exception {
    TestSite site = TestSite.prepare(home, 2, "sip.probe { interval = 1s, answer-within = 1s }");
    try (RunningServer server = site.start();
        UserAgents staying = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents leaving = UserAgents.at("127.0.0.1").port(0).start()) {
      AgentStates agents = new AgentStates(server.database().dataSource());
      site.ready(staying, 1);
      site.ready(leaving, 2);

      leaving.close();

      await()
          .atMost(SOON)
          .untilAsserted(() -> {
            AgentNow gone = agents.find(new AgentId(TestSite.agent(2))).orElseThrow();
            assertThat(gone.wish()).isEqualTo(WishKind.NOT_READY);
            assertThat(gone.reason()).isEqualTo(Optional.of("unreachable"));
            assertThat(gone.station()).isFalse();
          });
      AgentNow there = agents.find(new AgentId(TestSite.agent(1))).orElseThrow();
      assertThat(there.wish()).isEqualTo(WishKind.READY);
      assertThat(there.station()).isTrue();
    }
  }
}

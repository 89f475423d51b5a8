package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.systemtest.TestSite;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.RtpStream;
import org.switchwright.useragent.UserAgents;

/** baresip as an agent's phone: the caller hears treatment, then baresip, and is heard by it. */
@Tag("interop")
class BaresipInteropTest {
  private static final Duration SOON = TestSite.SOON;
  private static final int AGENT = 1;

  /** One second of packets of 20 ms. */
  private static final long ENOUGH = 50;

  @Test
  void shouldCarryAudioBothWaysAfterEarlyTreatment(@TempDir Path home) throws Exception {
    shouldCarryAudio(home, "sales");
  }

  @Test
  void shouldCarryAudioBothWaysAfterAnsweredTreatment(@TempDir Path home) throws Exception {
    shouldCarryAudio(home, "support");
  }

  private static void shouldCarryAudio(Path home, String point) throws Exception {
    try (SippSite site = SippSite.start(home, 1);
        Baresip phone = Baresip.start(site.site(), AGENT);
        UserAgents host = UserAgents.at("127.0.0.1").start()) {
      await().atMost(SOON).until(() -> station(site));
      site.wish(AGENT, new Agent.LogIn(Instant.now()));
      Instant began = Instant.now();

      Call caller =
          host.caller("caller").call("sip:" + point + "@127.0.0.1", site.site().edge()).place();
      RtpStream audio = caller.audio();
      await().atMost(SOON).until(() -> audio.packetsReceived() >= ENOUGH);
      InetSocketAddress player = caller.remoteMedia().orElseThrow();
      assertThat(packets(audio, player)).isGreaterThanOrEqualTo(ENOUGH);
      long sentToPlayer = audio.packetsSent();

      site.wish(AGENT, new Agent.BeReady(Instant.now()));
      await()
          .atMost(SOON)
          .until(() -> caller.remoteMedia().filter(now -> !now.equals(player)).isPresent());
      InetSocketAddress agent = caller.remoteMedia().orElseThrow();
      await()
          .atMost(SOON)
          .until(() ->
              packets(audio, agent) >= ENOUGH && audio.packetsSent() - sentToPlayer >= 2 * ENOUGH);
      Instant joined = Instant.now();
      await().atMost(SOON).until(() -> audio.audibleSince(joined).contains(agent));
      assertThat(audio.heardSince(joined)).containsExactly(agent);
      caller.hangUp();
      caller.awaitEnded(SOON);

      PastCall past = site.awaitOver(began, 1).getFirst();
      assertThat(past.outcome()).contains(CallOutcome.SERVED);
      await()
          .atMost(SOON)
          .until(() -> site.state(AGENT).orElseThrow().work() == AgentStates.Work.FREE);
      Baresip.Statistics heard = phone.statistics();
      assertThat(heard.received()).isBetween(ENOUGH, audio.packetsSent() - sentToPlayer);
      assertThat(heard.sent()).isGreaterThanOrEqualTo(packets(audio, agent));
    }
  }

  private static boolean station(SippSite site) throws Exception {
    return site.state(AGENT).filter(AgentStates.AgentNow::station).isPresent();
  }

  private static long packets(RtpStream audio, InetSocketAddress from) {
    return audio.sources().stream()
        .filter(source -> source.address().equals(from))
        .mapToLong(RtpStream.Source::packets)
        .sum();
  }
}

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
import org.switchwright.domain.AgentId;
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

  @Test
  void shouldSendTheCallerOn(@TempDir Path home) throws Exception {
    try (TwoAgents agents = new TwoAgents(home)) {
      RtpStream audio = agents.talk();
      InetSocketAddress first = agents.heard();

      agents.first.command("transfer", agents.address("support"));

      await().atMost(SOON).until(() -> agents.heardOther(audio, first));
      agents.endServedBy(2);
    }
  }

  /** The phone dials another agent, and its user leaves once they have talked. */
  @Test
  void shouldGiveTheCallerToWhomItDialled(@TempDir Path home) throws Exception {
    try (TwoAgents agents = new TwoAgents(home)) {
      RtpStream audio = agents.talk();
      InetSocketAddress first = agents.heard();

      agents.first.command("dial", agents.address(TestSite.agent(2)));
      await().atMost(SOON).until(() -> agents.work(2) == AgentStates.Work.TALKING);
      agents.first.command("line", "1");
      agents.first.command("hangup", "");

      await().atMost(SOON).until(() -> agents.heardOther(audio, first));
      agents.endServedBy(2);
    }
  }

  /** The phone dials another agent, thinks better of it and has its caller back. */
  @Test
  void shouldHaveTheCallerBackAfterAnEnquiry(@TempDir Path home) throws Exception {
    try (TwoAgents agents = new TwoAgents(home)) {
      RtpStream audio = agents.talk();
      InetSocketAddress first = agents.heard();

      agents.first.command("dial", agents.address(TestSite.agent(2)));
      await().atMost(SOON).until(() -> agents.work(2) == AgentStates.Work.TALKING);
      Instant asked = Instant.now();
      agents.first.command("hangup", "");
      await().atMost(SOON).until(() -> agents.work(2) == AgentStates.Work.FREE);
      agents.first.command("resume", "");

      await().atMost(SOON).until(() -> audio.audibleSince(asked).contains(first));
      agents.endServedBy(1);
    }
  }

  /** Two agents with a baresip each, of whom the first talks to a caller. */
  private static final class TwoAgents implements AutoCloseable {
    private final SippSite site;
    private final UserAgents host;
    private final Baresip first;
    private final Baresip second;
    private final Instant began = Instant.now();
    private final Call caller;

    TwoAgents(Path home) throws Exception {
      site = SippSite.start(home, 2);
      host = UserAgents.at("127.0.0.1").start();
      first = Baresip.start(site.site(), 1);
      second = Baresip.start(site.site(), 2);
      for (int agent = 1; agent <= 2; agent++) {
        int number = agent;
        await()
            .atMost(SOON)
            .until(() -> site.state(number).filter(AgentStates.AgentNow::station).isPresent());
        site.wish(agent, new Agent.LogIn(Instant.now()));
      }
      caller = host.caller("caller").call("sip:sales@127.0.0.1", site.site().edge()).place();
    }

    /** The caller hears the first agent; the other one gets ready. */
    RtpStream talk() throws Exception {
      site.wish(1, new Agent.BeReady(Instant.now()));
      await().atMost(SOON).until(() -> work(1) == AgentStates.Work.TALKING);
      RtpStream audio = caller.audio();
      await().atMost(SOON).until(() -> packets(audio, heard()) >= ENOUGH);
      site.wish(2, new Agent.BeReady(Instant.now()));
      return audio;
    }

    InetSocketAddress heard() {
      return caller.remoteMedia().orElseThrow();
    }

    /** Whether the caller hears somebody else by now, who is no player of treatment. */
    boolean heardOther(RtpStream audio, InetSocketAddress than) throws Exception {
      InetSocketAddress now = heard();
      return !now.equals(than)
          && work(2) == AgentStates.Work.TALKING
          && packets(audio, now) >= ENOUGH;
    }

    AgentStates.Work work(int agent) throws Exception {
      return site.state(agent).orElseThrow().work();
    }

    String address(String name) {
      return "sip:" + name + "@" + site.edge();
    }

    void endServedBy(int agent) {
      caller.hangUp();
      caller.awaitEnded(SOON);
      PastCall past = site.awaitOver(began, 1).getFirst();
      assertThat(past.outcome()).contains(CallOutcome.SERVED);
      assertThat(past.agent()).contains(new AgentId(TestSite.agent(agent)));
      for (int number = 1; number <= 2; number++) {
        int each = number;
        await().atMost(SOON).until(() -> work(each) == AgentStates.Work.FREE);
      }
    }

    @Override
    public void close() {
      first.close();
      second.close();
      host.close();
      site.close();
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

package org.switchwright.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.AgentId;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.sip.SipTrace;
import org.switchwright.useragent.Account;
import org.switchwright.useragent.Behaviour;
import org.switchwright.useragent.Call;
import org.switchwright.useragent.Phone;
import org.switchwright.useragent.UserAgents;

class RunningServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path home;

  @Test
  void shouldConnectACallerWithAnAgentsPhone() throws Exception {
    int sip = freeUdpPort();
    ConfigurationReader.Read read =
        ConfigurationReader.read(
            Optional.empty(),
            List.of(
                "node.data-directory = \"" + home.resolve("data") + "\"",
                "database.embedded.binaries = \"" + EmbeddedPostgresForTests.binaries() + "\"",
                "sip.port = " + sip,
                "cluster.port = " + freeTcpPort()),
            home);

    try (RunningServer server =
            RunningServer.start(
                read.configuration(), read.pekko(), RunningServer.Metrics.NONE, SipTrace.NONE);
        UserAgents phones = UserAgents.at("127.0.0.1").port(0).start();
        UserAgents callers = UserAgents.at("127.0.0.1").port(0).start()) {
      InetSocketAddress edge = new InetSocketAddress("127.0.0.1", sip);
      AgentId agent = new AgentId("agent-01");
      Phone phone =
          phones.phone(
              Account.of(
                  agent.value(),
                  server.passwords().password(agent).orElseThrow(),
                  "127.0.0.1",
                  edge));
      phone.behave(Behaviour.answerAfter(Duration.ofMillis(200)));
      phone.register();
      phone.awaitRegistered(SOON);
      Call login = phone.call("sip:*11@127.0.0.1").place();
      login.awaitEstablished(SOON);
      login.awaitEnded(SOON);

      Call call = callers.caller("+4930123456").call("sip:sales@127.0.0.1", edge).place();
      call.awaitEstablished(SOON);
      phone.awaitCall(1, SOON);
      call.hangUp();
      call.awaitEnded(SOON);

      assertThat(call.complaints()).isEmpty();
      assertThat(phone.calls().getFirst().complaints()).isEmpty();
    }
  }

  private static int freeUdpPort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static int freeTcpPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}

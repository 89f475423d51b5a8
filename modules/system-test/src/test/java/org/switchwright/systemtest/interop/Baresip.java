package org.switchwright.systemtest.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.systemtest.Ports;
import org.switchwright.systemtest.TestSite;

/**
 * A baresip on 127.0.0.1 that answers every call at once and plays a tone to it, and does what its
 * user would have it do.
 */
final class Baresip implements AutoCloseable {
  /** What baresip says of a call that is over: packets received and sent. */
  record Statistics(long received, long sent) {}

  /** Of the table at a call's end: packets sent, then received. */
  private static final Pattern STATISTICS = Pattern.compile("\npackets: +(\\d+) +(\\d+)\\s");

  private static final String TOKEN = "from-the-test";
  private static final int ANSWER_MS = 10_000;
  private static final int PORT_TRIES = 20;
  private static final String PACKAGE = "baresip-core";
  private static final List<String> MODULE_FOLDERS =
      List.of("/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules");

  private final Process process;
  private final Path screen;
  private final int commands;

  private Baresip(Process process, Path screen, int commands) {
    this.process = process;
    this.screen = screen;
    this.commands = commands;
  }

  static Baresip start(TestSite site, int agent) throws IOException {
    String program = Tools.path("baresip", PACKAGE);
    Path target = Files.createDirectories(Path.of("target", "baresip")).toAbsolutePath();
    Path folder = Files.createTempDirectory(target, "phone-");
    int commands = Ports.tcp("127.0.0.1");
    Files.writeString(folder.resolve("config"), configuration(commands));
    Files.writeString(folder.resolve("accounts"), account(site, agent));
    Files.writeString(folder.resolve("contacts"), "");
    Path screen = folder.resolve("screen");
    ProcessBuilder builder = new ProcessBuilder(program, "-4", "-f", folder.toString());
    builder.redirectErrorStream(true).redirectOutput(screen.toFile());
    builder.redirectInput(new File("/dev/null"));
    builder.environment().put("HOME", folder.toString());
    return new Baresip(builder.start(), screen, commands);
  }

  private static String configuration(int commands) throws IOException {
    String modules =
        MODULE_FOLDERS.stream()
            .filter(folder -> Files.isDirectory(Path.of(folder)))
            .findFirst()
            .orElseThrow(() ->
                new AssertionError(
                    "Expected the modules of baresip in one of %s, but there are none: "
                            .formatted(MODULE_FOLDERS)
                        + "install the Debian package "
                        + PACKAGE));
    int rtp = Ports.udp("127.0.0.1") & ~1;
    return """
    sip_listen 127.0.0.1:%d
    net_interface 127.0.0.1
    rtp_ports %d-%d
    rtp_stats yes
    audio_source ausine,440
    audio_player aubridge,ear
    audio_alert aubridge,bell
    ausrc_srate 48000
    ausrc_channels 2
    module_path %s
    module g711.so
    module ausine.so
    module aubridge.so
    module_app account.so
    module_app menu.so
    module_app ctrl_tcp.so
    ctrl_tcp_listen 127.0.0.1:%d
    """
        .formatted(sipPort(), rtp, rtp + 20, modules, commands);
  }

  /** A port that is free for UDP and for TCP: baresip listens to both. */
  private static int sipPort() throws IOException {
    for (int tries = 0; tries < PORT_TRIES; tries++) {
      try (var tcp = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
          var udp = new DatagramSocket(tcp.getLocalPort(), tcp.getInetAddress())) {
        return udp.getLocalPort();
      } catch (BindException _) {
        // Taken by somebody's UDP: the next one.
      }
    }
    throw new IOException("Expected a port free for UDP and TCP, but found none");
  }

  private static String account(TestSite site, int agent) throws IOException {
    String user = TestSite.agent(agent);
    return "<sip:%s@127.0.0.1:%d;transport=udp>;auth_user=%s;auth_pass=%s;"
            .formatted(user, site.edge().getPort(), user, site.password(agent))
        + "answermode=auto;regint=60;audio_codecs=PCMA/8000/1\n";
  }

  /** A command of its menu, as a netstring of JSON; awaits that it was taken. */
  void command(String name, String parameters) throws IOException {
    String json =
        "{\"command\":\"%s\",\"params\":\"%s\",\"token\":\"%s\"}"
            .formatted(name, parameters, TOKEN);
    try (var socket = new Socket(InetAddress.getByName("127.0.0.1"), commands)) {
      socket.setSoTimeout(ANSWER_MS);
      socket.getOutputStream().write((json.length() + ":" + json + ",").getBytes(UTF_8));
      StringBuilder answer = new StringBuilder();
      // What happens is told by the same way; the answer is what repeats the token.
      while (!answer.toString().contains(TOKEN)) {
        int read = socket.getInputStream().read();
        if (read < 0) {
          throw new IOException("Expected an answer of baresip, but got " + answer);
        }
        answer.append((char) read);
      }
    }
  }

  /** Has it leave, and reads what it said of its only call. */
  Statistics statistics() throws IOException {
    close();
    String said = Files.readString(screen, UTF_8);
    Matcher matcher = STATISTICS.matcher(said);
    if (!matcher.find()) {
      throw new AssertionError("Expected statistics of a call in " + screen + ", but read " + said);
    }
    return new Statistics(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(1)));
  }

  /** As by {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    Tools.stop(process);
  }
}

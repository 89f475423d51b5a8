package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.switchwright.journal.database.PrivateFiles;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.running.Demonstration;
import org.switchwright.server.running.MadeUpPast;
import org.switchwright.server.running.RunningServer;
import org.switchwright.useragent.Relay;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The demonstration's network: a site that callers dial, other sites whose agents serve them as
 * well, and between them status links that can be cut. Each site is a data center of its own, with
 * its cluster, database and keys, though all are in this process; PostgreSQL's programs are
 * unpacked once for all.
 */
final class DemoNetwork {
  static final List<String> OTHERS = List.of("hamburg", "munich");

  private static final String MADE =
      "# Made anew by \"switchwright demo\" at each start; copy it to begin with a network of yours.\n";

  /** Those after the ones on which the first site plays music to who waits. */
  private static final int FIRST_MEDIA_PORT = 44_000;

  private static final int MEDIA_PORTS = 1_000;

  private record Other(String name, RunningNode node, Relay link) {}

  private final RunningNode first;
  private final List<Other> others;

  private DemoNetwork(RunningNode first, List<Other> others) {
    this.first = first;
    this.others = others;
  }

  /**
   * Starts the sites one by one, the one that callers dial last.
   *
   * @param count of other sites
   * @param settings of the one that callers dial
   */
  static DemoNetwork start(int count, List<String> settings, CommandSpec spec) throws IOException {
    Path home = Homes.demo(Homes.launcher());
    Path file = home.resolve("berlin.conf");
    PrivateFiles.directory(home);
    Files.writeString(file, firstSite(List.of()));
    Configuration alone = NetworkCommand.read(Optional.of(file), settings, spec).configuration();
    List<Other> others = new ArrayList<>();
    for (String name : OTHERS.subList(0, count)) {
      others.add(other(name, others.size() + 1, alone, home, spec));
    }
    Files.writeString(file, firstSite(others));
    RunningNode first =
        RunningNode.start(NetworkCommand.read(Optional.of(file), settings, spec), false);
    return new DemoNetwork(first, List.copyOf(others));
  }

  private static Other other(String name, int n, Configuration first, Path home, CommandSpec spec)
      throws IOException {
    Path file = home.resolve(name + ".conf");
    Files.writeString(file, otherSite(name, n, first));
    RunningNode node =
        RunningNode.start(NetworkCommand.read(Optional.of(file), List.of(), spec), false);
    Path token = home.resolve(name + ".token");
    Files.deleteIfExists(token);
    PrivateFiles.create(token, node.admit(first.site().id()) + "\n");
    Configuration.Http http = node.server().configuration().http();
    return new Other(name, node, Relay.to(new InetSocketAddress(http.address(), http.port())));
  }

  private static String firstSite(List<Other> others) {
    String elsewhere =
        others.stream()
            .flatMap(other ->
                Stream.of("sales", "support")
                    .map(queue ->
                        "  site.queues.%s.elsewhere.%s.point = %s\n"
                            .formatted(queue, other.name(), queue)))
            .collect(Collectors.joining());
    String links =
        others.stream()
            .map(other ->
                "  network.sites.%1$s { url = \"http://127.0.0.1:%2$d\", token-file = %1$s.token }\n"
                    .formatted(other.name(), other.link().port()))
            .collect(Collectors.joining());
    return MADE
        + """
        include classpath("org/switchwright/server/configuration/sample-site.conf")
        switchwright {
          node.data-directory = "."
        """
        + elsewhere
        + links
        + "}\n";
  }

  private static String otherSite(String name, int n, Configuration first) throws IOException {
    int media = FIRST_MEDIA_PORT + n * MEDIA_PORTS;
    return MADE
        + """
        include classpath("org/switchwright/server/configuration/demo-site.conf")
        switchwright {
          node { name = "%1$s-1", data-directory = "%1$s" }
          database.embedded.binaries = "postgresql/binaries"
          cluster.port = %2$d
          http.port = %3$d
          sip.port = %4$d
          sip.treatment { first-port = %5$d, last-port = %6$d }
          site {
            name = "%1$s"
            agents {
              %1$s-01.skills { sales = 7, support = 4 }
              %1$s-02.skills { sales = 4, support = 7 }
            }
          }
        }
        """
            .formatted(
                name,
                tcp(first.cluster().port() + n),
                tcp(first.http().port() + n),
                udp(first.sip().port() + 10 * n),
                media,
                media + MEDIA_PORTS - 1);
  }

  /** That port, or any other one where it is taken. */
  private static int tcp(int wished) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket socket = new ServerSocket(wished, 1, here)) {
      return socket.getLocalPort();
    } catch (IOException | IllegalArgumentException _) {
      try (ServerSocket socket = new ServerSocket(0, 1, here)) {
        return socket.getLocalPort();
      }
    }
  }

  private static int udp(int wished) throws SocketException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (DatagramSocket socket = new DatagramSocket(wished, here)) {
      return socket.getLocalPort();
    } catch (SocketException | IllegalArgumentException _) {
      try (DatagramSocket socket = new DatagramSocket(0, here)) {
        return socket.getLocalPort();
      }
    }
  }

  /** The site that callers dial first. */
  List<RunningServer> servers() {
    return Stream.concat(Stream.of(first), others.stream().map(Other::node))
        .map(RunningNode::server)
        .toList();
  }

  void greet(PrintWriter out) {
    first.greet(out, Optional.empty());
    if (others.isEmpty()) {
      return;
    }
    for (Other other : others) {
      out.printf(
          "  %-9s %s, SIP 127.0.0.1:%d, HTTP %s; its agents serve callers of %s too%n",
          "site",
          other.name(),
          other.node().server().configuration().sip().port(),
          other.node().outside().url(),
          first.server().configuration().site().id());
      out.printf("  %-9s ./switchwright top --config data/demo/%s.conf%n", "", other.name());
      other
          .node()
          .outside()
          .administratorToken()
          .ifPresent(token -> out.printf("  %-9s its administrator's token: %s%n", "", token));
    }
    out.printf("  %-9s ./switchwright network status%n", "network");
    out.printf(
        "  %-9s that of %s is made up: %d weeks of calls that never were,%n",
        "past", names(), MadeUpPast.DAYS / 7);
    out.printf("  %-9s by which they are estimated while their links are cut%n%n", "");
    out.flush();
  }

  private String names() {
    return others.stream().map(Other::name).collect(Collectors.joining(" and "));
  }

  /** Loads a made-up past, beside what else is done. */
  void makeUpAPast(Demonstration demonstration) {
    if (!others.isEmpty()) {
      Thread.ofPlatform().daemon().name("demo-past").start(() -> load(demonstration));
    }
  }

  private void load(Demonstration demonstration) {
    List<Configuration.Site> sites =
        servers().stream().map(it -> it.configuration().site()).toList();
    DemoPast past =
        new DemoPast(new ApiClient(first.outside().url(), first.outside().localToken()), sites);
    try {
      long added = past.load(LocalDate.now(past.zone()));
      if (added > 0) {
        demonstration.say(
            "made-up past of " + names() + ": " + added + " calls loaded, as by load-history");
      }
    } catch (CommandFailed e) {
      demonstration.say("The made-up past could not be loaded: " + e.getMessage());
    }
  }

  /**
   * Cuts one status link after the other, for a third of that time each, for as long as this
   * process lives.
   */
  void cutEvery(Duration every, Demonstration demonstration) {
    if (!others.isEmpty() && every.isPositive()) {
      Thread.ofVirtual().name("demo-links").start(() -> cutAndHeal(every, demonstration));
    }
  }

  private void cutAndHeal(Duration every, Demonstration demonstration) {
    Duration third = every.dividedBy(3);
    try {
      for (int n = 0; ; n = (n + 1) % others.size()) {
        Other other = others.get(n);
        Thread.sleep(every.minus(third));
        other.link().cut();
        demonstration.say(
            "status link to " + other.name() + ": cut; it is estimated and goes on getting calls");
        Thread.sleep(third);
        other.link().restore();
        demonstration.say(
            "status link to " + other.name() + ": healed; what was missed is reported now");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

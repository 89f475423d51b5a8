package org.switchwright.server.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.SiteId;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.outside.LadderTrace;
import org.switchwright.server.outside.NodeMetrics;
import org.switchwright.server.outside.Outside;
import org.switchwright.server.running.Greeting;
import org.switchwright.server.running.Listening;
import org.switchwright.server.running.RunningServer;

/** A node with all its sides, which stops in order with this process. */
record RunningNode(RunningServer server, Outside outside) {

  /**
   * Starts it, or says in one sentence why not; then nothing is left running.
   *
   * @throws CommandFailed with that sentence
   */
  static RunningNode start(ConfigurationReader.Read read, boolean newToken) {
    List<String> faults = Listening.faults(read.configuration());
    if (!faults.isEmpty()) {
      throw new CommandFailed(
          ExitCode.FAILED, String.join("\n", faults) + "\nNothing was started.");
    }
    NodeMetrics metrics = new NodeMetrics();
    LadderTrace trace = new LadderTrace();
    RunningServer server;
    try {
      server = RunningServer.start(read.configuration(), read.pekko(), metrics.forServer(), trace);
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    try {
      RunningNode node = new RunningNode(server, Outside.open(server, metrics, trace, newToken));
      server.node().whenProcessEnds(node::stop);
      return node;
    } catch (IOException | SQLException | RuntimeException e) {
      server.close();
      throw failed(e);
    }
  }

  private static CommandFailed failed(Exception e) {
    return new CommandFailed(ExitCode.FAILED, "Switchwright did not start: " + e.getMessage());
  }

  /**
   * Says what listens where.
   *
   * @param file the configuration by which commands find this node; empty: they do without
   */
  void greet(PrintWriter out, Optional<Path> file) {
    new Greeting(server).print(out);
    out.printf("  %-9s %s%n", "HTTP", outside.url() + "/api/v1, described in /openapi.yaml");
    outside
        .administratorToken()
        .ifPresent(token -> {
          out.printf("  %-9s %s%n", "token", token);
          out.printf("  %-9s %s%n", "", "(an administrator's; told this once, kept as a hash)");
        });
    out.printf(
        "  %-9s ./switchwright top%s%n", "watch", file.map(it -> " --config " + it).orElse(""));
    out.println();
    out.flush();
  }

  /** Lets a controller follow this site, and returns its token. */
  String admit(SiteId controller) {
    return new ApiClient(outside.url(), outside.localToken())
        .post(
            NetworkLinksCommand.PATH,
            Optional.of(
                JsonNodeFactory.instance.objectNode().put("name", controller.value()).toString()))
        .path("token")
        .asText();
  }

  private void stop() {
    outside.close();
    server.close();
  }
}

package org.switchwright.systemtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.CallHistory;
import org.switchwright.cluster.view.CallHistory.PastCall;
import org.switchwright.cluster.view.Page;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.server.running.RunningServer;
import org.switchwright.systemtest.TestSite;

/** A whole server whose phones are registered by sipp. */
final class SippSite implements AutoCloseable {
  private static final Duration SOON = TestSite.SOON;

  private final Path home;
  private final TestSite site;
  private RunningServer server;

  private SippSite(Path home, TestSite site, RunningServer server) {
    this.home = home;
    this.site = site;
    this.server = server;
  }

  /**
   * Starts it; sipp knows MD5 only, and its agents answer nothing but their calls.
   *
   * @param more further lines of configuration
   */
  static SippSite start(Path home, int agents, String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("sip.digest-algorithms = [\"MD5\"]", "sip.probe.interval = 0s"));
    lines.addAll(List.of(more));
    TestSite site = TestSite.prepare(home, agents, lines.toArray(String[]::new));
    return new SippSite(home, site, site.start());
  }

  TestSite site() {
    return site;
  }

  /** In order, as an operator would; the phones' registrations are to be as they were. */
  void restart() throws IOException {
    server.close();
    server = site.start();
  }

  RunningServer server() {
    return server;
  }

  String edge() {
    return edge(site);
  }

  static String edge(TestSite site) {
    return "127.0.0.1:" + site.edge().getPort();
  }

  /** Callers to this routing point. */
  Sipp.Plan callers(String scenario, String point) {
    return Sipp.scenario(scenario).with("-s", point, edge());
  }

  /** Registers these agents' phones at this port, and makes the agents ready, in order. */
  void ready(int port, int from, int to) throws Exception {
    register(port, from, to);
    for (int n = from; n <= to; n++) {
      wish(n, new Agent.LogIn(Instant.now()));
      wish(n, new Agent.BeReady(Instant.now()));
      int number = n;
      await()
          .atMost(SOON)
          .until(() -> state(number).filter(AgentStates.AgentNow::routable).isPresent());
    }
  }

  void register(int port, int from, int to) throws Exception {
    register(site, home, port, from, to);
  }

  /** Registers phones of a site, whatever process it runs in. */
  static void register(TestSite site, Path home, int port, int from, int to) throws Exception {
    StringBuilder list = new StringBuilder("SEQUENTIAL\n");
    for (int n = from; n <= to; n++) {
      String agent = TestSite.agent(n);
      list.append(agent)
          .append(";[authentication username=")
          .append(agent)
          .append(" password=")
          .append(site.password(n))
          .append("]\n");
    }
    Path file = Files.createTempFile(home, "phones", ".csv");
    Files.writeString(file, list);
    int count = to - from + 1;
    Sipp.Plan plan = Sipp.scenario("register").calls(count).with("-inf", file.toString());
    plan.with("-key", "phone_port", Integer.toString(port), "-r", "20", edge(site));
    try (Sipp registering = plan.start()) {
      assertThat(registering.awaitExit(SOON)).as("see %s", registering.output()).isZero();
      assertThat(registering.notes("REGISTERED")).hasSize(count);
    }
  }

  /** The agent's own command, taken or (where it changes nothing) refused. */
  void wish(int agent, Agent.Command command) throws Exception {
    server
        .node()
        .agents()
        .submit(new AgentId(TestSite.agent(agent)), command)
        .toCompletableFuture()
        .get(SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  void logOut(int... agents) throws Exception {
    for (int agent : agents) {
      wish(agent, new Agent.LogOut(Instant.now()));
    }
  }

  Optional<AgentStates.AgentNow> state(int agent) throws SQLException {
    return new AgentStates(server.database().dataSource()).find(new AgentId(TestSite.agent(agent)));
  }

  /** The calls that arrived since then and are over, newest first, once there are this many. */
  List<PastCall> awaitOver(Instant since, int calls) {
    await().atMost(SOON).until(() -> over(since).size() >= calls);
    return over(since);
  }

  List<PastCall> over(Instant since) {
    var filter =
        new CallHistory.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(since),
            Optional.empty(),
            true);
    var history = new CallHistory(server.database().dataSource());
    List<PastCall> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    try {
      do {
        Page<PastCall> page = history.page(filter, next, Page.MAX_ROWS);
        found.addAll(page.rows());
        next = page.next();
      } while (next.isPresent());
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to read the history", e);
    }
    return found;
  }

  @Override
  public void close() {
    server.close();
  }
}

package org.switchwright.systemtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.switchwright.useragent.Relay;

/**
 * A controller without agents and the sites that serve its queue, each a process of its own, with a
 * relay in each status link. Sites are numbered in the order of their names.
 */
final class TestNetwork implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** No call is missed because the machine is busy. */
  private static final String PATIENT = "site.queue-defaults.ring-timeout = 20s";

  private final Path home;
  private final List<String> names;
  private final List<TestSite> sites = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();
  private final List<ServerProcess> processes = new ArrayList<>();
  private TestSite controller;

  private TestNetwork(Path home, List<String> names) {
    this.home = home;
    this.names = names;
  }

  private void start(int agents, String... more) throws Exception {
    for (String name : names) {
      begin(name, agents);
    }
    for (int n = 0; n < names.size(); n++) {
      processes.get(n).awaitStarted();
      admit(n);
    }
    List<String> lines = new ArrayList<>(List.of(more));
    lines.add("site.name = headquarters");
    lines.add("network.heartbeat = 500ms");
    lines.add(PATIENT);
    for (int n = 0; n < names.size(); n++) {
      lines.add(
          "network.sites.%s { url = \"http://127.0.0.1:%d\", token-file = \"%s\" }"
              .formatted(names.get(n), relays.get(n).port(), token(names.get(n))));
    }
    lines.add(
        names.stream()
            .map(name -> name + ".point = sales")
            .collect(Collectors.joining(", ", "site.queues.sales.elsewhere { ", " }")));
    controller =
        TestSite.prepare(
            Files.createDirectories(home.resolve("hq")), 1, lines.toArray(String[]::new));
    processes.add(ServerProcess.start(controller.configuration(), home.resolve("hq.log")));
    await().atMost(SOON).until(() -> basis().stream().allMatch("live"::equals));
  }

  /**
   * Returns when all of it is up.
   *
   * @param agents of each site, none of them logged in
   * @param more lines of the controller's configuration
   */
  static TestNetwork start(Path home, List<String> names, int agents, String... more)
      throws Exception {
    TestNetwork network = new TestNetwork(home, names);
    try {
      network.start(agents, more);
      return network;
    } catch (Exception | Error e) {
      network.close();
      throw e;
    }
  }

  private void begin(String name, int agents) throws Exception {
    TestSite site =
        TestSite.prepare(
            Files.createDirectories(home.resolve(name)), agents, "site.name = " + name, PATIENT);
    processes.add(ServerProcess.begin(site.configuration(), home.resolve(name + ".log")));
    sites.add(site);
  }

  private void admit(int number) throws Exception {
    TestSite site = sites.get(number);
    relays.add(Relay.to(site.http()));
    JsonNode made = site.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Files.writeString(token(names.get(number)), made.path("token").asText() + "\n");
  }

  private Path token(String name) {
    return home.resolve(name + ".token");
  }

  TestSite controller() {
    return controller;
  }

  TestSite site(int number) {
    return sites.get(number);
  }

  Relay link(int number) {
    return relays.get(number);
  }

  /** How the controller sees a site. */
  JsonNode seen(int number) throws Exception {
    return controller.ask("/api/v1/network").path("items").path(number);
  }

  /** Live, estimated or unknown, for each site. */
  List<String> basis() throws Exception {
    List<String> basis = new ArrayList<>();
    for (int n = 0; n < names.size(); n++) {
      basis.add(seen(n).path("basis").asText());
    }
    return basis;
  }

  /** Numbers and names of a site's events, as it tells them itself. */
  List<String> told(int number) throws Exception {
    List<String> told = new ArrayList<>();
    for (JsonNode event : Events.of(site(number), "site.")) {
      told.add(event.path("entity").path("sequence") + " " + event.path("name").asText());
    }
    return told;
  }

  /** The same, as the controller has them in its journal. */
  List<String> journaled(int number) throws Exception {
    List<String> journaled = new ArrayList<>();
    for (JsonNode event : Events.of(controller, "monitor.reported")) {
      if (event.path("entity").path("id").asText().equals(names.get(number))) {
        for (JsonNode report : event.path("data").path("reports")) {
          journaled.add(report.path("sequence") + " " + report.path("name").asText());
        }
      }
    }
    return journaled;
  }

  /** All calls that are over, the latest first. */
  static List<JsonNode> history(TestSite site) throws Exception {
    List<JsonNode> calls = new ArrayList<>();
    String path = "/api/v1/calls/history?limit=100";
    for (String next = ""; ; ) {
      JsonNode page = site.ask(path + next);
      page.path("items").forEach(calls::add);
      if (page.path("next").isMissingNode()) {
        return calls;
      }
      next = "&after=" + page.path("next").asText();
    }
  }

  @Override
  public void close() throws Exception {
    ServerProcess.closeAll(processes);
    for (Relay relay : relays) {
      relay.close();
    }
  }
}

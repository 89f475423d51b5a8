package org.switchwright.systemtest;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.switchwright.useragent.Relay;

/** A controller and two sites, each a process of its own, with one queue for all. */
final class HandoverNetwork implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** In the order of their names, as the controller tells them. */
  static final int BERLIN = 0;

  static final int HAMBURG = 1;

  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();
  private Path home = Path.of("");
  private TestSite berlin;
  private TestSite hamburg;
  private TestSite controller;

  /** Returns when all of it is up. Is to be closed even where that fails. */
  void start(Path folder) throws Exception {
    home = folder;
    hamburg = site("hamburg");
    JsonNode made = hamburg.post("/api/v1/status/links", "{\"name\":\"berlin\"}");
    Files.writeString(home.resolve("hamburg-for-berlin.token"), made.path("token").asText());
    berlin =
        site(
            "berlin",
            "network.sites.hamburg.url = \"http://127.0.0.1:" + hamburg.http().getPort() + "\"",
            "network.sites.hamburg.token-file = \""
                + home.resolve("hamburg-for-berlin.token")
                + "\"",
            "site.queues.sales.elsewhere { hamburg.point = sales }");
    controller =
        TestSite.prepare(
            Files.createDirectories(home.resolve("hq")),
            1,
            "site.name = headquarters",
            "network.heartbeat = 500ms",
            link("berlin", BERLIN),
            link("hamburg", HAMBURG),
            "site.queues.sales.elsewhere { berlin.point = sales, hamburg.point = sales }",
            "site.queues.berlin.elsewhere { berlin.point = sales }",
            "site.queues.hamburg.elsewhere { hamburg.point = sales }");
    processes.add(ServerProcess.start(controller.configuration(), home.resolve("hq.log")));
    await().atMost(SOON).until(this::isLive);
  }

  private TestSite site(String name, String... more) throws Exception {
    Path there = Files.createDirectories(home.resolve(name));
    String[] lines = Arrays.copyOf(more, more.length + 1);
    lines[more.length] = "site.name = " + name;
    TestSite site = TestSite.prepare(there, 2, lines);
    processes.addFirst(ServerProcess.start(site.configuration(), home.resolve(name + ".log")));
    relays.addFirst(Relay.to(site.http()));
    JsonNode made = site.post("/api/v1/status/links", "{\"name\":\"headquarters\"}");
    Files.writeString(home.resolve(name + ".token"), made.path("token").asText() + "\n");
    return site;
  }

  private String link(String name, int number) {
    return "network.sites."
        + name
        + " { url = \"http://127.0.0.1:"
        + relays.get(number).port()
        + "\", token-file = \""
        + home.resolve(name + ".token")
        + "\" }";
  }

  TestSite berlin() {
    return berlin;
  }

  TestSite hamburg() {
    return hamburg;
  }

  TestSite controller() {
    return controller;
  }

  Relay relay(int number) {
    return relays.get(number);
  }

  /** How the controller sees a site. */
  JsonNode seen(int number) throws Exception {
    return controller.ask("/api/v1/network").path("items").path(number);
  }

  boolean isLive() throws Exception {
    return seen(BERLIN).path("basis").asText().equals("live")
        && seen(HAMBURG).path("basis").asText().equals("live");
  }

  boolean hasNobodyReady() throws Exception {
    return seen(BERLIN).path("agentsReady").asInt(-1) == 0
        && seen(HAMBURG).path("agentsReady").asInt(-1) == 0;
  }

  /** Between two tests that share it. */
  void settle() throws Exception {
    relays.forEach(Relay::restore);
    for (TestSite site : List.of(berlin, hamburg, controller)) {
      site.settle();
    }
  }

  /** As if the power had gone at berlin. */
  void killBerlin() throws InterruptedException {
    processes.get(BERLIN).kill();
  }

  void startBerlinAgain() throws Exception {
    processes.set(
        BERLIN, ServerProcess.start(berlin.configuration(), home.resolve("berlin-again.log")));
  }

  @Override
  public void close() throws Exception {
    ServerProcess.closeAll(processes);
    for (Relay relay : relays) {
      relay.close();
    }
  }
}

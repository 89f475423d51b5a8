package org.switchwright.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.switchwright.server.access.AccessFile;

/**
 * What it costs a caller that the agent sits at another site: the same calls to the same agents, by
 * their own site and by a controller that has none.
 */
final class Handover {
  private static final int RATE = 20;
  private static final int WARM_UP_SECONDS = 20;

  private final Path home;
  private final Plan plan;
  private final PrintStream out;

  Handover(Path home, Plan plan, PrintStream out) {
    this.home = home;
    this.plan = plan;
    this.out = out;
  }

  void run() throws Exception {
    SiteFile site = SiteFile.write(Files.createDirectories(home.resolve("site")), plan);
    try (MeasuredServer there = MeasuredServer.start(site, plan);
        Sipp agents = Sipp.start(home.resolve("agents"), "agent", plan)) {
      new Seating(site, plan).seat(agents.port());
      SiteFile controller = controller(site);
      try (MeasuredServer here = MeasuredServer.start(controller, plan)) {
        out.printf(
            "%nhand-over: a controller and a site of %d agents, %d calls/s, %d s each after a"
                + " warm-up of %d s%n",
            plan.agents(), RATE, plan.seconds(), WARM_UP_SECONDS);
        Callers own = callers("own", site, agents, there);
        Callers handed = callers("handed", controller, agents, here);
        own.call(RATE, WARM_UP_SECONDS);
        handed.call(RATE, WARM_UP_SECONDS);
        Rung.printHead(out);
        Rung stayed = own.call(RATE, plan.seconds());
        stayed.print(out);
        Rung moved = handed.call(RATE, plan.seconds());
        moved.print(out);
        out.printf(
            "INVITE to 200 through the controller beside the site's own: p50 %.0f ms more, %.1f"
                + " times; p99 %.0f ms more, %.1f times%n",
            moved.setup().p50() - stayed.setup().p50(),
            moved.setup().p50() / stayed.setup().p50(),
            moved.setup().p99() - stayed.setup().p99(),
            moved.setup().p99() / stayed.setup().p99());
      }
    }
  }

  private Callers callers(String name, SiteFile to, Sipp agents, MeasuredServer server)
      throws IOException {
    return new Callers(home.resolve(name), plan, to.edge(), agents, Optional.of(server));
  }

  private SiteFile controller(SiteFile site) throws IOException, InterruptedException {
    AccessFile access = AccessFile.read(site.data()).orElseThrow();
    Path token = home.resolve("site.token");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(access.url() + "/api/v1/status/links"))
              .header("Authorization", "Bearer " + access.token())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"name\":\"controller\"}"))
              .build();
      JsonNode made =
          new JsonMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
      Files.writeString(token, made.path("token").asText());
    }
    return SiteFile.write(
        Files.createDirectories(home.resolve("controller")),
        "controller",
        0,
        "network.sites.bench { url = \"" + access.url() + "\", token-file = \"" + token + "\" }",
        "site.queues.sales.elsewhere.bench.point = sales");
  }
}

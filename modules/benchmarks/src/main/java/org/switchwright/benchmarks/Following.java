package org.switchwright.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.switchwright.server.access.AccessFile;

/**
 * What it costs a controller to follow sites of 200 agents: none, one, ten, a hundred. The one that
 * follows none is the reference.
 */
final class Following {
  private static final Duration ALL_LIVE = Duration.ofMinutes(3);
  private static final int WARM_UP_SECONDS = 30;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path home;
  private final Plan plan;
  private final PrintStream out;

  Following(Path home, Plan plan, PrintStream out) {
    this.home = home;
    this.plan = plan;
    this.out = out;
  }

  private record Used(double server, double database, double heapMb) {
    double cpuOver(Used other) {
      return server + database - other.server - other.database;
    }

    double heapOver(Used other) {
      return heapMb - other.heapMb;
    }
  }

  void run() throws Exception {
    out.printf(
        "%nfollowing sites of %d agents with %.2f calls/s each, %d s after a warm-up of %d s;"
            + " percents of one processor%n",
        FarSites.AGENTS, FarSite.CALLS_A_SECOND, plan.seconds(), WARM_UP_SECONDS);
    out.printf(
        "%6s %9s %9s %9s %9s %9s %9s %12s %14s%n",
        "sites",
        "events/s",
        "lag p50",
        "lag p99",
        "server %",
        "db %",
        "heap MB",
        "a site: % +",
        "a site: MB +");
    Used none = follow(0, Optional.empty());
    for (int sites : plan.sites()) {
      follow(sites, Optional.of(none));
    }
  }

  private Used follow(int count, Optional<Used> none) throws Exception {
    Path here = Files.createDirectories(home.resolve(count + "-sites"));
    Path token = here.resolve("token");
    Files.writeString(token, "token-of-the-benchmark\n");
    try (FarSites sites = new FarSites(count)) {
      SiteFile file = SiteFile.write(here, "controller", 0, sites.links(token.toString()));
      try (MeasuredServer server = MeasuredServer.start(file, plan);
          HttpClient client = HttpClient.newHttpClient()) {
        awaitLive(client, file, count);
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        Instant began = Instant.now();
        long told = sites.told();
        long cpu = server.cpuMs();
        long database = server.databaseCpuMs();
        TimeUnit.SECONDS.sleep(plan.seconds());
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1e3;
        double rate = (sites.told() - told) / seconds;
        double serverUse = (server.cpuMs() - cpu) / seconds / 10;
        double databaseUse = (server.databaseCpuMs() - database) / seconds / 10;
        Percentiles lag = lag(client, file, began, Instant.now());
        Used used = new Used(serverUse, databaseUse, server.liveHeapMb());
        out.printf(
            "%6d %9.1f %6.0f ms %6.0f ms %9.1f %9.1f %9.0f",
            count, rate, lag.p50(), lag.p99(), used.server(), used.database(), used.heapMb());
        none.ifPresent(
            it -> out.printf("%12.2f %14.2f", used.cpuOver(it) / count, used.heapOver(it) / count));
        out.println();
        return used;
      }
    }
  }

  private static void awaitLive(HttpClient client, SiteFile controller, int count)
      throws Exception {
    Instant end = Instant.now().plus(ALL_LIVE);
    while (live(client, controller) < count) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "Expected %d sites to be live, but only %d are"
                .formatted(count, live(client, controller)));
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static long live(HttpClient client, SiteFile controller) throws Exception {
    return StreamSupport.stream(sites(client, controller).spliterator(), false)
        .filter(site -> site.path("basis").asText().equals("live"))
        .count();
  }

  /** None where the controller has no time to answer, as while it takes in what there is. */
  private static JsonNode sites(HttpClient client, SiteFile controller) throws Exception {
    HttpResponse<String> answer =
        client.send(request(controller, "/api/v1/network").build(), BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? MAPPER.readTree(answer.body()).path("items")
        : MAPPER.createArrayNode();
  }

  private static HttpRequest.Builder request(SiteFile controller, String path) throws IOException {
    AccessFile access = AccessFile.read(controller.data()).orElseThrow();
    return HttpRequest.newBuilder(URI.create(access.url() + path))
        .header("Authorization", "Bearer " + access.token());
  }

  /** From when something happened there to when it was journaled here, in ms. */
  private static Percentiles lag(HttpClient client, SiteFile controller, Instant from, Instant to)
      throws Exception {
    List<Double> lags = new ArrayList<>();
    HttpRequest request =
        request(controller, "/api/v1/events?from=start&type=monitor.reported").build();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body(), UTF_8))) {
      String line;
      Instant quietEnd = Instant.now().plusSeconds(5);
      while ((line = lines.readLine()) != null && Instant.now().isBefore(quietEnd)) {
        if (!line.startsWith("data: {\"id\"")) {
          continue;
        }
        JsonNode event = MAPPER.readTree(line.substring("data: ".length()));
        Instant at = Instant.parse(event.path("at").asText());
        if (at.isAfter(to)) {
          break;
        }
        if (at.isAfter(from)) {
          for (JsonNode report : event.path("data").path("reports")) {
            Instant there = Instant.parse(report.path("event").path("at").asText());
            lags.add(Duration.between(there, at).toNanos() / 1e6);
          }
        }
        quietEnd = Instant.now().plusSeconds(5);
      }
    }
    return Percentiles.of(lags.stream().mapToDouble(Double::doubleValue));
  }
}

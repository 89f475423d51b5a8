package org.switchwright.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.switchwright.server.access.AccessFile;

/** Registers all agents' phones, which are one sipp, and makes the agents ready, many at once. */
final class Seating {
  private static final int AT_ONCE = 16;
  private static final int REGISTRATIONS_PER_SECOND = 100;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final SiteFile site;
  private final Plan plan;

  Seating(SiteFile site, Plan plan) {
    this.site = site;
    this.plan = plan;
  }

  void seat(int phonePort) throws IOException, InterruptedException {
    List<String> agents = register(phonePort);
    AccessFile access = AccessFile.read(site.data()).orElseThrow();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> seated = new ArrayList<>();
      for (String agent : agents) {
        seated.add(
            workers.submit(() -> {
              post(client, access, agent, "login");
              post(client, access, agent, "ready");
              return agent;
            }));
      }
      for (Future<?> one : seated) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Expected every agent to be ready", e.getCause());
    }
  }

  private List<String> register(int phonePort) throws IOException, InterruptedException {
    List<String> agents = new ArrayList<>();
    StringBuilder list = new StringBuilder("SEQUENTIAL\n");
    for (String line : Files.readAllLines(site.data().resolve("phone-passwords"))) {
      String[] words = line.split(" ", 2);
      agents.add(words[0]);
      list.append(words[0]).append(";[authentication username=").append(words[0]);
      list.append(" password=").append(words[1]).append("]\n");
    }
    Path phones = site.home().resolve("phones.csv");
    Files.writeString(phones, list);
    String[] options = {
      "-inf",
      phones.toString(),
      "-key",
      "phone_port",
      Integer.toString(phonePort),
      "-r",
      Integer.toString(REGISTRATIONS_PER_SECOND),
      "-m",
      Integer.toString(agents.size()),
      site.edge()
    };
    try (Sipp sipp = Sipp.start(site.home().resolve("register"), "register", plan, options)) {
      sipp.awaitEnd(LONG);
      if (sipp.counts().calls() != agents.size() || sipp.counts().failed() != 0) {
        throw new IOException("Expected every phone to register, but got " + sipp.counts());
      }
    }
    return agents;
  }

  private static void post(HttpClient client, AccessFile access, String agent, String command)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.url() + "/api/v1/agents/" + agent + "/" + command))
            .header("Authorization", "Bearer " + access.token())
            .timeout(LONG)
            .POST(BodyPublishers.noBody())
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("Expected " + agent + " to " + command + ", but got " + status);
    }
  }
}

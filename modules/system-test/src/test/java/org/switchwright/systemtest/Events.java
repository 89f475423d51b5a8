package org.switchwright.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server's events, as its stream tells them. */
final class Events {
  private Events() {}

  /** All that are there now, from the first. */
  static List<JsonNode> of(TestSite server, String type) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream stream =
            client
                .send(
                    server.request("/api/v1/events?from=start&type=" + type).build(),
                    BodyHandlers.ofInputStream())
                .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      long quietSince = System.nanoTime();
      while (System.nanoTime() - quietSince < Duration.ofSeconds(1).toNanos()) {
        if (!lines.ready()) {
          // Not spinning: the servers are to have the cores.
          Thread.sleep(Duration.ofMillis(5));
          continue;
        }
        String line = lines.readLine();
        quietSince = System.nanoTime();
        if (line.startsWith("data: {\"id\"")) {
          events.add(new JsonMapper().readTree(line.substring("data: ".length())));
        }
      }
      client.shutdownNow();
    }
    return events;
  }
}

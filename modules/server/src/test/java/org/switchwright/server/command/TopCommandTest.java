package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The screen, drawn from answers as the API gives them. */
class TopCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:05Z");
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AS_OF = "\"asOf\": {\"at\": \"2026-03-02T09:00:03Z\"}";

  private static JsonNode items(String... items) throws IOException {
    return JSON.readTree("{" + AS_OF + ", \"items\": [" + String.join(",", items) + "]}");
  }

  /** One site that is watched, and cut off. */
  private static final String NETWORK =
      "{\"site\": \"far\", \"basis\": \"estimated\", \"ageMs\": 65000, \"callsWaiting\": 2,"
          + " \"agentsReady\": 1, \"link\": {\"state\": \"down\", \"trouble\": \"silent\","
          + " \"since\": \"2026-03-02T08:59:00Z\", \"skewMs\": -90000, \"reported\": 17,"
          + " \"behind\": 3}, \"sent\": {\"inTransition\": 1, \"talking\": 2,"
          + " \"path\": \"failed\", \"failures\": 3}}";

  private static String draw(String site, String queue, String recent) throws IOException {
    return TopCommand.draw(
        new TopCommand.Answered(
            items(site),
            items(NETWORK),
            items(queue),
            JSON.readTree(recent),
            items(
                "{\"agent\": \"anna\", \"wish\": \"ready\", \"work\": \"talking\","
                    + " \"since\": \"2026-03-02T08:59:55Z\", \"skills\": {\"sales\": 5}}"),
            items(
                "{\"call\": \"c7\", \"state\": \"waiting\", \"queue\": \"sales\","
                    + " \"position\": 2, \"offers\": 1, \"since\": \"2026-03-02T08:59:05Z\","
                    + " \"arrivedAt\": \"2026-03-02T08:58:05Z\"}")),
        NOW,
        false);
  }

  /** The cells of the line that begins so. */
  private static List<String> line(String screen, String beginning) {
    return screen
        .lines()
        .filter(it -> it.startsWith(beginning))
        .findFirst()
        .map(it -> List.of(Pattern.compile(" {2,}").split(it.strip())))
        .orElseThrow(() -> new AssertionError("Expected a line " + beginning + " in " + screen));
  }

  @Test
  void shouldShowQueuesAgentsAndCallsWithTheirFigures() throws IOException {
    String screen =
        draw(
            "{\"site\": \"desk\", \"callsWaiting\": 3, \"callsTalking\": 1, \"agentsReady\": 0,"
                + " \"agentsLoggedIn\": 4}",
            "{\"queue\": \"sales\", \"waiting\": 3, \"oldestSince\": \"2026-03-02T08:58:05Z\","
                + " \"agentsLoggedIn\": 4, \"agentsReady\": 0, \"today\": {\"offered\": 20,"
                + " \"answered\": 15, \"abandoned\": 2, \"overflowed\": 0}}",
            "{\"total\": {\"offered\": 5, \"answered\": 4, \"abandoned\": 1, \"overflowed\": 0,"
                + " \"serviceLevels\": {\"asterisk-sl2\": 80.0}}}");

    assertThat(screen)
        .contains("Site desk  3 waiting, 1 talking, 0 of 4 agents ready   data 2.0 s old");
    assertThat(line(screen, "far"))
        .containsExactly(
            "far",
            "down (silent)",
            "1:05",
            "1 + 2 (failed)",
            "estimated",
            "1:05",
            "2",
            "-",
            "1",
            "-",
            "17",
            "3",
            "-90.0 s");
    assertThat(line(screen, "sales"))
        .containsExactly("sales", "3", "2:00", "4", "0", "20", "15", "2", "0");
    assertThat(line(screen, "all")).startsWith("all", "5", "4", "1", "0", "80.0");
    assertThat(line(screen, "anna")).contains("anna", "talking", "0:10");
    assertThat(line(screen, "c7")).contains("c7", "waiting", "1:00", "sales", "2", "1", "2:00");
  }

  @Test
  void shouldNeverShowZeroForWhatIsNotKnown() throws IOException {
    String screen =
        draw(
            "{\"site\": \"desk\", \"callsWaiting\": null, \"agentsReady\": 2}",
            "{\"queue\": \"sales\", \"waiting\": null, \"today\": {\"offered\": 7}}",
            "{\"total\": {\"offered\": null}}");

    assertThat(screen).contains("Site desk  - waiting, - talking, 2 of - agents ready");
    assertThat(line(screen, "sales"))
        .containsExactly("sales", "-", "-", "-", "-", "7", "-", "-", "-");
    assertThat(line(screen, "all").subList(1, 10)).containsOnly("-");
  }
}

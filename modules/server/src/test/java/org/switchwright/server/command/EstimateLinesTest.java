package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EstimateLinesTest {
  private static String of(String... sites) throws IOException {
    String json = "{\"items\": [" + String.join(",", sites) + "]}";
    return EstimateLines.of(new JsonMapper().readTree(json), ZoneOffset.UTC);
  }

  private static String cut(String more) {
    return "{\"site\": \"far\", \"basis\": \"estimated\", \"link\": {\"state\": \"down\"}"
        + more
        + "}";
  }

  @Test
  void shouldTellMedianIntervalSinceWhenAndFromWhat() throws IOException {
    String figures =
        """
        , "estimate": {"cutAt": "2026-11-22T12:03:09Z", "similarDays": 8, "learned": true, "figures": [
          {"quantity": "logged-in", "unit": "agents", "median": 14, "low": 11.4, "high": 16.6},
          {"quantity": "expected-wait", "unit": "s", "median": 41.6, "low": 0, "high": 180},
          {"quantity": "service-level", "unit": "share", "median": 0.8, "low": 0.55, "high": 1}]}
        """;

    assertThat(of(cut(figures)))
        .isEqualTo(
            "\nfar: estimated logged in 14 (11 to 17), expected wait 42 s (0 to 180), service level 80%"
                + " (55 to 100); link down 12:03, from 8 similar days\n");
    assertThat(of(cut(figures.replace("true", "false"))))
        .contains("from 8 similar days and the last report alone");
    assertThat(of(cut(figures.replace("\"learned\"", "\"bySchedule\": true, \"learned\""))))
        .contains("; link down 12:03, by its schedule, from 8 similar days\n");
  }

  @Test
  void shouldSayWhereTooLittleIsKnown() throws IOException {
    assertThat(of(cut("")))
        .isEqualTo(
            "\nfar: its last report is carried on; too little is known of its past to estimate it\n");
  }

  @Test
  void shouldTellHowGoodTheLastEstimatesWere() throws IOException {
    String figures =
        """
        {"site": "far", "basis": "live", "link": {"state": "up"},
         "lastScore": {"cutAt": "2026-11-22T12:03:09Z", "figures": [
          {"quantity": "busy", "unit": "agents", "horizonMinutes": 5, "median": 9, "truth": 9},
          {"quantity": "waiting", "unit": "calls", "horizonMinutes": 15, "median": 3.2,
           "low": 1, "high": 6, "truth": 2},
          {"quantity": "service-level", "unit": "share", "horizonMinutes": 15, "median": 0.7,
           "low": 0.5, "high": 0.9, "truth": 0.85}]}}
        """;

    assertThat(of(figures))
        .isEqualTo(
            "\nfar: last cut at 12:03: after 15 min waiting 3 (1 to 6) was 2, service level 70% (50"
                + " to 90) was 85%\n");
    assertThat(of(figures.replace("\"cutAt\"", "\"bySchedule\": true, \"cutAt\"")))
        .startsWith("\nfar: last cut at 12:03, by its schedule: after 15 min waiting 3");
  }

  @Test
  void shouldSayNothingOfSitesThatReport() throws IOException {
    assertThat(of("{\"site\": \"near\", \"basis\": \"live\", \"link\": {\"state\": \"up\"}}"))
        .isEmpty();
    assertThat(of("{\"site\": \"new\", \"basis\": \"unknown\", \"link\": {\"state\": \"down\"}}"))
        .isEmpty();
  }
}

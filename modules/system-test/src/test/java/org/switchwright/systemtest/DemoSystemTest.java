package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees first. */
class DemoSystemTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String LOCALHOST = "127.0.0.1";

  /** An agent of another site, as a site names one. */
  private static final Pattern ELSEWHERE = Pattern.compile("hamburg\\.hamburg-0|munich\\.munich-0");

  @TempDir private Path home;

  @Test
  void shouldShowANetworkWhoseLinksAreCutAndHealed() throws Exception {
    int sip = Ports.udp(LOCALHOST);
    List<String> arguments =
        List.of(
            "demo",
            "--cut-every",
            "45",
            "--set",
            "sip.port=" + sip,
            "--set",
            "http.port=" + Ports.tcp(LOCALHOST),
            "--set",
            "cluster.port=" + Ports.tcp(LOCALHOST));
    Path data = home.resolve("data").resolve("demo");
    TestSite berlin = TestSite.running(data, sip, data.resolve("berlin.conf"));
    try (ServerProcess demo = ServerProcess.start(arguments, home, home.resolve("demo.log"))) {
      await().atMost(SOON).until(() -> demo.said().contains(": answered after "));
      await().atMost(SOON).until(() -> bases(berlin).equals(List.of("live", "live")));

      await().atMost(SOON).until(() -> demo.said().contains("status link to hamburg: cut"));
      await().atMost(SOON).until(() -> bases(berlin).equals(List.of("estimated", "live")));
      await().atMost(SOON).until(() -> demo.said().contains("status link to hamburg: healed"));
      await().atMost(SOON).until(() -> bases(berlin).equals(List.of("live", "live")));

      await().atMost(SOON).until(() -> demo.said().contains("status link to munich: cut"));
      await().atMost(SOON).until(() -> bases(berlin).equals(List.of("live", "estimated")));
      await().atMost(SOON).until(() -> demo.said().contains("made-up past of hamburg and munich"));
      await().atMost(LONG).until(() -> isEstimatedByItsPast(estimate(berlin)));
      await()
          .atMost(SOON)
          .until(() -> ELSEWHERE.matcher(berlin.ask("/api/v1/calls/history").toString()).find());
    }
    for (String site : List.of("", "hamburg", "munich")) {
      assertThat(data.resolve(site).resolve("postgresql").resolve("data").resolve("postmaster.pid"))
          .doesNotExist();
    }
  }

  /** Of whichever site's link is cut. */
  private static JsonNode estimate(TestSite berlin) throws Exception {
    return berlin.ask("/api/v1/network").findPath("estimate");
  }

  /** As a newcomer is to see it. */
  private static boolean isEstimatedByItsPast(JsonNode estimate) {
    for (JsonNode figure : estimate.path("figures")) {
      if (figure.path("quantity").asText().equals("logged-in")) {
        return estimate.path("similarDays").asInt() == 8
            && figure.path("median").asInt() == 2
            && figure.has("low")
            && figure.has("high");
      }
    }
    return false;
  }

  private static List<String> bases(TestSite berlin) throws Exception {
    JsonNode sites = berlin.ask("/api/v1/network").path("items");
    return sites.findValuesAsText("basis");
  }
}

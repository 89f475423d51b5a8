package org.switchwright.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A past of which a site can be estimated: two agents, day and night, until yesterday. */
final class FourWeeks {
  private FourWeeks() {}

  /** Makes it known to a site's controller: a call each four minutes of the past four weeks. */
  static void load(TestSite controller, String site) throws Exception {
    Instant today = LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<String> calls = new ArrayList<>();
    for (int n = 28 * 360; n >= 1; n--) {
      long entered = today.minus(Duration.ofMinutes(4L * n)).toEpochMilli();
      long answered = entered + 5_000 + n * 7_919L % 20_000;
      long ended = answered + 200_000 + n * 104_729L % 300_000;
      calls.add(
          ("{\"enteredMs\":%d,\"answeredMs\":%d,\"endedMs\":%d,\"agent\":\"agent-0%d\","
                  + "\"queue\":\"sales\"}")
              .formatted(entered, answered, ended, 1 + n % 2));
      if (calls.size() == 500 || n == 1) {
        JsonNode loaded =
            controller.post(
                "/api/v1/network/" + site + "/history",
                "{\"zone\":\"UTC\",\"calls\":[" + String.join(",", calls) + "]}");
        assertThat(loaded.path("added").asInt()).isEqualTo(calls.size());
        calls.clear();
      }
    }
  }
}

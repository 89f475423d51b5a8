package org.switchwright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.SiteMonitor;

/** What is told of sites' schedules, and what is taken of them. */
class ScheduleRequestsTest extends ApiTest {
  private static final String PATH = "/api/v1/network/hamburg/schedule";

  @Test
  void shouldTellWhatIsPlanned() throws Exception {
    assertThat(send("GET", PATH, "").body())
        .contains("\"zone\":\"UTC\"", "\"firstDay\":\"1970-01-01\"", "\"days\":1");
    assertThat(send("GET", PATH + "/1970-01-01", "").body())
        .contains("\"planned\":true", "{\"minute\":480,\"agents\":12}");
    assertThat(send("GET", PATH + "/1970-01-02", "").body())
        .contains("\"planned\":false", "\"steps\":[]");
  }

  @Test
  void shouldTakeDays() throws Exception {
    String body =
        """
        {"zone": "Europe/Vienna", "days": [
          {"day": "2026-03-02", "steps": [{"minute": 480, "agents": 9}, {"minute": 960, "agents": 0}]},
          {"day": "2026-03-03", "steps": [{"minute": 0, "agents": 0}]}]}
        """;

    assertThat(send("POST", PATH, body).body()).contains("\"changed\":2", "\"asBefore\":3");

    SiteMonitor.Plan plan = site.schedules.loaded.getFirst();
    assertThat(plan.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(plan.days())
        .containsExactly(
            new PlannedDay(
                LocalDate.of(2026, 3, 2),
                List.of(new PlannedDay.Step(480, 9), new PlannedDay.Step(960, 0))),
            new PlannedDay(LocalDate.of(2026, 3, 3), List.of(new PlannedDay.Step(0, 0))));
  }

  @Test
  void shouldSayWhatIsWrong() throws Exception {
    assertProblem(send("GET", "/api/v1/network/rome/schedule", ""), 400, "bad-request");
    assertProblem(send("GET", PATH + "/yesterday", ""), 404, "not-found");
    assertWrong("{\"zone\":\"Mars\",\"days\":[]}", "Expected zone as a time zone");
    assertWrong(
        "{\"zone\":\"UTC\",\"days\":[]}", "Expected days as an array, with 1 to 3000 steps");
    assertWrong(day("\"steps\":[]"), "Day 1: Expected day as a text");
    assertWrong(day("\"day\":\"then\",\"steps\":[]"), "Day 1: Expected a day such as 2026-06-01");
    assertWrong(day("\"day\":\"2026-03-02\""), "Day 1: Expected at least one step");
    assertWrong(
        day("\"day\":\"2026-03-02\",\"steps\":[{\"minute\":5}]"),
        "Day 1: Expected minute and agents of each step");
    assertWrong(
        day("\"day\":\"2026-03-02\",\"steps\":[{\"minute\":2881,\"agents\":1}]"),
        "Day 1: Expected minute as a whole number from 0 to 2880");
    String one = "{\"minute\":5,\"agents\":1}";
    assertWrong(
        day("\"day\":\"2026-03-02\",\"steps\":[" + one + ("," + one).repeat(3_000) + "]"),
        "with 1 to 3000 steps in all");
    String step = "\"day\":\"2026-03-02\",\"steps\":[" + one + "]";
    assertWrong(day(step + "},{" + step), "Expected each day once, but got one twice");
    assertThat(site.schedules.loaded).isEmpty();

    site.schedules.refuses = true;
    assertProblem(send("POST", PATH, day(step)), 409, "unreadable");
  }

  private static String day(String fields) {
    return "{\"zone\":\"UTC\",\"days\":[{" + fields + "}]}";
  }

  private void assertWrong(String body, String sentence) throws Exception {
    var answer = send("POST", PATH, body);
    assertProblem(answer, 400, "bad-request");
    assertThat(answer.body()).contains(sentence);
  }
}

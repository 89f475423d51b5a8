package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.estimate.Presence;
import org.switchwright.domain.estimate.Schedule;
import org.switchwright.domain.estimate.SiteHistory;
import org.switchwright.domain.estimate.SitePast;

/** The history of a site, and its schedule, as the server has it that watches the site. */
final class JournalHistory {
  private JournalHistory() {}

  static SiteHistory read(ApiClient client, String site) {
    String path = "/api/v1/network/" + Paths.segment(site) + "/history";
    JsonNode overview = client.get(path);
    if (!overview.has("firstDay")) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "Expected history of site "
              + site
              + ", but nothing was loaded and the site has reported no call; see load-history");
    }
    List<CallRecord> calls = new ArrayList<>();
    List<Presence> there = new ArrayList<>();
    LocalDate last = LocalDate.parse(Answers.text(overview, "lastDay"));
    for (LocalDate day = LocalDate.parse(Answers.text(overview, "firstDay"));
        !day.isAfter(last);
        day = day.plusDays(1)) {
      day(client, path + "/" + day, calls, there);
    }
    return SiteHistory.of(
        new SitePast(calls, there),
        ZoneId.of(Answers.text(overview, "zone")),
        schedule(client, site, last));
  }

  /** As it is planned now, whatever was planned when the day came. */
  private static Schedule schedule(ApiClient client, String site, LocalDate last) {
    String path = "/api/v1/network/" + Paths.segment(site) + "/schedule";
    JsonNode overview = client.get(path);
    List<PlannedDay> days = new ArrayList<>();
    if (overview.has("firstDay")) {
      LocalDate planned = LocalDate.parse(Answers.text(overview, "lastDay"));
      for (LocalDate day = LocalDate.parse(Answers.text(overview, "firstDay"));
          !day.isAfter(planned) && !day.isAfter(last);
          day = day.plusDays(1)) {
        JsonNode found = client.get(path + "/" + day);
        if (found.path("planned").asBoolean()) {
          days.add(planned(day, found));
        }
      }
    }
    return Schedule.of(days);
  }

  private static PlannedDay planned(LocalDate day, JsonNode found) {
    List<PlannedDay.Step> steps = new ArrayList<>();
    found
        .path("steps")
        .forEach(it ->
            steps.add(new PlannedDay.Step(it.path("minute").asInt(), it.path("agents").asInt())));
    return new PlannedDay(day, steps);
  }

  private static void day(
      ApiClient client, String path, List<CallRecord> calls, List<Presence> there) {
    JsonNode page = client.get(path);
    page.path("present").forEach(it -> there.add(presence(it)));
    page.path("calls").forEach(it -> calls.add(call(it)));
    while (page.has("next")) {
      page = client.get(path + "?after=" + page.path("next").asInt());
      page.path("calls").forEach(it -> calls.add(call(it)));
    }
  }

  private static Presence presence(JsonNode it) {
    return new Presence(
        Answers.text(it, "agent"), it.path("fromMs").asLong(), it.path("toMs").asLong());
  }

  private static CallRecord call(JsonNode it) {
    return new CallRecord(
        it.path("enteredMs").asLong(),
        it.has("answeredMs") ? it.path("answeredMs").asLong() : CallRecord.NEVER,
        it.path("endedMs").asLong(),
        it.path("agent").asText(""),
        it.path("queue").asText(),
        it.path("headStartMs").asInt());
  }
}

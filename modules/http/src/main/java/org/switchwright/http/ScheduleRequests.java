package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.http.query.SiteSchedules;

/** What is planned at sites that are watched, and what is planned anew. */
final class ScheduleRequests {
  private static final int MAX_ZONE = 64;
  private static final String STEPS =
      "Expected days as an array, with 1 to " + SiteMonitor.MAX_STEPS + " steps in all";

  private final SiteSchedules schedules;

  ScheduleRequests(SiteSchedules schedules) {
    this.schedules = schedules;
  }

  HttpResponse overview(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    SiteId site = HistoryRequests.site(exchange);
    return Json.ok(HistoryRequests.known(() -> schedules.overview(site)));
  }

  HttpResponse day(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    SiteId site = HistoryRequests.site(exchange);
    LocalDate day = exchange.id("day", "a day such as 2026-06-01", HistoryRequests::date);
    return Json.ok(HistoryRequests.known(() -> schedules.day(site, day)));
  }

  CompletionStage<HttpResponse> load(Exchange exchange) {
    SiteId site = HistoryRequests.site(exchange);
    JsonNode body = exchange.json();
    ZoneId zone = HistoryRequests.zone(Exchange.text(body, "zone", MAX_ZONE));
    List<PlannedDay> days = new ArrayList<>();
    int steps = 0;
    for (JsonNode each : body.path("days")) {
      steps += each.path("steps").size();
      if (steps > SiteMonitor.MAX_STEPS) {
        throw HistoryRequests.bad(STEPS);
      }
      try {
        days.add(day(each));
      } catch (IllegalArgumentException e) {
        throw HistoryRequests.bad("Day " + (days.size() + 1) + ": " + e.getMessage());
      }
    }
    if (days.isEmpty()) {
      throw HistoryRequests.bad(STEPS);
    }
    return HistoryRequests.known(() -> schedules.load(site, new SiteMonitor.Plan(zone, days)))
        .thenApply(ScheduleRequests::loaded);
  }

  private static HttpResponse loaded(SiteSchedules.Loaded it) {
    return it.receipt() instanceof Receipt.Refused
        ? Receipts.answer(it.receipt())
        : Json.ok(Map.of("changed", it.changed(), "asBefore", it.asBefore()));
  }

  private static PlannedDay day(JsonNode it) {
    LocalDate day = HistoryRequests.date(HistoryRequests.text(it, "day"));
    List<PlannedDay.Step> steps = new ArrayList<>();
    for (JsonNode step : it.path("steps")) {
      if (!step.has("minute") || !step.has("agents")) {
        throw new IllegalArgumentException("Expected minute and agents of each step");
      }
      steps.add(
          new PlannedDay.Step(
              (int) HistoryRequests.number(step, "minute", PlannedDay.MINUTES),
              (int) HistoryRequests.number(step, "agents", PlannedDay.MAX_AGENTS)));
    }
    return new PlannedDay(day, steps);
  }
}

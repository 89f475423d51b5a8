package org.switchwright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.http.query.SiteHistories;

/** What is known of the past of sites that are watched, and what is added to that from logs. */
final class HistoryRequests {
  private static final int MAX_ZONE = 64;

  private final SiteHistories histories;

  HistoryRequests(SiteHistories histories) {
    this.histories = histories;
  }

  HttpResponse overview(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    SiteId site = site(exchange);
    return Json.ok(known(() -> histories.overview(site)));
  }

  HttpResponse day(Exchange exchange) {
    exchange.onlyQueries(Set.of("after"));
    SiteId site = site(exchange);
    LocalDate day = exchange.id("day", "a day such as 2026-06-01", HistoryRequests::date);
    String after = exchange.query("after").orElse("0");
    if (!after.matches("\\d{1,7}")) {
      throw bad("Expected after to be the next of a page before");
    }
    return Json.ok(known(() -> histories.day(site, day, Integer.parseInt(after))));
  }

  HttpResponse believed(Exchange exchange) {
    exchange.onlyQueries(Set.of("at"));
    SiteId site = site(exchange);
    Instant at = exchange.query("at").map(HistoryRequests::instant).orElseThrow(() -> noTime());
    return Json.ok(known(() -> histories.believed(site, at)));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw noTime();
    }
  }

  private static Refused noTime() {
    return bad("Expected at as a time such as 2026-11-22T10:00:00Z");
  }

  CompletionStage<HttpResponse> load(Exchange exchange) {
    SiteId site = site(exchange);
    JsonNode body = exchange.json();
    ZoneId zone = zone(Exchange.text(body, "zone", MAX_ZONE));
    List<LoadedCall> calls = new ArrayList<>();
    for (JsonNode each : body.path("calls")) {
      if (calls.size() == SiteMonitor.MAX_LOADED) {
        throw bad("Expected at most " + SiteMonitor.MAX_LOADED + " calls, but got more");
      }
      try {
        calls.add(call(each));
      } catch (IllegalArgumentException e) {
        throw bad("Call " + (calls.size() + 1) + ": " + e.getMessage());
      }
    }
    if (calls.isEmpty()) {
      throw bad("Expected calls as an array of 1 to " + SiteMonitor.MAX_LOADED);
    }
    return known(() -> histories.load(site, new SiteMonitor.Load(zone, calls)))
        .thenApply(HistoryRequests::loaded);
  }

  CompletionStage<HttpResponse> forget(Exchange exchange) {
    SiteId site = site(exchange);
    return known(() -> histories.forget(site))
        .thenApply(it ->
            it.receipt() instanceof Receipt.Refused
                ? Receipts.answer(it.receipt())
                : Json.ok(Map.of("forgotten", it.forgotten())));
  }

  private static HttpResponse loaded(SiteHistories.Loaded it) {
    return it.receipt() instanceof Receipt.Refused
        ? Receipts.answer(it.receipt())
        : Json.ok(Map.of("added", it.added(), "alreadyThere", it.alreadyThere()));
  }

  private static LoadedCall call(JsonNode it) {
    return new LoadedCall(
        at(it, "enteredMs"),
        it.hasNonNull("answeredMs") ? Optional.of(at(it, "answeredMs")) : Optional.empty(),
        at(it, "endedMs"),
        it.hasNonNull("agent") ? Optional.of(text(it, "agent")) : Optional.empty(),
        text(it, "queue"),
        Duration.ofMillis(number(it, "headStartMs", CallRecord.MAX_CALL_MS)),
        (int) number(it, "copy", LoadedCall.MAX_COPIES - 1));
  }

  private static Instant at(JsonNode call, String field) {
    if (!call.hasNonNull(field)) {
      throw new IllegalArgumentException(
          "Expected " + field + " in milliseconds since the epoch, but there is none");
    }
    return Instant.ofEpochMilli(number(call, field, Instant.MAX.getEpochSecond()));
  }

  static long number(JsonNode call, String field, long most) {
    JsonNode value = call.path(field);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > most) {
      throw new IllegalArgumentException(
          "Expected " + field + " as a whole number from 0 to " + most);
    }
    return value.asLong();
  }

  static String text(JsonNode call, String field) {
    JsonNode value = call.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("Expected " + field + " as a text");
    }
    return value.asText();
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      throw bad("Expected zone as a time zone such as Europe/Vienna");
    }
  }

  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("Expected a day such as 2026-06-01", e);
    }
  }

  static SiteId site(Exchange exchange) {
    return exchange.id("site", "a site", SiteId::new);
  }

  /** A site that nobody watches has no history here. */
  static <T> T known(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  static Refused bad(String detail) {
    return new Refused(Problem.badRequest(detail));
  }
}

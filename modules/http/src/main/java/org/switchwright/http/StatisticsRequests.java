package org.switchwright.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.switchwright.http.query.SiteStatistics;
import org.switchwright.http.query.SiteStatistics.Question;
import org.switchwright.http.query.SiteStatistics.Span;
import org.switchwright.http.query.SiteStatistics.Window;

/** Reads which statistics are asked for. */
final class StatisticsRequests {
  private static final Duration MAX_THRESHOLD = Duration.ofHours(1);
  private static final Duration MAX_SPAN = Duration.ofDays(31);
  private static final Duration USUAL_TARGET = Duration.ofSeconds(20);

  private final SiteStatistics statistics;

  StatisticsRequests(SiteStatistics statistics) {
    this.statistics = statistics;
  }

  HttpResponse statistics(Exchange exchange) {
    exchange.onlyQueries(
        Set.of("site", "window", "from", "to", "target", "short-abandon", "source"));
    boolean fromJournal =
        switch (exchange.query("source").orElse("live")) {
          case "live" -> false;
          case "journal" -> true;
          default -> throw bad("Expected live or journal for source");
        };
    Question question =
        new Question(
            exchange.query("site"),
            span(exchange, Window.DAY),
            seconds(exchange, "target").orElse(USUAL_TARGET),
            seconds(exchange, "short-abandon").orElse(Duration.ZERO),
            fromJournal);
    return answer(() -> statistics.statistics(question));
  }

  HttpResponse estimates(Exchange exchange) {
    exchange.onlyQueries(Set.of("window", "from", "to"));
    Span span = span(exchange, Window.DAY);
    return answer(() -> statistics.estimates(span));
  }

  HttpResponse waits(Exchange exchange) {
    exchange.onlyQueries(Set.of());
    return Json.ok(statistics.waits());
  }

  private static HttpResponse answer(Supplier<Object> asked) {
    try {
      return Json.ok(asked.get());
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static Span span(Exchange exchange, Window usual) {
    Optional<Instant> from = instant(exchange, "from");
    Optional<Instant> to = instant(exchange, "to");
    Optional<String> window = exchange.query("window");
    if (from.isPresent() != to.isPresent() || (from.isPresent() && window.isPresent())) {
      throw bad("Expected either window, or from and to");
    }
    if (from.isPresent()) {
      boolean ordered = from.get().isBefore(to.orElseThrow());
      if (!ordered || from.get().plus(MAX_SPAN).isBefore(to.get())) {
        throw bad("Expected from before to, and at most " + MAX_SPAN.toDays() + " days between");
      }
      return new Span.Between(from.get(), to.get());
    }
    return new Span.Named(window.map(StatisticsRequests::window).orElse(usual));
  }

  private static Window window(String text) {
    return SiteStatistics.window(text)
        .orElseThrow(() ->
            bad(
                "Expected a window of "
                    + Arrays.stream(Window.values())
                        .map(SiteStatistics::text)
                        .collect(Collectors.joining(", "))));
  }

  private static Optional<Instant> instant(Exchange exchange, String name) {
    try {
      return exchange.query(name).map(Instant::parse);
    } catch (DateTimeParseException _) {
      throw bad("Expected " + name + " as a time such as 2026-11-22T10:00:00Z");
    }
  }

  private static Optional<Duration> seconds(Exchange exchange, String name) {
    Optional<String> text = exchange.query(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("\\d{1,4}") || Long.parseLong(text.get()) > MAX_THRESHOLD.toSeconds()) {
      throw bad("Expected " + name + " as seconds from 0 to " + MAX_THRESHOLD.toSeconds());
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
  }

  private static Refused bad(String detail) {
    return new Refused(Problem.badRequest(detail));
  }
}

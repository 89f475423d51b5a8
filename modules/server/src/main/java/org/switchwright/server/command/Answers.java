package org.switchwright.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads times out of answers and writes them for people. */
final class Answers {
  /** From when data is called old. */
  static final Duration OLD = Duration.ofSeconds(5);

  private Answers() {}

  /** How long ago that was, or "-". */
  static String ago(JsonNode time, Instant now) {
    try {
      return time.isTextual() ? span(Duration.between(Instant.parse(time.asText()), now)) : "-";
    } catch (DateTimeParseException _) {
      return "-";
    }
  }

  /** A span as m:ss or h:mm:ss. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    return seconds >= 3_600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  static String spanMs(JsonNode ms) {
    return span(Duration.ofMillis(ms.asLong()));
  }

  static Duration age(JsonNode answer, InstantSource clock) {
    JsonNode at = answer.path("asOf").path("at");
    try {
      Duration age = Duration.between(Instant.parse(at.asText()), clock.instant());
      return age.isNegative() ? Duration.ZERO : age;
    } catch (DateTimeParseException _) {
      return Duration.ofDays(1);
    }
  }

  static String ageText(Duration age) {
    return String.format(Locale.ROOT, "data %.1f s old", age.toMillis() / 1_000.0);
  }

  /** A count; "-" where it is not known, which is not zero. */
  static String count(JsonNode number) {
    return number.isIntegralNumber() ? number.asText() : "-";
  }

  /** Such as "1 day" and "2 days". */
  static String counted(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  static String text(JsonNode node, String member) {
    return node.path(member).asText("");
  }
}

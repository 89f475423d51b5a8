package org.switchwright.strategy;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By how much a figure counts for more than it is, or less: a percentage of it, a span of time or a
 * number.
 *
 * @param percent of the figure
 * @param more what is added, in the figure's unit: milliseconds or pieces
 */
record Correction(int percent, long more) {
  static final String A_SPAN = "a span of time from -24h to 24h such as 20s, or -99% to 1000%";
  static final String A_NUMBER = "a whole number from -10000 to 10000, or -99% to 1000%";

  /** Any of them, for the first look: a number and a unit. */
  static final Pattern SHAPE = Pattern.compile("([+-]?\\d{1,9}) ?(%|ms|s|m|h)?");

  private static final int LEAST_PERCENT = -99;
  private static final int MOST_PERCENT = 1_000;
  private static final long MOST_PIECES = 10_000;

  /**
   * @param time whether the figure is one of time
   * @return empty where the text says no such thing
   */
  static Optional<Correction> read(String text, boolean time) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(parts.group(1));
    String unit = parts.group(2) == null ? "" : parts.group(2);
    if (unit.equals("%")) {
      return Optional.of(number)
          .filter(it -> it >= LEAST_PERCENT && it <= MOST_PERCENT)
          .map(it -> new Correction(it.intValue(), 0));
    }
    if (time == unit.isEmpty()) {
      return Optional.empty();
    }
    long more =
        switch (unit) {
          case "s" -> Duration.ofSeconds(number).toMillis();
          case "m" -> Duration.ofMinutes(number).toMillis();
          case "h" -> Duration.ofHours(number).toMillis();
          default -> number;
        };
    long most = time ? Duration.ofHours(24).toMillis() : MOST_PIECES;
    return Math.abs(more) <= most ? Optional.of(new Correction(0, more)) : Optional.empty();
  }

  /** May be below zero, which no figure is: that one only comes first, or last. */
  long of(long figure) {
    return figure + Math.round(figure * (percent / 100.0)) + more;
  }
}

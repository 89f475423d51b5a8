package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A span of time from an instant up to, and without, another.
 *
 * @param to after {@code from}
 */
public record Interval(Instant from, Instant to) {
  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "Expected an interval that begins before it ends, but got " + from + " to " + to);
    }
  }

  /** The {@code span} before {@code now}. */
  public static Interval last(Duration span, Instant now) {
    return new Interval(now.minus(span), now);
  }

  /**
   * The part until {@code now} of the one of equal intervals in which now is.
   *
   * @param length that a day has a whole number of, counted from its start in the zone
   */
  public static Interval current(Duration length, Instant now, ZoneId zone) {
    Instant day = startOfDay(now, zone);
    long past = Duration.between(day, now).toMillis() / length.toMillis();
    return endingAfter(day.plus(length.multipliedBy(past)), now);
  }

  /** The day so far, which in a zone may have 23 or 25 hours. */
  public static Interval today(Instant now, ZoneId zone) {
    return endingAfter(startOfDay(now, zone), now);
  }

  private static Instant startOfDay(Instant now, ZoneId zone) {
    return LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
  }

  /** At its very beginning an interval would hold nothing; it is let last a moment. */
  private static Interval endingAfter(Instant from, Instant now) {
    return new Interval(from, from.isBefore(now) ? now : from.plusMillis(1));
  }

  public boolean holds(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  /** How much of the time from one instant to another, or to now, is in here. */
  Duration share(Instant begin, @Nullable Instant end) {
    Instant first = begin.isBefore(from) ? from : begin;
    Instant last = end == null || end.isAfter(to) ? to : end;
    return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
  }

  /** Whether something that lasted from one instant to another, or lasts yet, touches this. */
  public boolean touches(Instant begin, @Nullable Instant end) {
    return begin.isBefore(to) && (end == null || !end.isBefore(from));
  }
}

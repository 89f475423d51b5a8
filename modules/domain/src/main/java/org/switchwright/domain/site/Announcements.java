package org.switchwright.domain.site;

import java.time.Duration;

/**
 * What those who wait in a queue are told, and how often.
 *
 * @param position whether the place in the queue is told
 * @param positionLimit higher places are not told; 0: all are
 * @param expectedWait whether the expected wait is told, while it is known
 * @param rounding the expected wait is rounded up to a multiple of it
 * @param after how long after coming to the queue the first one may come
 * @param every how long after one the next one comes, at least 15 s
 */
public record Announcements(
    boolean position,
    int positionLimit,
    boolean expectedWait,
    Duration rounding,
    Duration after,
    Duration every) {
  /** Below that, each waiting call would cost a write every few seconds. */
  public static final Duration LEAST_INTERVAL = Duration.ofSeconds(15);

  public static final Announcements NONE =
      new Announcements(
          false, 0, false, Duration.ofSeconds(30), LEAST_INTERVAL, Duration.ofSeconds(60));

  public Announcements {
    if (every.compareTo(LEAST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "Expected announcements at least " + LEAST_INTERVAL + " apart, but got " + every);
    }
    if (rounding.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "Expected a wait rounded to at least a second, but got " + rounding);
    }
  }

  boolean off() {
    return !position && !expectedWait;
  }
}

package org.switchwright.domain.call;

import java.time.Duration;
import java.time.Instant;

/**
 * A session timer of one leg (RFC 4028).
 *
 * @param intervalSeconds the session interval, at least 90
 * @param weRefresh whether we send the refreshes; where the peer does, the session ends when they
 *     stop
 */
public record SessionTimer(int intervalSeconds, boolean weRefresh) {
  public SessionTimer {
    if (intervalSeconds < 90) {
      throw new IllegalArgumentException(
          "Expected a session interval of at least 90 s (RFC 4028), but got " + intervalSeconds);
    }
  }

  /** When we must act: refresh at half the interval, or give the leg up shortly before its end. */
  Instant next(Instant now) {
    int seconds =
        weRefresh ? intervalSeconds / 2 : intervalSeconds - Math.min(32, intervalSeconds / 3);
    return now.plus(Duration.ofSeconds(seconds));
  }
}

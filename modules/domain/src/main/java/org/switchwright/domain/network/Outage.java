package org.switchwright.domain.network;

import java.time.Duration;
import java.time.Instant;

/**
 * A cut of a site's link that is over.
 *
 * @param lostAt when heartbeats were given up
 * @param restoredAt when they came again
 */
public record Outage(Instant lostAt, Instant restoredAt) {
  /** What was estimated during a shorter one is not compared with anything. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** So long after its end what was estimated during it is compared, or never. */
  private static final Duration LATEST = Duration.ofHours(1);

  Duration lasted() {
    return Duration.between(lostAt, restoredAt);
  }

  /** Whether it is to be compared, rather than one before that was not yet. */
  boolean comesBefore(Outage other) {
    return !comesToNothing()
        && (lasted().compareTo(other.lasted()) >= 0
            || other.restoredAt().plus(LATEST).isBefore(restoredAt));
  }

  boolean comesToNothing() {
    return lasted().compareTo(SHORTEST) < 0;
  }
}

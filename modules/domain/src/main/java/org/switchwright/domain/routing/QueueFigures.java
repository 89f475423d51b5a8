package org.switchwright.domain.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * How a queue stands at the moment of a decision.
 *
 * @param waiting calls that wait in it
 * @param oldestWait how long the one that came first has waited; zero where nobody waits
 * @param loggedIn agents who have what it asks for and are logged in
 * @param ready those of them who could be offered a call now
 * @param estimatedWait for a call that comes to its end now; empty while it is not known, which is
 *     never the same as zero
 */
public record QueueFigures(
    int waiting, Duration oldestWait, int loggedIn, int ready, Optional<Duration> estimatedWait) {

  /** One of the figures; durations count in milliseconds. */
  public Optional<Long> of(Figure figure) {
    return switch (figure) {
      case WAITING -> Optional.of((long) waiting);
      case OLDEST_WAIT -> Optional.of(oldestWait.toMillis());
      case LOGGED_IN -> Optional.of((long) loggedIn);
      case READY -> Optional.of((long) ready);
      case ESTIMATED_WAIT -> estimatedWait.map(Duration::toMillis);
    };
  }

  /** The figures by which queues are compared. */
  public enum Figure {
    WAITING,
    OLDEST_WAIT,
    LOGGED_IN,
    READY,
    ESTIMATED_WAIT
  }
}

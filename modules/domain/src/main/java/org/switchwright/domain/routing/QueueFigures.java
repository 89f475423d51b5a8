package org.switchwright.domain.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.network.SitePicture;

/** How a queue stands at the moment of a decision; what nobody asks for need not be found out. */
public interface QueueFigures {
  /**
   * One of the figures; durations count in milliseconds.
   *
   * @return empty while it is not known, which is never the same as zero
   */
  Optional<Long> of(Figure figure);

  /**
   * What the figures rest on, where other sites' reports are in them; empty: on this site alone.
   */
  default Optional<SitePicture.Basis> basis() {
    return Optional.empty();
  }

  /** How old the oldest report is among those that are carried on; empty where none is. */
  default Optional<Duration> age() {
    return Optional.empty();
  }

  /**
   * What is believed of those other sites whose part of the figure is estimated, beside the mean
   * that is in it; at most as many as look for the queue's agents.
   */
  default List<Route.Estimated> estimated(Figure figure) {
    return List.of();
  }

  /** The figures by which queues are compared. */
  enum Figure {
    /** Calls that wait in it. */
    WAITING,
    /** How long the one that came first has waited; zero where nobody waits. */
    OLDEST_WAIT,
    /** Agents who have what it asks for and are logged in. */
    LOGGED_IN,
    /** Those of them who could be offered a call now. */
    READY,
    /** For a call that comes to its end now. */
    ESTIMATED_WAIT
  }

  /** Figures that somebody names. */
  record Named(
      int waiting, Duration oldestWait, int loggedIn, int ready, Optional<Duration> estimatedWait)
      implements QueueFigures {
    /** Of a queue in which nobody waits and nobody works. */
    public static final Named EMPTY = new Named(0, Duration.ZERO, 0, 0, Optional.empty());

    @Override
    public Optional<Long> of(Figure figure) {
      return switch (figure) {
        case WAITING -> Optional.of((long) waiting);
        case OLDEST_WAIT -> Optional.of(oldestWait.toMillis());
        case LOGGED_IN -> Optional.of((long) loggedIn);
        case READY -> Optional.of((long) ready);
        case ESTIMATED_WAIT -> estimatedWait.map(Duration::toMillis);
      };
    }
  }
}

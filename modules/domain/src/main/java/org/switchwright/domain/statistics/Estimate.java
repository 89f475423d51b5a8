package org.switchwright.domain.statistics;

import java.time.Duration;
import java.util.Optional;

/** A span of time that is estimated, or why it cannot be. What is unknown is never zero. */
public sealed interface Estimate {
  /**
   * @param expected the mean
   * @param spread only of formulas that tell one
   */
  record Known(Duration expected, Optional<Spread> spread) implements Estimate {}

  record Unknown(Why why) implements Estimate {}

  /** Nine of ten are expected from {@code low} to {@code high}. */
  record Spread(Duration deviation, Duration low, Duration high) {}

  /** What is missing. */
  enum Why {
    /** The call does not wait, or is not here. */
    NOT_WAITING,
    /** Nobody who serves the queue is at work. */
    NO_AGENTS,
    /** No conversation of the queue has ended, so how long one takes is not known. */
    NO_HANDLE_TIME,
    /** Nobody of the queue has been answered. */
    NO_ANSWER
  }

  default Optional<Duration> expectedIfAny() {
    return this instanceof Known it ? Optional.of(it.expected()) : Optional.empty();
  }
}

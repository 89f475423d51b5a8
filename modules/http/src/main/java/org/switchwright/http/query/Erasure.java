package org.switchwright.http.query;

import org.switchwright.domain.InteractionId;

/** Erases what is known of a person, for good. Asked on threads that may wait. */
public interface Erasure {
  Outcome erase(InteractionId interaction);

  /** What became of it. */
  enum Outcome {
    ERASED,
    ALREADY_ERASED,
    UNKNOWN,
    /** Its call is not over; erasing would end it in the middle. */
    LIVE
  }
}

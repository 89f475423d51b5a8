package org.switchwright.domain.estimate;

import java.time.Instant;

/**
 * Something that the controller saw of a call that it had sent to a site whose reports do not come.
 *
 * @param queue at that site, in which it waits
 */
public record Sighting(Instant at, Kind kind, SentCall call, String queue) {
  /** What was seen. */
  public enum Kind {
    SENT,
    ANSWERED,
    /** Left without an answer. */
    GONE,
    /** The conversation ended. */
    ENDED
  }
}

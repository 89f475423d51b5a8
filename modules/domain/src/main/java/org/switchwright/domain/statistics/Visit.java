package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;

/**
 * A call's stay in one queue, from its coming to its leaving.
 *
 * @param number 1 for the call's first queue, one more for each that it moves on to
 * @param skills what the queue required when the call came
 * @param arrivedAt when the caller arrived; from then on the caller waits, whatever the queue; who
 *     calls back to a place that was kept waits anew
 * @param leftAt null while the call is there
 * @param left how it left; null while it is there
 * @param sentOn whether an agent had the caller already, so that the call has been answered before
 */
public record Visit(
    SiteId site,
    CallId call,
    int number,
    QueueId queue,
    List<Skill> skills,
    Instant arrivedAt,
    Instant enteredAt,
    @Nullable Instant leftAt,
    @Nullable Left left,
    boolean sentOn) {
  /** How calls leave a queue. */
  public enum Left {
    ANSWERED,
    ABANDONED,
    /** To another queue. */
    MOVED_ON,
    /** Sent away by a rule of the queue: no place left, or waited too long. */
    OVERFLOWED,
    REFUSED,
    FAILED
  }

  public Visit {
    skills = List.copyOf(skills);
  }

  /** Never before it came, although the clocks of two nodes may disagree. */
  Visit leaving(Instant at, Left how) {
    Instant end = at.isBefore(enteredAt) ? enteredAt : at;
    return new Visit(site, call, number, queue, skills, arrivedAt, enteredAt, end, how, sentOn);
  }

  /** Below zero nowhere, although the clocks of two nodes may disagree. */
  Duration waitedUntil(Instant at) {
    Duration waited = Duration.between(arrivedAt, at);
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  boolean leftIn(Interval interval) {
    return leftAt != null && interval.holds(leftAt);
  }
}

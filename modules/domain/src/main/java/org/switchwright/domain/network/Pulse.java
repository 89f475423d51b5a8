package org.switchwright.domain.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A site's heartbeats, which are not journaled: whether the site is there, how far its clock is
 * from ours, and how much of its history there is to be reported.
 *
 * @param heardAt when the last came, by our clock; empty before the first
 * @param skew the site's clock less ours, give or take half the way there and back
 * @param told the last event of the site, by the last heartbeat; below zero where none told of its
 *     present history
 * @param toldBefore the same by the heartbeat before; by the last, where that is not recent
 */
public record Pulse(Optional<Instant> heardAt, Duration skew, long told, long toldBefore) {
  private static final long NOTHING = -1;

  public static final Pulse NONE = new Pulse(Optional.empty(), Duration.ZERO, NOTHING, NOTHING);

  /** How many heartbeats may be missed; after that the link counts as lost. */
  public static final int MISSED = 3;

  /**
   * A heartbeat was answered. One that was overtaken by a later one tells nothing new.
   *
   * @param askedAt and {@code at}, when the answer came, by our clock
   * @param theirs when it was answered, by the site's
   * @param last the site's last event
   * @param every how often there is to be a heartbeat
   */
  public Pulse heard(Instant askedAt, Instant at, Instant theirs, long last, Duration every) {
    if (heardAt.filter(before -> !before.isBefore(at)).isPresent()) {
      return this;
    }
    Instant half = askedAt.plus(Duration.between(askedAt, at).dividedBy(2));
    boolean recent = told >= 0 && recent(every, at);
    return new Pulse(Optional.of(at), Duration.between(half, theirs), last, recent ? told : last);
  }

  /** Whether one was heard, and no more are missing than may. */
  public boolean recent(Duration every, Instant now) {
    return heardAt.filter(at -> !now.isAfter(at.plus(every.multipliedBy(MISSED)))).isPresent();
  }

  /** Nothing has been told of the site's present history. */
  public Pulse anew() {
    return new Pulse(heardAt, skew, NOTHING, NOTHING);
  }

  /**
   * Whether so much time has gone by since the last heartbeat that the link is lost.
   *
   * @param watchedSince since when there are to be heartbeats
   * @param every how often there is to be one
   */
  public boolean silent(Instant watchedSince, Duration every, Instant now) {
    return !recent(every, now) && now.isAfter(watchedSince.plus(every.multipliedBy(MISSED)));
  }

  /** Whether everything has been reported that there was a heartbeat ago. */
  public boolean caughtUp(long sequence) {
    return told >= 0 && sequence >= toldBefore;
  }

  /** Whether everything has been reported that there was at the last heartbeat. */
  public boolean complete(long sequence) {
    return told >= 0 && sequence >= told;
  }

  /** How many events of the site have not been reported. */
  public long behind(long sequence) {
    return Math.max(0, told - sequence);
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a waiting caller is told of the own place and the wait, and when. Nothing is said twice
 * within the least interval, nothing while it is unknown, and nothing that is worse than what was
 * said before: then the caller hears nothing, and is told again when it is better or the same.
 */
final class Announcing {
  private Announcing() {}

  /**
   * What is said.
   *
   * @param position 0: not said
   * @param expectedWait empty: not said
   */
  record Said(int position, Optional<Duration> expectedWait) {}

  /** When a waiting caller is told; null where it is off, or where an agent asks another one. */
  static @Nullable Instant due(SiteConfiguration site, SiteCall call) {
    return site.queue(call.queue())
        .map(SiteConfiguration.Queue::announcements)
        .filter(rules -> !rules.off() && call.consulting() == 0)
        .map(rules -> next(rules, call.enteredQueueAt(), call.told().at()))
        .orElse(null);
  }

  /**
   * When the next one is due.
   *
   * @param lastAt when the last one was, in this queue or in another one
   */
  static Instant next(Announcements rules, Instant enteredQueueAt, Optional<Instant> lastAt) {
    Instant first = enteredQueueAt.plus(rules.after());
    if (lastAt.isEmpty()) {
      return first;
    }
    if (!lastAt.get().isBefore(enteredQueueAt)) {
      return lastAt.get().plus(rules.every());
    }
    Instant soonest = lastAt.get().plus(Announcements.LEAST_INTERVAL);
    return first.isBefore(soonest) ? soonest : first;
  }

  /**
   * What is said now.
   *
   * @param before the best that was ever said to this caller in this queue
   * @param expectedWait empty while it is unknown
   */
  static Said now(Announcements rules, Told before, int position, Optional<Duration> expectedWait) {
    boolean tellsPosition =
        rules.position()
            && (rules.positionLimit() == 0 || position <= rules.positionLimit())
            && (before.position() == 0 || position <= before.position());
    Optional<Duration> wait =
        expectedWait
            .filter(_ -> rules.expectedWait())
            .map(it -> roundedUp(it, rules.rounding()))
            .filter(it -> before.expectedWait().filter(best -> it.compareTo(best) > 0).isEmpty());
    return new Said(tellsPosition ? position : 0, wait);
  }

  private static Duration roundedUp(Duration wait, Duration to) {
    long steps = Math.max(1, Math.ceilDiv(wait.toMillis(), to.toMillis()));
    return to.multipliedBy(steps);
  }
}

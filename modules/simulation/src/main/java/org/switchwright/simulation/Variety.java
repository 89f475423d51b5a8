package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration.Queue;

/**
 * What some sites have beside what is drawn for all: queues that keep the places of callers who
 * call back, or that look for their agents' absences of any cause.
 */
final class Variety {
  private static final int EVERY = 4;
  private static final int KEEPS = 1;
  private static final int LOOKS = 2;

  private final Dice dice;
  private final int which;

  /**
   * @param dice of its own, so that runs without it go as they did
   */
  Variety(long seed, Dice dice) {
    this.dice = dice;
    this.which = Math.floorMod(seed, EVERY);
  }

  Scenario of(Scenario drawn) {
    return switch (which) {
      case KEEPS ->
          drawn.withQueues(queue ->
              dice.chance(0.7) ? with(queue, queue.presence(), dice.seconds(5, 60)) : queue);
      case LOOKS ->
          drawn.withQueues(
              queue -> dice.chance(0.6) ? with(queue, presence(), queue.keepPlace()) : queue);
      default -> drawn;
    };
  }

  /** Whether this caller calls again after hanging up. */
  boolean callsBack() {
    return which == KEEPS && dice.chance(0.5);
  }

  /** Some in time, some too late. */
  Duration callsBackIn() {
    return dice.seconds(1, 70);
  }

  private Presence presence() {
    return new Presence(causes(), causes(), dice.seconds(1, 20));
  }

  private List<Absence> causes() {
    List<Absence> causes = new ArrayList<>();
    for (Absence each : Absence.values()) {
      if (dice.chance(0.3)) {
        causes.add(each);
      }
    }
    return causes;
  }

  private static Queue with(Queue it, Presence presence, Duration keepPlace) {
    return new Queue(
        it.id(),
        it.required(),
        it.maxWaiting(),
        it.maxWait(),
        it.overflowTo(),
        it.ringTimeout(),
        it.wrapUp(),
        it.treatment(),
        it.weight(),
        it.choosing(),
        it.widenings(),
        presence,
        keepPlace,
        it.announcements(),
        it.music());
  }
}

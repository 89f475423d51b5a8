package org.switchwright.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.domain.Skill;
import org.switchwright.domain.site.Absence;
import org.switchwright.domain.site.Presence;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.Widening;

/**
 * What some sites have beside what is drawn for all: queues that keep the places of callers who
 * call back, that look for their agents' absences of any cause, or that widen what they ask for
 * only under conditions.
 */
final class Variety {
  private static final int EVERY = 4;
  private static final int KEEPS = 1;
  private static final int LOOKS = 2;
  private static final int CONSIDERS = 3;

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
      case CONSIDERS -> drawn.withQueues(queue -> dice.chance(0.7) ? considering(queue) : queue);
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

  /** At a lower level, and then anybody; each if it looks so. */
  private Queue considering(Queue it) {
    TreeMap<Skill, Integer> lower = new TreeMap<>();
    it.required().forEach((skill, level) -> lower.put(skill, level / 2));
    Duration first = dice.seconds(1, 10);
    List<Widening> widenings =
        List.of(
            new Widening(first, lower, Optional.of(condition())),
            new Widening(
                first.plus(dice.seconds(1, 10)), new TreeMap<>(), Optional.of(condition())));
    return with(it, widenings, it.presence(), it.keepPlace());
  }

  private Widening.Condition condition() {
    List<Widening.Figure> figures = List.of(Widening.Figure.values());
    return new Widening.Condition(dice.pick(figures), dice.chance(0.5), dice.between(0, 4));
  }

  private static Queue with(Queue it, Presence presence, Duration keepPlace) {
    return with(it, it.widenings(), presence, keepPlace);
  }

  private static Queue with(
      Queue it, List<Widening> widenings, Presence presence, Duration keepPlace) {
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
        widenings,
        presence,
        keepPlace,
        it.announcements(),
        it.music(),
        it.elsewhere());
  }
}

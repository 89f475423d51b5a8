package org.switchwright.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What goes wrong in one run.
 *
 * @param lose probability that a message between aggregates is lost
 * @param loseSignal probability that a message between a call and its edge, or a receipt, is lost
 * @param twice probability that a message comes twice
 * @param slowest how long a message may take; different delays reorder
 * @param crashAtWrite probability that an actor dies at a write: before it, after it, or among the
 *     effects
 * @param longestDown how long an actor or an edge may be gone
 * @param edgeDies mean time between deaths of the edge alone; zero: it never dies
 * @param nodeDies mean time between deaths of everything at once; zero: never
 * @param cuts mean time between cuts of the links among actors, which last some seconds; what is
 *     sent meanwhile is lost, or comes late and in any order; zero: never
 * @param pauses mean time between pauses of everything at once, after which the paused ones go on
 *     for a while beside those who took over; zero: never
 * @param slowJournal mean time between spells in which writes take up to seconds; zero: never
 * @param failingJournal mean time between spells in which writes fail; zero: never
 * @param losePacket probability that one transmission between a phone and the edge is lost
 */
public record Faults(
    double lose,
    double loseSignal,
    double twice,
    Duration slowest,
    double crashAtWrite,
    Duration longestDown,
    Duration edgeDies,
    Duration nodeDies,
    Duration cuts,
    Duration pauses,
    Duration slowJournal,
    Duration failingJournal,
    double losePacket) {
  public static final Faults NONE =
      new Faults(
          0,
          0,
          0,
          Duration.ofMillis(3),
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          0);

  boolean crashes() {
    return crashAtWrite > 0 || !edgeDies.isZero() || !nodeDies.isZero() || !pauses.isZero();
  }

  boolean journal() {
    return !slowJournal.isZero() || !failingJournal.isZero() || !pauses.isZero();
  }

  boolean any() {
    return !equals(NONE);
  }

  /** The worse of both in each respect. */
  Faults and(Faults other) {
    return new Faults(
        Math.max(lose, other.lose),
        Math.max(loseSignal, other.loseSignal),
        Math.max(twice, other.twice),
        longer(slowest, other.slowest),
        Math.max(crashAtWrite, other.crashAtWrite),
        longer(longestDown, other.longestDown),
        longer(edgeDies, other.edgeDies),
        longer(nodeDies, other.nodeDies),
        longer(cuts, other.cuts),
        longer(pauses, other.pauses),
        longer(slowJournal, other.slowJournal),
        longer(failingJournal, other.failingJournal),
        Math.max(losePacket, other.losePacket));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Every kind is on or off by itself, so that some runs show one kind alone; some have none. */
  static Faults draw(Dice dice) {
    if (dice.chance(0.12)) {
      return NONE;
    }
    boolean lossy = dice.chance(0.5);
    boolean crashing = dice.chance(0.6);
    return new Faults(
        lossy ? dice.pick(List.of(0.01, 0.05, 0.15)) : 0,
        lossy && dice.chance(0.5) ? dice.pick(List.of(0.01, 0.05, 0.1)) : 0,
        dice.chance(0.5) ? dice.pick(List.of(0.02, 0.1, 0.3)) : 0,
        Duration.ofMillis(dice.pick(List.of(3, 3, 30, 300, 2_500))),
        crashing && dice.chance(0.7) ? dice.pick(List.of(0.001, 0.005, 0.02)) : 0,
        Duration.ofMillis(dice.pick(List.of(500, 2_000, 5_000))),
        crashing && dice.chance(0.4) ? dice.seconds(60, 400) : Duration.ZERO,
        crashing && dice.chance(0.4) ? dice.seconds(100, 500) : Duration.ZERO,
        dice.chance(0.4) ? dice.seconds(20, 120) : Duration.ZERO,
        dice.chance(0.25) ? dice.seconds(100, 600) : Duration.ZERO,
        dice.chance(0.25) ? dice.seconds(60, 400) : Duration.ZERO,
        dice.chance(0.25) ? dice.seconds(100, 600) : Duration.ZERO,
        dice.chance(0.4) ? dice.pick(List.of(0.01, 0.05, 0.2)) : 0);
  }
}

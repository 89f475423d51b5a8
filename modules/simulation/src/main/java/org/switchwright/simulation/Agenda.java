package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time: what will happen, in the order of its instants; of equal ones, first come first.
 * Read by one of the clocks that there are, each of which may be wrong in its own way.
 */
final class Agenda {
  /** More would mean that something plans without end. */
  static final int MAX_PLANNED = 200_000;

  static final long MAX_STEPS = 2_000_000;

  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  /** What is planned for later than this is planned for never, by any clock. */
  private static final Instant NEVER = START.plus(Duration.ofDays(30));

  private final Time time;
  private final Clock clock;

  /**
   * How wrong a clock is.
   *
   * @param ahead how far it is ahead of the time at the start; below zero: behind
   * @param fastPpm how much faster it goes, in parts per million; below zero: slower
   */
  record Clock(Duration ahead, int fastPpm) {
    static final Clock TRUE = new Clock(Duration.ZERO, 0);

    private static final long MILLION = 1_000_000;

    Instant shows(Instant truly) {
      long gone = Duration.between(START, truly).toNanos();
      return truly.plus(ahead).plusNanos(Math.floorDiv(gone * fastPpm, MILLION));
    }

    /** The first instant at which it shows this, or more. */
    Instant when(Instant shown) {
      long gone = Duration.between(START.plus(ahead), shown).toNanos();
      long rate = MILLION + fastPpm;
      long left = Math.ceilDiv(Math.floorMod(gone, rate) * MILLION, rate);
      return START.plusNanos(Math.floorDiv(gone, rate) * MILLION + left);
    }
  }

  private static final class Time {
    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private Instant now = START;
    private long order;
    private long steps;
  }

  private record Planned(Instant at, long order, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Agenda() {
    this(new Time(), Clock.TRUE);
  }

  private Agenda(Time time, Clock clock) {
    this.time = time;
    this.clock = clock;
  }

  /** The same time, read by another clock. */
  Agenda by(Clock other) {
    return new Agenda(time, other);
  }

  Instant now() {
    return shown(time.now);
  }

  /** What this clock shows when it truly is so late. */
  private Instant shown(Instant truly) {
    return clock.equals(Clock.TRUE) ? truly : clock.shows(truly);
  }

  /** When it truly is so late by this clock. */
  Instant truly(Instant shown) {
    return clock.equals(Clock.TRUE) || shown.isAfter(NEVER) ? shown : clock.when(shown);
  }

  long steps() {
    return time.steps;
  }

  Duration elapsed() {
    return Duration.between(START, time.now);
  }

  void in(Duration delay, Runnable action) {
    plan(time.now.plus(delay), action);
  }

  /** An instant that is past means: next. */
  void at(Instant instant, Runnable action) {
    plan(truly(instant), action);
  }

  private void plan(Instant truly, Runnable action) {
    if (time.planned.size() >= MAX_PLANNED) {
      throw new IllegalStateException(
          "Expected at most " + MAX_PLANNED + " planned steps, but there is one more");
    }
    Instant at = truly.isBefore(time.now) ? time.now : truly;
    time.planned.add(new Planned(at, time.order++, action));
  }

  /** Lets the next thing happen; false when nothing is left before {@code end}. */
  private boolean step(Instant end) {
    Planned next = time.planned.peek();
    if (next == null || next.at().isAfter(end)) {
      return false;
    }
    time.planned.remove();
    time.now = next.at();
    time.steps++;
    next.action().run();
    return true;
  }

  /** Lets everything happen until then, counted from the beginning. */
  void stepUntil(Duration elapsed) {
    stepUntil(elapsed, MAX_STEPS);
  }

  /** The same, with so many steps at most. */
  void stepUntil(Duration elapsed, long mostSteps) {
    Instant end = START.plus(elapsed);
    while (step(end)) {
      if (time.steps > mostSteps) {
        throw new Violation("a run ends", "more than " + mostSteps + " steps in " + elapsed());
      }
    }
  }
}

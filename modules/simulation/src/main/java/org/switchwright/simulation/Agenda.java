package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * Virtual time: what will happen, in the order of its instants; of equal ones, first come first.
 */
final class Agenda {
  /** More would mean that something plans without end. */
  static final int MAX_PLANNED = 200_000;

  static final long MAX_STEPS = 2_000_000;

  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private Instant now = START;
  private long order;
  private long steps;

  private record Planned(Instant at, long order, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Instant now() {
    return now;
  }

  long steps() {
    return steps;
  }

  Duration elapsed() {
    return Duration.between(START, now);
  }

  void in(Duration delay, Runnable action) {
    at(now.plus(delay), action);
  }

  /** An instant that is past means: next. */
  void at(Instant instant, Runnable action) {
    if (planned.size() >= MAX_PLANNED) {
      throw new IllegalStateException(
          "Expected at most " + MAX_PLANNED + " planned steps, but there is one more");
    }
    planned.add(new Planned(instant.isBefore(now) ? now : instant, order++, action));
  }

  /** Lets the next thing happen; false when nothing is left before {@code end}. */
  boolean step(Instant end) {
    Planned next = planned.peek();
    if (next == null || next.at().isAfter(end)) {
      return false;
    }
    planned.remove();
    now = next.at();
    steps++;
    next.action().run();
    return true;
  }

  /** Lets everything happen until then, counted from the beginning. */
  void stepUntil(Duration elapsed) {
    Instant end = START.plus(elapsed);
    while (step(end)) {
      if (steps > MAX_STEPS) {
        throw new Violation("a run ends", "more than " + MAX_STEPS + " steps in " + elapsed());
      }
    }
  }
}

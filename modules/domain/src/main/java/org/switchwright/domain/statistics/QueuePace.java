package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast a queue has moved lately, in a few numbers: enough for every {@link EstimatedWait} to be
 * computed while a decision is made. Folded from the site's events.
 *
 * @param handled conversations that have ended, wrap-up included
 * @param handleMs their mean, in which about the last {@value #MEMORY} count; means nothing while
 *     none has ended
 * @param slots the last five minutes by half minutes, at most {@value #MAX_SLOTS}
 * @param answered calls that an agent has answered
 * @param abandoned calls whose caller left while waiting
 * @param exits how many have stopped waiting, an older one counting less
 * @param givenUp how many of those left, an older one counting less
 * @param waitedSeconds how long all those waited, an older one counting less
 * @param holdTimeSeconds Asterisk's filter over the waits of those who were answered
 * @param lastWaitMs how long the last one waited who was answered; means nothing while none was
 */
public record QueuePace(
    long handled,
    double handleMs,
    List<Slot> slots,
    long answered,
    long abandoned,
    double exits,
    double givenUp,
    double waitedSeconds,
    long holdTimeSeconds,
    long lastWaitMs) {
  static final int MEMORY = 32;
  static final int MAX_SLOTS = 10;
  private static final double KEPT = 1 - 1.0 / 128;
  private static final long SLOT_SECONDS = 30;

  public static final QueuePace NONE = new QueuePace(0, 0, List.of(), 0, 0, 0, 0, 0, 0, 0);

  /** Conversations that ended in one half minute, and how long they took in all. */
  public record Slot(Instant from, int handled, long handleMs) {}

  public QueuePace {
    slots = List.copyOf(slots);
  }

  /** A conversation and its wrap-up are over. */
  public QueuePace handled(Instant at, Duration took) {
    long ms = atLeastZero(took).toMillis();
    long count = handled + 1;
    double mean = handleMs + (ms - handleMs) / Math.min(count, MEMORY);
    return new QueuePace(
        count,
        mean,
        slots(at, ms),
        answered,
        abandoned,
        exits,
        givenUp,
        waitedSeconds,
        holdTimeSeconds,
        lastWaitMs);
  }

  private List<Slot> slots(Instant at, long ms) {
    Instant from = Instant.ofEpochSecond(at.getEpochSecond() / SLOT_SECONDS * SLOT_SECONDS);
    List<Slot> next = new ArrayList<>(slots);
    if (next.isEmpty() || next.getLast().from().isBefore(from)) {
      next.add(new Slot(from, 1, ms));
    } else {
      Slot last = next.removeLast();
      next.add(new Slot(last.from(), last.handled() + 1, last.handleMs() + ms));
    }
    if (next.size() > MAX_SLOTS) {
      next.removeFirst();
    }
    return next;
  }

  public QueuePace answered(Duration waited) {
    long ms = atLeastZero(waited).toMillis();
    boolean first = answered == 0 && abandoned == 0;
    long hold = first ? ms / 1_000 : (3 * holdTimeSeconds + ms / 1_000) >> 2;
    return left(waited, answered + 1, abandoned, 0, hold, ms);
  }

  public QueuePace abandoned(Duration waited) {
    return left(waited, answered, abandoned + 1, 1, holdTimeSeconds, lastWaitMs);
  }

  /** Waits here no longer, by no will of the caller: overflowed or sent away. */
  public QueuePace movedOn(Duration waited) {
    return left(waited, answered, abandoned, 0, holdTimeSeconds, lastWaitMs);
  }

  private QueuePace left(
      Duration waited,
      long nowAnswered,
      long nowAbandoned,
      int gaveUp,
      long nowHoldTimeSeconds,
      long nowLastWaitMs) {
    double seconds = atLeastZero(waited).toMillis() / 1_000.0;
    return new QueuePace(
        handled,
        handleMs,
        slots,
        nowAnswered,
        nowAbandoned,
        exits * KEPT + 1,
        givenUp * KEPT + gaveUp,
        waitedSeconds * KEPT + seconds,
        nowHoldTimeSeconds,
        nowLastWaitMs);
  }

  /** The mean handle time, wrap-up included, above zero. */
  public Optional<Duration> handleTime() {
    return handled == 0 ? Optional.empty() : positive(handleMs);
  }

  /** The same of conversations that ended in the five minutes before {@code now}. */
  public Optional<Duration> handleTimeOfFiveMinutes(Instant now) {
    Instant since = now.minusSeconds(300);
    long count = 0;
    long ms = 0;
    for (Slot slot : slots) {
      if (slot.from().isAfter(since)) {
        count += slot.handled();
        ms += slot.handleMs();
      }
    }
    return count == 0 ? Optional.empty() : positive((double) ms / count);
  }

  private static Optional<Duration> positive(double ms) {
    return ms < 1 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(ms)));
  }

  /** How many of those who wait give up in each second of waiting: the rate of M/M/s+M. */
  public double abandonsPerSecond() {
    return waitedSeconds <= 0 ? 0 : givenUp / waitedSeconds;
  }

  /** Which part of those who stopped waiting gave up, 0 to 1. */
  public double abandonedShare() {
    return exits <= 0 ? 0 : givenUp / exits;
  }

  public Optional<Duration> holdTime() {
    return answered == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(holdTimeSeconds));
  }

  public Optional<Duration> lastWait() {
    return answered == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(lastWaitMs));
  }

  /** The clocks of two nodes may disagree. */
  private static Duration atLeastZero(Duration span) {
    return span.isNegative() ? Duration.ZERO : span;
  }
}

package org.switchwright.sip.stack;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Decides whether a new call may enter, before anything was built for it (RFC 3261 21.5.4, the
 * thought of RFC 7339): by the age of what waits to be read, by the number of calls in set-up, and
 * by a rate. Whatever belongs to a dialog is never asked here.
 */
public final class Admission {
  /**
   * How much may be under way.
   *
   * @param queueAge a datagram that waited longer means overload; T1 is a good value, as it has
   *     been sent again by then
   * @param callsInSetUp calls between INVITE and final response at most
   * @param callsPerSecond sustained rate of new calls at most; a second's worth may come at once
   * @param retryAfter told to those refused; spread to up to twice this, so that they do not come
   *     back together
   */
  public record Limits(
      Duration queueAge, int callsInSetUp, int callsPerSecond, Duration retryAfter) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofMillis(500), 2_000, 1_000, Duration.ofSeconds(5));

    public Limits {
      if (queueAge.isNegative()
          || callsInSetUp < 0
          || callsPerSecond < 0
          || retryAfter.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "Expected limits of 0 or more and at least 1 s to wait, but got "
                + queueAge
                + ", "
                + callsInSetUp
                + ", "
                + callsPerSecond
                + ", "
                + retryAfter);
      }
    }
  }

  /** Admitted, or the reason why not. */
  public enum Verdict {
    ADMITTED,
    QUEUE_TOO_OLD,
    TOO_MANY_IN_SET_UP,
    TOO_FAST
  }

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Limits limits;
  private final IntSupplier callsInSetUp;
  private final LongSupplier nanoClock;

  /** When the next call is due at the sustained rate; a token bucket in one number. */
  private final AtomicLong nextDue;

  private final LongAdder admitted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param callsInSetUp asked for each new call; must not block
   * @param nanoClock a monotonous clock such as {@code System::nanoTime}
   */
  public Admission(Limits limits, IntSupplier callsInSetUp, LongSupplier nanoClock) {
    this.limits = limits;
    this.callsInSetUp = callsInSetUp;
    this.nanoClock = nanoClock;
    this.nextDue = new AtomicLong(nanoClock.getAsLong() - NANOS_PER_SECOND);
  }

  /**
   * Asked once for each new call.
   *
   * @param queueAge how long the INVITE waited to be read
   */
  public Verdict ask(Duration queueAge) {
    Verdict verdict = judge(queueAge);
    (verdict == Verdict.ADMITTED ? admitted : refused).increment();
    return verdict;
  }

  private Verdict judge(Duration queueAge) {
    if (queueAge.compareTo(limits.queueAge) > 0) {
      return Verdict.QUEUE_TOO_OLD;
    }
    if (callsInSetUp.getAsInt() >= limits.callsInSetUp) {
      return Verdict.TOO_MANY_IN_SET_UP;
    }
    return takeToken() ? Verdict.ADMITTED : Verdict.TOO_FAST;
  }

  private boolean takeToken() {
    if (limits.callsPerSecond == 0) {
      return false;
    }
    long cost = NANOS_PER_SECOND / limits.callsPerSecond;
    long now = nanoClock.getAsLong();
    while (true) {
      long due = nextDue.get();
      long start = Math.max(due - now, -(NANOS_PER_SECOND - cost));
      if (start > 0) {
        return false;
      }
      if (nextDue.compareAndSet(due, now + start + cost)) {
        return true;
      }
    }
  }

  /**
   * What a refused caller is told.
   *
   * @param spread from 0 up to, but not including, 1
   */
  public int retryAfterSeconds(double spread) {
    long base = limits.retryAfter.toSeconds();
    return Math.toIntExact(base + Math.round(base * spread));
  }

  public long admitted() {
    return admitted.sum();
  }

  public long refused() {
    return refused.sum();
  }
}

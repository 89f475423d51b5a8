package org.switchwright.domain.agent;

import java.time.Duration;
import java.time.Instant;

/**
 * How one phone is probed: once an interval, and again at once where no answer came in time. A
 * phone that leaves {@value #ENOUGH} probes in a row without any answer is silent.
 *
 * @param lost how many in a row got no answer
 * @param due when the next probe goes out or, while one is out, when its time is up
 * @param out whether a probe is out
 */
public record Probing(Times times, int lost, Instant due, boolean out) {
  static final int ENOUGH = 2;

  /** Whoever looks that late at the time was busy itself, and may have missed the answer. */
  static final Duration OWN_DELAY = Duration.ofSeconds(1);

  /**
   * @param interval between an answer and the next probe; zero: phones are not probed
   * @param answerWithin how long an answer may take, above zero
   */
  public record Times(Duration interval, Duration answerWithin) {
    public Times {
      if (interval.isNegative() || answerWithin.isNegative() || answerWithin.isZero()) {
        throw new IllegalArgumentException(
            "Expected a time for answers, but got " + interval + " and " + answerWithin);
      }
    }

    public boolean off() {
      return interval.isZero();
    }

    /** After how long at the latest a phone that fell silent is known to be. */
    public Duration silentWithin() {
      return interval.plus(answerWithin.multipliedBy(ENOUGH));
    }
  }

  /**
   * Begins with a phone that gave a sign of life now.
   *
   * @param share of the interval after which the first probe goes out, 0 to 1, so that phones that
   *     come all at once are not all probed at once
   */
  public static Probing begun(Times times, Instant now, double share) {
    long delayMs = (long) (times.interval().toMillis() * share);
    return new Probing(times, 0, now.plusMillis(delayMs), false);
  }

  public Probing sent(Instant now) {
    return new Probing(times, lost, now.plus(times.answerWithin()), true);
  }

  /** Anything that the phone says shows that it is there. */
  public Probing answered(Instant now) {
    return new Probing(times, 0, now.plus(times.interval()), false);
  }

  /** The time of the probe that is out is up. */
  public Probing unanswered(Instant now) {
    boolean late = now.isAfter(due.plus(OWN_DELAY));
    return new Probing(times, late ? lost : lost + 1, now, false);
  }

  public boolean silent() {
    return lost >= ENOUGH;
  }
}

package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What service levels are computed from, of one interval. A call counts once: by most definitions
 * when it is answered or abandoned; by Cisco's at its service-level event, which is the answer, the
 * abandonment, or the end of the threshold, whichever comes first.
 *
 * @param answeredWithin of the answered those who waited the threshold at most
 * @param answeredBefore those who waited less than it
 * @param abandonedWithin of the abandoned those who waited the threshold at most
 * @param abandonedShort those who waited less than the second threshold
 * @param flowOuts moved on or sent away
 * @param events calls that had their service-level event, short abandonments left out
 * @param eventAnswers for how many of them it was the answer
 * @param eventAbandons for how many of them it was the abandonment
 */
public record ServiceCounts(
    long answered,
    long answeredWithin,
    long answeredBefore,
    long abandoned,
    long abandonedWithin,
    long abandonedShort,
    long flowOuts,
    long events,
    long eventAnswers,
    long eventAbandons) {

  /**
   * @param target within which a call is to be answered
   * @param shortAbandon who leaves sooner had no interest in an answer
   */
  public record Thresholds(Duration target, Duration shortAbandon) {
    public static final Thresholds USUAL = new Thresholds(Duration.ofSeconds(20), Duration.ZERO);
  }

  /**
   * @param wholeCalls whether the visits of one call count as one, as they do for a site, or each
   *     by itself, as for a queue
   */
  static ServiceCounts of(
      List<Visit> visits, Interval interval, Thresholds thresholds, boolean wholeCalls) {
    Counting counting = new Counting(interval, thresholds, wholeCalls);
    visits.forEach(counting::add);
    return counting.counts();
  }

  private static final class Counting {
    private final Interval interval;
    private final Thresholds thresholds;
    private final boolean wholeCalls;
    private long answered;
    private long answeredWithin;
    private long answeredBefore;
    private long abandoned;
    private long abandonedWithin;
    private long abandonedShort;
    private long flowOuts;
    private long eventAnswers;
    private long eventAbandons;
    private long late;

    Counting(Interval interval, Thresholds thresholds, boolean wholeCalls) {
      this.interval = interval;
      this.thresholds = thresholds;
      this.wholeCalls = wholeCalls;
    }

    void add(Visit visit) {
      if (late(visit)) {
        late++;
      }
      Instant leftAt = visit.leftAt();
      Visit.Left left = visit.left();
      if (leftAt == null || left == null || !interval.holds(leftAt)) {
        return;
      }
      Duration waited = visit.waitedUntil(leftAt);
      boolean within = waited.compareTo(thresholds.target()) <= 0;
      switch (left) {
        case ANSWERED -> {
          answered++;
          answeredWithin += within ? 1 : 0;
          answeredBefore += waited.compareTo(thresholds.target()) < 0 ? 1 : 0;
          eventAnswers += within ? 1 : 0;
        }
        case ABANDONED -> {
          boolean brief = waited.compareTo(thresholds.shortAbandon()) < 0;
          abandoned++;
          abandonedWithin += within ? 1 : 0;
          abandonedShort += brief ? 1 : 0;
          eventAbandons += within && !brief ? 1 : 0;
        }
        case OVERFLOWED -> flowOuts++;
        case MOVED_ON -> flowOuts += wholeCalls ? 0 : 1;
        case REFUSED, FAILED -> {}
      }
    }

    /** Whether the threshold ended in the interval while the call was there. */
    private boolean late(Visit visit) {
      Instant end = visit.arrivedAt().plus(thresholds.target());
      boolean cameLate = end.isBefore(visit.enteredAt());
      if (cameLate && wholeCalls && visit.number() > 1) {
        return false;
      }
      Instant at = cameLate ? visit.enteredAt() : end;
      Instant leftAt = visit.leftAt();
      return interval.holds(at) && (leftAt == null || at.isBefore(leftAt));
    }

    ServiceCounts counts() {
      return new ServiceCounts(
          answered,
          answeredWithin,
          answeredBefore,
          abandoned,
          abandonedWithin,
          abandonedShort,
          flowOuts,
          eventAnswers + eventAbandons + late,
          eventAnswers,
          eventAbandons);
    }
  }
}

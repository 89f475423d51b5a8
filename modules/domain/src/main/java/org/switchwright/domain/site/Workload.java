package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has done since the last log-in, over all queues.
 *
 * @param since the log-in
 * @param calls how many conversations ended
 * @param talked their time
 * @param busy time with a phone that rang, in conversation and in wrap-up, without what goes on now
 * @param busySince since when that goes on; null while it does not
 * @param missed offers in a row that rang in vain
 * @param unreachable offers in a row that the phone did not answer at all
 */
public record Workload(
    Instant since,
    int calls,
    Duration talked,
    Duration busy,
    @Nullable Instant busySince,
    int missed,
    int unreachable) {

  static Workload from(Instant logIn) {
    return new Workload(logIn, 0, Duration.ZERO, Duration.ZERO, null, 0, 0);
  }

  /** After a log-in the day begins anew, but what goes on goes on. */
  Workload restarted(Instant logIn) {
    return new Workload(
        logIn, 0, Duration.ZERO, Duration.ZERO, busySince == null ? null : logIn, 0, 0);
  }

  Workload turned(boolean toBusy, Instant at) {
    if (toBusy == (busySince != null)) {
      return this;
    }
    return busySince == null
        ? new Workload(since, calls, talked, busy, at, missed, unreachable)
        : new Workload(
            since,
            calls,
            talked,
            busy.plus(Duration.between(busySince, at)),
            null,
            missed,
            unreachable);
  }

  Workload talkedFor(Duration time) {
    return new Workload(since, calls + 1, talked.plus(time), busy, busySince, missed, unreachable);
  }

  Workload failing(int missedInRow, int unreachableInRow) {
    return new Workload(since, calls, talked, busy, busySince, missedInRow, unreachableInRow);
  }

  /**
   * Busy time over time since log-in, in thousandths. Source: Avaya's occupancy, which counts
   * ringing, talk and after-call work.
   */
  long occupancyPermille(Instant now) {
    long staffed = Duration.between(since, now).toMillis();
    Duration all = busySince == null ? busy : busy.plus(Duration.between(busySince, now));
    return staffed <= 0 ? 0 : Math.min(1_000, all.toMillis() * 1_000 / staffed);
  }
}

package org.switchwright.simulation.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.switchwright.domain.estimate.StateFigure;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.QueueLoad;
import org.switchwright.domain.statistics.QueuePace;

/**
 * By what calls choose a site: how long one that comes now will wait, in seconds, by the product's
 * formula for it ({@link EstimatedWait#ERLANG_A}). Nobody waits where somebody is in no call.
 */
final class ExpectedWait implements StateFigure {
  /** Where nobody is logged in, and at most. */
  static final double NOBODY_SECONDS = 3_600;

  private static final int KEPT_AGENTS = 128;
  private static final int KEPT_WAITING = 512;

  private final QueuePace pace;
  private final double[][] kept = new double[KEPT_AGENTS][];

  /**
   * @param handleSeconds of a call, with the pause after it
   * @param abandonsPerSecond of waiting
   */
  ExpectedWait(double handleSeconds, double abandonsPerSecond) {
    pace = new QueuePace(1, handleSeconds * 1_000, List.of(), 0, 0, 1, abandonsPerSecond, 1, 0, 0);
  }

  @Override
  public double of(int loggedIn, int busy, int waiting) {
    if (waiting == 0 && busy < loggedIn) {
      return 0;
    }
    if (loggedIn <= 0) {
      return NOBODY_SECONDS;
    }
    if (loggedIn >= KEPT_AGENTS || waiting >= KEPT_WAITING) {
      return computed(loggedIn, waiting);
    }
    double[] row = kept[loggedIn];
    if (row == null) {
      row = new double[KEPT_WAITING];
      kept[loggedIn] = row;
    }
    if (row[waiting] == 0) {
      row[waiting] = computed(loggedIn, waiting);
    }
    return row[waiting];
  }

  private double computed(int loggedIn, int waiting) {
    QueueLoad load =
        new QueueLoad(Instant.EPOCH, waiting, Duration.ZERO, loggedIn, loggedIn, 0, loggedIn, pace);
    return switch (EstimatedWait.ERLANG_A.of(load)) {
      case Estimate.Known known -> Math.min(known.expected().toMillis() / 1_000.0, NOBODY_SECONDS);
      case Estimate.Unknown _ -> NOBODY_SECONDS;
    };
  }
}

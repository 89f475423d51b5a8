package org.switchwright.domain.estimate;

import java.util.List;
import java.util.Optional;

/**
 * How good estimates would have been.
 *
 * @param cuts how many were scored
 * @param days on how many days
 */
public record BacktestReport(Backtest.Plan plan, int cuts, int days, List<Row> rows) {
  public BacktestReport {
    rows = List.copyOf(rows);
  }

  /**
   * Of one quantity at one horizon; figures in the quantity's unit. All are NaN where no cut could
   * be scored.
   *
   * @param scored how many cuts had a truth there
   * @param truth its mean
   * @param error mean absolute error of the displayed median
   * @param errorOfMean mean absolute error of the routing mean
   * @param bias mean of routing mean less truth
   * @param crps of the simulated distribution, moved to the displayed median
   * @param coverage how often the truth was in the 90% interval
   * @param width of that interval, on average
   * @param regret where the quantity is the wait
   */
  public record Row(
      Quantity quantity,
      int minutes,
      int scored,
      double truth,
      double error,
      double errorOfMean,
      double bias,
      Skill last,
      Skill average,
      Skill blend,
      double crps,
      double coverage,
      double width,
      Optional<Regret> regret) {}

  /**
   * Against a baseline: 1 - error / its error, with a 90% interval by bootstrap over days.
   *
   * @param error the baseline's mean absolute error
   */
  public record Skill(double error, double skill, double low, double high) {}

  /**
   * Of calls that choose, at the horizon, between this site, by its estimated wait, and another one
   * whose wait is known: the same site at the same time of another day. Seconds per call beyond the
   * shorter of the two waits, by what the choice goes by; without feedback of the choice on the
   * queues.
   *
   * @param oracle the shorter wait itself, which who knows everything would get
   */
  public record Regret(double mean, double blend, double last, double average, double oracle) {}
}

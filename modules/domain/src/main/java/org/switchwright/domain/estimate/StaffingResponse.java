package org.switchwright.domain.estimate;

import java.util.List;

/**
 * How the number of agents follows the line: how many more are logged in for each call that waits
 * beyond the usual. More agents also make the line shorter, so that the two cannot simply be
 * compared; but the calls that come beyond the usual make it longer, and agents do not cause these.
 * So it is estimated by that instrument (Wald, Annals of Mathematical Statistics 11, 1940): what
 * goes with excess calls in the number of agents, divided by what goes with them in the line, over
 * an hour each; drawn to 0 the more, the less excess calls say of the line.
 */
final class StaffingResponse {
  /** The line is felt as its mean over about so long: exponential smoothing. */
  private static final double FELT_MINUTES = 15;

  private static final double MOST = 0.4;
  private static final double WEAK = 0.2;
  private static final int AHEAD = 60 / DayDeviation.STEP_MINUTES;
  private static final int EVERY = 3;

  /** Of a deviation of staffing so much is left after an hour. */
  private static final double LEFT = StrictMath.pow(0.5, 0.5);

  private StaffingResponse() {}

  /** How the felt deviation of the line goes on over so many minutes. */
  static double felt(double before, double deviation, double minutes) {
    double keep = StrictMath.exp(-minutes / FELT_MINUTES);
    return keep * before + (1 - keep) * deviation;
  }

  /**
   * By how many calls the line is longer than usual, at most as many as there are agents, and
   * shorter by at most half as many: beyond that nobody can follow it.
   */
  static double bounded(double longer, double agents) {
    return Math.clamp(longer, -agents / 2, agents);
  }

  /** Agents for each call, from 0 to 0.4. */
  static double of(List<DayDeviation> days) {
    double xz = 0;
    double yz = 0;
    double xx = 0;
    double zz = 0;
    for (DayDeviation off : days) {
      for (int s = 0; s + AHEAD < DayDeviation.STEPS; s += EVERY) {
        if (!off.open(s, s + AHEAD)) {
          continue;
        }
        double x = off.felt()[s + AHEAD] - LEFT * off.felt()[s];
        double y = off.agents()[s + AHEAD] - LEFT * off.agents()[s];
        double z = 0;
        for (int k = s + 1; k <= s + AHEAD; k++) {
          z += off.entered()[k];
        }
        xz += x * z;
        yz += y * z;
        xx += x * x;
        zz += z * z;
      }
    }
    double drawn = xz + WEAK * Math.sqrt(xx * zz);
    return xz <= 0 || drawn <= 0 ? 0 : Math.clamp(yz / drawn, 0, MOST);
  }
}

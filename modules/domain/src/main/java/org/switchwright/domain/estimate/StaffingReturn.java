package org.switchwright.domain.estimate;

import java.util.List;

/**
 * How a site returns to its usual staffing. Where more are logged in than usual, some of them are
 * due for a break and go soon, while others have come for the day; and whoever has gone within the
 * last hour is mostly on a break and comes back. Both are told by least squares from the deviations
 * of the eight weeks before, drawn to a return with a half-life of two hours.
 *
 * @param left by place in {@link #MINUTES}, how many of each agent beyond the usual are still there
 * @param back the same, how many are there for each who had gone beyond the usual
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
record StaffingReturn(double[] left, double[] back) {
  private static final int[] MINUTES = {0, 5, 10, 15, 30, 60, 120, 180, 240};
  private static final double HALF_LIFE_MINUTES = 120;

  /** The half-life counts as much as a deviation by one agent that was seen so often. */
  private static final double WORTH = 50;

  private static final int EVERY = 3;

  /** Nothing is known of breaks. */
  static final StaffingReturn HALF_LIFE = of(List.of());

  static StaffingReturn of(List<DayDeviation> days) {
    double[] left = new double[MINUTES.length];
    double[] back = new double[MINUTES.length];
    left[0] = 1;
    for (int m = 1; m < MINUTES.length; m++) {
      int ahead = MINUTES[m] / DayDeviation.STEP_MINUTES;
      double halved = StrictMath.pow(0.5, MINUTES[m] / HALF_LIFE_MINUTES);
      double xx = WORTH;
      double zz = WORTH;
      double xz = 0;
      double xy = WORTH * halved;
      double zy = 0;
      for (DayDeviation off : days) {
        for (int s = 0; s + ahead < DayDeviation.STEPS; s += EVERY) {
          if (off.open(s, s + ahead)) {
            double x = off.agents()[s];
            double z = off.away()[s];
            double y = off.agents()[s + ahead];
            xx += x * x;
            zz += z * z;
            xz += x * z;
            xy += x * y;
            zy += z * y;
          }
        }
      }
      double determinant = xx * zz - xz * xz;
      left[m] = Math.clamp((xy * zz - zy * xz) / determinant, 0, 1);
      back[m] = Math.clamp((zy * xx - xy * xz) / determinant, 0, 1);
    }
    return new StaffingReturn(left, back);
  }

  double left(int minute) {
    return at(left, minute);
  }

  double back(int minute) {
    return at(back, minute);
  }

  /** Between two of the times in proportion, and beyond the last as at it. */
  private static double at(double[] column, int minute) {
    int above = 1;
    while (above < MINUTES.length && MINUTES[above] < minute) {
      above++;
    }
    if (above == MINUTES.length) {
      return column[above - 1];
    }
    double part = (double) (minute - MINUTES[above - 1]) / (MINUTES[above] - MINUTES[above - 1]);
    return column[above - 1] + part * (column[above] - column[above - 1]);
  }
}

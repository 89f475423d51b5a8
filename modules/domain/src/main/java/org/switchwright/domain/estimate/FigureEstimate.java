package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * The estimate of a {@link StateFigure} of one site while its link is cut: told what the controller
 * sees as it sees it, and asked at any time. Calibrated by {@link FigureCuts}; between two horizons
 * in logarithmic time.
 */
public final class FigureEstimate {
  /** Nothing is seen of more. */
  private static final int MAX_SIGHTINGS = 65_536;

  private final SiteHistory history;
  private final long cutMs;
  private final int day;
  private final int[] similar;
  private final FigureCuts cuts;
  private final Calibration[] calibrations;
  private final Courses courses;
  private final double last;
  private final double usual;
  private final double[] at = new double[MAX_SIGHTINGS];
  private final byte[] kind = new byte[MAX_SIGHTINGS];
  private final int[] call = new int[MAX_SIGHTINGS];
  private int sightings;

  private FigureEstimate(
      SiteHistory history, long cutMs, int[] similar, FigureCuts cuts, Calibration[] calibrations) {
    this.history = history;
    this.cutMs = cutMs;
    this.day = OrdinaryDays.day(cutMs);
    this.similar = similar;
    this.cuts = cuts;
    this.calibrations = calibrations;
    Arrays.fill(at, Double.POSITIVE_INFINITY);
    SiteModel model =
        SiteModel.of(history, cutMs, similar, WorkTimes.before(history, OrdinaryDays.day(cutMs)));
    Sightings seen = new Sightings(cuts.level, 1, at, kind, call);
    this.courses = new Courses(model, seen, cuts.particles, cuts.seed);
    this.last = cuts.figure.at(history, cutMs);
    this.usual = FigureCuts.average(history, cuts.figure, cutMs, day, similar);
  }

  /**
   * @param history of the days before, of the day up to the cut, and of calls that may be sent there
   *     after it, of which nothing is looked at but queue and head start once they are seen to
   *     enter; no two calls of that day entered at the same millisecond
   * @throws IllegalArgumentException where there are fewer than three similar days to go by
   */
  public static FigureEstimate of(SiteHistory history, long cutMs, FigureCuts cuts) {
    int day = OrdinaryDays.day(cutMs);
    int[] similar = new OrdinaryDays(history).similar(day);
    if (similar.length < Backtest.LEAST_SIMILAR) {
      throw new IllegalArgumentException(
          "Expected at least "
              + Backtest.LEAST_SIMILAR
              + " similar days before the cut, but got "
              + similar.length);
    }
    return new FigureEstimate(history, cutMs, similar, cuts, cuts.calibrations(day));
  }

  /** A call was sent there; not seen at level A. */
  public void entered(long civilMs) {
    see(civilMs, Sightings.ENTER, civilMs, ObservationLevel.B);
  }

  /**
   * Seen at level C.
   *
   * @param enteredMs when the call entered, by which it is known
   */
  public void answered(long civilMs, long enteredMs) {
    see(civilMs, Sightings.ANSWER, enteredMs, ObservationLevel.C);
  }

  /** Seen at level C. */
  public void gaveUp(long civilMs, long enteredMs) {
    see(civilMs, Sightings.GIVE_UP, enteredMs, ObservationLevel.C);
  }

  /** Seen at level C. */
  public void released(long civilMs, long enteredMs) {
    see(civilMs, Sightings.RELEASE, enteredMs, ObservationLevel.C);
  }

  private void see(long civilMs, byte what, long enteredMs, ObservationLevel from) {
    if (cuts.level.compareTo(from) < 0) {
      return;
    }
    if (sightings == MAX_SIGHTINGS) {
      throw new IllegalStateException(
          "Expected at most " + MAX_SIGHTINGS + " sightings after a cut, but there is one more");
    }
    int index = history.firstAfter(enteredMs) - 1;
    if (index < 0 || history.entered[index] != enteredMs) {
      throw new IllegalArgumentException(
          "Expected a call of the history that entered at " + enteredMs + " ms, but there is none");
    }
    at[sightings] = (civilMs - cutMs) / 1_000.0;
    kind[sightings] = what;
    call[sightings] = index;
    sightings++;
  }

  /**
   * The mean to route by.
   *
   * @param civilMs not before that of the last question
   */
  public double mean(long civilMs) {
    double seconds = (civilMs - cutMs) / 1_000.0;
    float[] values = courses.at(seconds, cuts.figure);
    double average = FigureCuts.average(history, cuts.figure, civilMs, day, similar);
    double[] same = new double[Horizons.count()];
    Arrays.fill(same, average);
    float[][] ensemble = new float[Horizons.count()][];
    Arrays.fill(ensemble, values);
    Cut now = FigureCuts.cut(cutMs, day, same, last, usual, same, ensemble);
    int above = 0;
    while (above < Horizons.count() - 1 && Horizons.ms(above) / 1_000.0 < seconds) {
      above++;
    }
    double far = calibrations[above].told(now, FigureCuts.PLACE, above).mean();
    if (above == 0 || seconds >= Horizons.ms(above) / 1_000.0) {
      return far;
    }
    double near = calibrations[above - 1].told(now, FigureCuts.PLACE, above - 1).mean();
    double from = StrictMath.log(Horizons.ms(above - 1) / 1_000.0);
    double part =
        (StrictMath.log(seconds) - from)
            / (StrictMath.log(Horizons.ms(above) / 1_000.0) - from);
    return near + part * (far - near);
  }

  /**
   * How long calls wait on average that enter in the next five minutes, in seconds: what the courses
   * say of it, by a forecast from each; not calibrated.
   *
   * @param civilMs not before that of the last question
   */
  public double simulatedWait(long civilMs) {
    return courses.expectedWait((civilMs - cutMs) / 1_000.0);
  }

  /** The figure as last reported. */
  public double last() {
    return last;
  }

  /** What it usually is at that time. */
  public double average(long civilMs) {
    return FigureCuts.average(history, cuts.figure, civilMs, day, similar);
  }
}

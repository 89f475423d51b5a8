package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * How many calls come after a cut: the mean profile of similar days, by minute and smoothed by ten
 * minutes to both sides, times the day's level. The level is gamma distributed around 1 as the
 * levels of similar days are, updated by the calls of the last two hours (a Poisson count with a
 * gamma rate: Taylor, Management Science 58, 2012), and returns to 1 with a half-life of four
 * hours.
 */
final class ArrivalForecast {
  static final int OBSERVED_MINUTES = 120;
  private static final int AHEAD_MINUTES = 240 + 30;
  private static final long SMOOTH_MS = 10 * SiteHistory.MINUTE_MS;
  private static final double HALF_LIFE_SECONDS = 240 * 60;
  private static final double LEAST_SHAPE = 8;
  private static final double GREATEST_SHAPE = 400;

  /** Calls per second by minute, from {@link #OBSERVED_MINUTES} before the cut. */
  private final double[] profile;

  private final double shape;

  private ArrivalForecast(double[] profile, double shape) {
    this.profile = profile;
    this.shape = shape;
  }

  static ArrivalForecast of(SiteHistory history, long cutMs, int day, int[] similar) {
    double[] profile = new double[OBSERVED_MINUTES + AHEAD_MINUTES];
    double[] totals = new double[similar.length];
    for (int d = 0; d < similar.length; d++) {
      long shift = (similar[d] - day) * SiteHistory.DAY_MS;
      for (int minute = 0; minute < profile.length; minute++) {
        long middle =
            cutMs
                + shift
                + (minute - OBSERVED_MINUTES) * SiteHistory.MINUTE_MS
                + SiteHistory.MINUTE_MS / 2;
        profile[minute] += history.entered(middle - SMOOTH_MS, middle + SMOOTH_MS);
      }
      totals[d] =
          history.entered(
              cutMs + shift - OBSERVED_MINUTES * SiteHistory.MINUTE_MS,
              cutMs + shift + OBSERVED_MINUTES * SiteHistory.MINUTE_MS);
    }
    for (int minute = 0; minute < profile.length; minute++) {
      profile[minute] /= similar.length * (2 * SMOOTH_MS / 1_000.0);
    }
    return new ArrivalForecast(profile, shape(totals));
  }

  /** What the levels of days vary by beyond chance. */
  private static double shape(double[] totals) {
    double mean = Arrays.stream(totals).average().orElse(0);
    if (mean <= 0 || totals.length < 2) {
      return LEAST_SHAPE;
    }
    double squares = 0;
    for (double total : totals) {
      squares += (total / mean - 1) * (total / mean - 1);
    }
    double variance = squares / (totals.length - 1) - 1 / mean;
    return variance <= 0 ? GREATEST_SHAPE : Math.clamp(1 / variance, LEAST_SHAPE, GREATEST_SHAPE);
  }

  /** Expected calls per second at a level of 1. */
  double usual(double seconds) {
    int minute = (int) Math.floor(seconds / 60) + OBSERVED_MINUTES;
    return profile[Math.clamp(minute, 0, profile.length - 1)];
  }

  /**
   * One of the levels that the day may have.
   *
   * @param atSeconds after the cut, up to when calls were seen
   * @param reported how many came in those of the two hours before that were before the cut
   * @param seen how many were seen in the rest of these two hours
   * @param share which share of the calls that came after the cut were to be seen; 0 where these
   *     say nothing of the day
   */
  double level(double atSeconds, double reported, double seen, double share, double rank) {
    double expected = 0;
    int last = (int) Math.floor(atSeconds / 60) + OBSERVED_MINUTES;
    for (int minute = Math.max(0, last - OBSERVED_MINUTES); minute < last; minute++) {
      double shareThen = minute < OBSERVED_MINUTES ? 1 : share;
      expected += shareThen * 60 * profile[Math.min(minute, profile.length - 1)];
    }
    double counted = share > 0 ? reported + seen : reported;
    return gamma(shape + counted, rank) / (shape + expected);
  }

  /** By the cube root, which is nearly normal: Wilson and Hilferty, PNAS 17 (1931). */
  private static double gamma(double shape, double rank) {
    double root = 1 - 1 / (9 * shape) + rank / (3 * StrictMath.sqrt(shape));
    return root <= 0 ? 0 : shape * root * root * root;
  }

  /** Calls per second, at a level that was drawn at {@code fromSeconds}. */
  double rate(double seconds, double fromSeconds, double level) {
    double fade = StrictMath.pow(0.5, Math.max(0, seconds - fromSeconds) / HALF_LIFE_SECONDS);
    return usual(seconds) * (1 + (level - 1) * fade);
  }
}

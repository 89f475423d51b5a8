package org.switchwright.domain.estimate;

import java.time.LocalDate;
import java.util.List;

/**
 * How estimates of one site are told best, as learned from the weeks before one day.
 *
 * @param day by the site's wall clocks
 * @param cuts of those weeks from which it was learned
 * @param figures each quantity at each horizon, once: at most {@value #MAX_FIGURES}
 */
public record LearnedEstimates(LocalDate day, int cuts, List<LearnedFigure> figures) {
  /** Each quantity at each horizon. */
  public static final int MAX_FIGURES = 25;

  public LearnedEstimates {
    figures = List.copyOf(figures);
    if (figures.isEmpty() || figures.size() > MAX_FIGURES) {
      throw new IllegalArgumentException(
          "Expected 1 to " + MAX_FIGURES + " figures, but got " + figures.size());
    }
  }
}

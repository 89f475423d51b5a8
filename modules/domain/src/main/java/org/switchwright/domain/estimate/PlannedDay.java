package org.switchwright.domain.estimate;

import java.time.LocalDate;
import java.util.List;

/**
 * How many agents a site's schedule of one day has at work, from when to when. A shift belongs to
 * the day on which it begins, so that a night shift is planned, and planned anew, in one piece.
 *
 * @param day by the site's wall clocks
 * @param steps at least one, and at most one for each minute, in their order; before the first
 *     nobody is planned
 */
public record PlannedDay(LocalDate day, List<Step> steps) {
  /** No shift is longer than 24 h, so none of the day's goes on for longer than 48 h. */
  public static final int MINUTES = 48 * 60;

  /** At once. */
  public static final int MAX_AGENTS = 100_000;

  /**
   * From a minute on, so many are planned.
   *
   * @param minute after the day's midnight, 0 to {@link #MINUTES}
   * @param agents 0 to {@value #MAX_AGENTS}
   */
  public record Step(int minute, int agents) {
    public Step {
      if (minute < 0 || minute > MINUTES) {
        throw new IllegalArgumentException(
            "Expected a minute from 0 to " + MINUTES + ", but got " + minute);
      }
      if (agents < 0 || agents > MAX_AGENTS) {
        throw new IllegalArgumentException(
            "Expected 0 to " + MAX_AGENTS + " agents, but got " + agents);
      }
    }
  }

  public PlannedDay {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one step, but got none for " + day);
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).minute() <= steps.get(i - 1).minute()) {
        throw new IllegalArgumentException(
            "Expected steps by their minutes, but minute "
                + steps.get(i).minute()
                + " comes after "
                + steps.get(i - 1).minute());
      }
    }
  }

  /** Of those whose shifts began on this day; 0 after the second midnight. */
  int planned(int minute) {
    int low = 0;
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle).minute() <= minute) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 || minute >= MINUTES ? 0 : steps.get(low - 1).agents();
  }
}

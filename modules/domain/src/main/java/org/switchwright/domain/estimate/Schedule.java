package org.switchwright.domain.estimate;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many agents a site planned to have at work, on the days of which that is known. */
public final class Schedule {
  public static final Schedule NONE = new Schedule(List.of());

  private static final int DAY_MINUTES = 24 * 60;

  /** Counted from 1 January 1970. */
  private final SortedMap<Integer, PlannedDay> days = new TreeMap<>();

  private Schedule(List<PlannedDay> days) {
    days.forEach(it -> this.days.put((int) it.day().toEpochDay(), it));
  }

  /**
   * @param days of those that are equal the last counts
   */
  public static Schedule of(List<PlannedDay> days) {
    return days.isEmpty() ? NONE : new Schedule(days);
  }

  /** Of how many days something is planned. */
  public int size() {
    return days.size();
  }

  /** Whether the plan of that day is known. */
  boolean covers(long civilMs) {
    return days.containsKey(OrdinaryDays.day(civilMs));
  }

  /** How many are planned, those whose shifts began the day before among them. */
  int planned(long civilMs) {
    int day = OrdinaryDays.day(civilMs);
    int minute = (int) (Math.floorMod(civilMs, SiteHistory.DAY_MS) / SiteHistory.MINUTE_MS);
    return of(day, minute) + of(day - 1, minute + DAY_MINUTES);
  }

  private int of(int day, int minute) {
    return Optional.ofNullable(days.get(day)).map(it -> it.planned(minute)).orElse(0);
  }
}

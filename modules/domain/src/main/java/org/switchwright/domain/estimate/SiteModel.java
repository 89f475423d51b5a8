package org.switchwright.domain.estimate;

/**
 * What a simulation after one cut needs to know: the site as it stood, and what it is like, learned
 * from days before.
 *
 * @param kinds calls of similar days at about this time, to draw the kind of a new one from
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record SiteModel(
    SiteHistory history,
    long cutMs,
    WorkTimes times,
    WorkTimes.Today today,
    ArrivalForecast arrivals,
    StaffingPaths staffing,
    int[] kinds,
    Snapshot snapshot) {
  private static final long KINDS_AROUND_MS = 90 * SiteHistory.MINUTE_MS;
  private static final int MAX_KINDS = 20_000;

  static SiteModel of(SiteHistory history, long cutMs, int[] similar, WorkTimes times) {
    int day = OrdinaryDays.day(cutMs);
    return new SiteModel(
        history,
        cutMs,
        times,
        times.today(history, cutMs),
        ArrivalForecast.of(history, cutMs, day, similar),
        StaffingPaths.of(history, cutMs, day, similar),
        kinds(history, cutMs, day, similar),
        Snapshot.of(history, cutMs));
  }

  private static int[] kinds(SiteHistory history, long cutMs, int day, int[] similar) {
    int[] kinds = new int[MAX_KINDS];
    int size = 0;
    for (int each : similar) {
      long at = cutMs + (each - day) * SiteHistory.DAY_MS;
      int last = history.firstAfter(at + 2 * KINDS_AROUND_MS);
      for (int i = history.firstAfter(at - KINDS_AROUND_MS); i < last && size < MAX_KINDS; i++) {
        kinds[size++] = i;
      }
    }
    return java.util.Arrays.copyOf(kinds, size);
  }
}

package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * What a simulation after one cut needs to know: the site as it stood, and what it is like, learned
 * from days before.
 *
 * @param kinds of calls of similar days at about this time, to draw the kind of a new one from
 * @param paused by agent who is idle at the cut, for how many seconds a pause is known to have
 *     lasted
 * @param response how many more agents are there for each call that waits beyond the usual; none
 *     where the day is planned, for what the line is like on days with other plans says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record SiteModel(
    long cutMs,
    WorkTimes times,
    WorkTimes.Today today,
    ArrivalForecast arrivals,
    StaffingPaths staffing,
    Kinds kinds,
    double[] paused,
    double response,
    Snapshot snapshot) {
  private static final long KINDS_AROUND_MS = 90 * SiteHistory.MINUTE_MS;
  private static final int MAX_KINDS = 20_000;

  /** By call. */
  @SuppressWarnings("ArrayRecordComponent")
  record Kinds(int[] queue, int[] headStartMs) {}

  static SiteModel of(SiteHistory history, long cutMs, int[] similar, WorkTimes times) {
    return of(history, cutMs, similar, times, Snapshot.of(history, cutMs), history.loggedIn(cutMs));
  }

  /**
   * @param loggedIn how many were at the cut
   */
  static SiteModel of(
      SiteHistory history,
      long cutMs,
      int[] similar,
      WorkTimes times,
      Snapshot snapshot,
      int loggedIn) {
    int day = OrdinaryDays.day(cutMs);
    boolean planned = history.schedule().covers(cutMs);
    StaffingReturn returning = planned ? StaffingReturn.HALF_LIFE : times.returning();
    return new SiteModel(
        cutMs,
        times,
        times.today(history, cutMs),
        ArrivalForecast.of(history, cutMs, day, similar),
        StaffingPaths.of(
            history,
            cutMs,
            day,
            similar,
            new StaffingPaths.AtCut(loggedIn, away(history, cutMs, snapshot.idle()), returning)),
        kinds(history, cutMs, day, similar),
        KnownPauses.of(history, cutMs, times, snapshot.idle()),
        planned ? 0 : times.response(),
        snapshot);
  }

  /**
   * How many have gone within the last hour; who has no call for long may be there all the same.
   */
  private static int away(SiteHistory history, long cutMs, Snapshot.Idle idle) {
    int away = history.sessions.away(cutMs);
    for (int agent : idle.agent()) {
      away -= agent != SiteHistory.NOBODY && history.sessions.away(agent, cutMs) ? 1 : 0;
    }
    return away;
  }

  private static Kinds kinds(SiteHistory history, long cutMs, int day, int[] similar) {
    int[] queue = new int[MAX_KINDS];
    int[] headStartMs = new int[MAX_KINDS];
    int size = 0;
    for (int each : similar) {
      long at = cutMs + (each - day) * SiteHistory.DAY_MS;
      int last = history.firstAfter(at + 2 * KINDS_AROUND_MS);
      for (int i = history.firstAfter(at - KINDS_AROUND_MS); i < last && size < MAX_KINDS; i++) {
        queue[size] = history.queue[i];
        headStartMs[size++] = history.headStartMs[i];
      }
    }
    return new Kinds(Arrays.copyOf(queue, size), Arrays.copyOf(headStartMs, size));
  }
}

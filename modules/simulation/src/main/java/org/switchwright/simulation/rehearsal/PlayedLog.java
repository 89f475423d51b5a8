package org.switchwright.simulation.rehearsal;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.SiteHistory;

/** What the first of the sites did on days that were played, as its call log. In civil time. */
final class PlayedLog {
  /** So far back an estimate looks: three months, and what calibrates it. */
  private static final int DAYS_BACK = 140;

  /** Of what was not over at a cut nothing but that is told. */
  private static final long LATER_MS = 3_600_000L;

  private final NavigableMap<Integer, List<CallRecord>> byDay = new TreeMap<>();

  static long midnight(int day) {
    return day * SiteHistory.DAY_MS;
  }

  /** A day that is over. */
  void add(int day, PlayedDay played) {
    List<CallRecord> records = new ArrayList<>();
    for (int caller = 0; caller < played.arrivals().size(); caller++) {
      if (played.siteOf(caller) == 0) {
        records.add(
            record(played, caller, midnight(day), played.leftAt(caller), played.endedAt(caller)));
      }
    }
    byDay.put(day, records);
  }

  boolean has(int day) {
    return byDay.containsKey(day);
  }

  private static CallRecord record(
      PlayedDay played, int caller, long midnight, long left, long ended) {
    PlayedDay.Arrival arrival = played.arrivals().get(caller);
    boolean answered = played.answered(caller);
    return new CallRecord(
        midnight + arrival.atMs(),
        answered ? midnight + left : CallRecord.NEVER,
        midnight + Math.min(ended, arrival.atMs() + CallRecord.MAX_CALL_MS),
        answered ? played.agentOf(caller) : "",
        arrival.caller().kind(),
        arrival.caller().headStartMs());
  }

  SiteHistory history() {
    return SiteHistory.of(byDay.values().stream().flatMap(List::stream).toList(), ZoneOffset.UTC);
  }

  /** What is known when the link is cut: the days before, and the day so far. */
  SiteHistory atCut(int day, PlayedDay played, long cutMs) {
    long midnight = midnight(day);
    List<CallRecord> known = new ArrayList<>();
    byDay.subMap(day - DAYS_BACK, true, day, false).values().forEach(known::addAll);
    for (int caller = 0; caller < played.arrivals().size(); caller++) {
      if (played.siteOf(caller) == 0) {
        long ended = played.endedAt(caller);
        long told = ended <= cutMs ? ended : cutMs + LATER_MS;
        known.add(record(played, caller, midnight, played.leftAt(caller), told));
      }
    }
    return SiteHistory.of(known, ZoneOffset.UTC);
  }
}

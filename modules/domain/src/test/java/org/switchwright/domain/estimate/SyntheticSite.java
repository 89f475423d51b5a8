package org.switchwright.domain.estimate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the calls of a site that never was, from a seed: open from 8 to 20 on working days, with
 * eight agents who take calls in turn as they come, and impatient callers.
 */
final class SyntheticSite {
  static final long MINUTE = 60_000;
  static final long DAY = SiteHistory.DAY_MS;
  static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 5).toEpochDay();
  private static final int AGENTS = 8;

  private SyntheticSite() {}

  /** So many weeks from a Monday on. */
  static List<CallRecord> weeks(int weeks, long seed) {
    Chance chance = new Chance(seed);
    List<CallRecord> calls = new ArrayList<>();
    for (int day = 0; day < 7 * weeks; day++) {
      if (day % 7 < 5) {
        day((FIRST_DAY + day) * DAY, chance, calls);
      }
    }
    return calls;
  }

  static long at(int day, int hour, int minute) {
    return (FIRST_DAY + day) * DAY + (hour * 60L + minute) * MINUTE;
  }

  private static void day(long midnight, Chance chance, List<CallRecord> calls) {
    double level = chance.gamma(60) / 60;
    long[] free = new long[AGENTS];
    for (int agent = 0; agent < AGENTS; agent++) {
      free[agent] = midnight + 8 * 60 * MINUTE + chance.below(20) * MINUTE;
    }
    double now = midnight + 8 * 60.0 * MINUTE;
    while (true) {
      double hour = (now - midnight) / MINUTE / 60;
      double perMinute = level * (1.2 + 1.1 * StrictMath.sin((hour - 8) / 12 * Math.PI));
      now += chance.exponential() * MINUTE / perMinute;
      if (now > midnight + 19.9 * 60 * MINUTE) {
        return;
      }
      int agent = 0;
      for (int other = 1; other < AGENTS; other++) {
        agent = free[other] < free[agent] ? other : agent;
      }
      long entered = (long) now / 1_000 * 1_000;
      long answered = Math.max(entered, free[agent]);
      long leaves = entered + (long) (chance.exponential() * 300_000);
      String kind = chance.uniform() < 0.3 ? "orders" : "help";
      if (leaves < answered) {
        calls.add(new CallRecord(entered, CallRecord.NEVER, leaves, "", kind, 0));
        continue;
      }
      long ended = answered + 20_000 + (long) (chance.exponential() * 170_000);
      calls.add(new CallRecord(entered, answered, ended, "agent-" + agent, kind, 0));
      free[agent] = ended + 5_000 + (long) (chance.exponential() * 10_000);
    }
  }
}

package org.switchwright.simulation.rehearsal;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.SiteHistory;

/** Working days from 8 to 18 of a site with four busy agents, by a seed. */
final class SmallLog {
  static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 5).toEpochDay();
  private static final int AGENTS = 4;

  private SmallLog() {}

  static SiteHistory weeks(int weeks) {
    SplittableRandom random = new SplittableRandom(11);
    List<CallRecord> calls = new ArrayList<>();
    for (int day = 0; day < 7 * weeks; day++) {
      if (day % 7 < 5) {
        day((FIRST_DAY + day) * SiteHistory.DAY_MS, random, calls);
      }
    }
    return SiteHistory.of(calls, ZoneOffset.UTC);
  }

  private static void day(long midnight, SplittableRandom random, List<CallRecord> calls) {
    long[] free = new long[AGENTS];
    Arrays.fill(free, midnight + 8 * 3_600_000L);
    double everyMs = random.nextDouble(45_000, 75_000);
    double now = midnight + 8 * 3_600_000.0;
    while (now < midnight + 17.8 * 3_600_000) {
      now += -Math.log(1 - random.nextDouble()) * everyMs;
      int agent = 0;
      for (int other = 1; other < AGENTS; other++) {
        agent = free[other] < free[agent] ? other : agent;
      }
      long entered = (long) now;
      long answered = Math.max(entered, free[agent]);
      long leaves = entered + (long) (-Math.log(1 - random.nextDouble()) * 240_000);
      if (leaves < answered) {
        calls.add(new CallRecord(entered, CallRecord.NEVER, leaves, "", "help", 0));
      } else {
        long ended = answered + 15_000 + (long) (-Math.log(1 - random.nextDouble()) * 160_000);
        calls.add(new CallRecord(entered, answered, ended, "ann" + agent, "help", 0));
        free[agent] = ended + (long) (-Math.log(1 - random.nextDouble()) * 10_000);
      }
    }
  }
}

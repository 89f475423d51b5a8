package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTimesTest {
  private static final int DAY = 35;
  private static final long SECOND = 1_000;

  @Test
  void shouldSupposeShortPausesWhereNobodyEverWaits() {
    List<CallRecord> calls = new ArrayList<>();
    for (int day = 0; day < DAY; day++) {
      for (int minute = 0; minute < 600; minute += 10) {
        long at = SyntheticSite.at(day, 8, 0) + minute * SyntheticSite.MINUTE;
        calls.add(
            new CallRecord(at, at + SECOND, at + 60 * SECOND, "agent-" + minute % 3, "help", 0));
      }
    }
    WorkTimes times = WorkTimes.before(SiteHistory.of(calls, ZoneOffset.UTC), today());
    Chance chance = new Chance(1);

    for (int i = 0; i < 1_000; i++) {
      assertThat(times.pause(chance)).isBetween(0.0, 11.0);
    }
    assertThat(times.stillPausing(30, 0)).isZero();
  }

  /** Of calls that enter in the last hours the short ones are over, and the long ones go on. */
  @Test
  void shouldNotTakeADayForAShorterOneBecauseItsLongCallsGoOn() {
    assertThat(paceAtNoon(1_200, 1_200)).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldSeeThatTodayCallsTakeLonger() {
    // Twice as long, drawn to 1 by what counts as 100 calls of the usual.
    assertThat(paceAtNoon(180, 360)).isBetween(1.4, 2.0);
  }

  /** Of a day whose calls last for {@code today} seconds on average, and otherwise for others. */
  private static double paceAtNoon(double usually, double today) {
    List<CallRecord> calls = new ArrayList<>();
    Chance chance = new Chance(3);
    for (int day = 0; day <= DAY; day++) {
      for (int i = 0; i < 2_000; i++) {
        long at = SyntheticSite.at(day, 8, 0) + i * 20 * SECOND;
        double mean = day == DAY ? today : usually;
        long ended = at + SECOND + (long) (chance.exponential() * mean * SECOND);
        calls.add(new CallRecord(at, at, ended, "agent-" + i, "help", 0));
      }
    }
    SiteHistory history = SiteHistory.of(calls, ZoneOffset.UTC);
    return WorkTimes.before(history, today()).today(history, SyntheticSite.at(DAY, 12, 0)).pace();
  }

  private static int today() {
    return SyntheticSite.FIRST_DAY + DAY;
  }
}

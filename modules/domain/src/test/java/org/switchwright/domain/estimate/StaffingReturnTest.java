package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaffingReturnTest {
  private static final int DAYS = 7 * 9;
  private static final int DAY = SyntheticSite.FIRST_DAY + DAYS;
  private static final long MINUTE = 60_000;

  @Test
  void shouldSupposeAHalfLifeOfTwoHoursWhereNothingIsKnown() {
    StaffingReturn unknown = StaffingReturn.HALF_LIFE;

    assertThat(unknown.left(0)).isEqualTo(1);
    assertThat(unknown.left(120)).isCloseTo(0.5, within(1e-9));
    assertThat(unknown.left(240)).isCloseTo(0.25, within(1e-9));
    assertThat(unknown.left(270)).isEqualTo(unknown.left(240));
    assertThat(unknown.back(60)).isZero();
    assertThat(StaffingReturn.of(DayDeviation.before(site(), SyntheticSite.FIRST_DAY + 5)).left())
        .containsExactly(unknown.left());
  }

  @Test
  void shouldGoInProportionBetweenTwoOfItsTimes() {
    StaffingReturn unknown = StaffingReturn.HALF_LIFE;

    assertThat(unknown.left(90))
        .isCloseTo((unknown.left(60) + unknown.left(120)) / 2, within(1e-9));
  }

  /**
   * Breaks of half an hour at any time: who has gone is back in an hour, and not in five minutes.
   */
  @Test
  void shouldFindThatWhoHasGoneLatelyIsMostlyOnABreak() {
    StaffingReturn found = StaffingReturn.of(DayDeviation.before(site(), DAY));

    assertThat(found.back(60)).isGreaterThan(0.5);
    assertThat(found.back(5)).isLessThan(found.back(30)).isLessThan(0.5);
  }

  /** Some days have one agent more all day: what is left of that after four hours is all of it. */
  @Test
  void shouldFindThatWhoHasComeForTheDayStays() {
    assertThat(StaffingReturn.of(DayDeviation.before(site(), DAY)).left(240)).isGreaterThan(0.6);
  }

  /** Six agents, or on some days eight, each of whom takes breaks of about half an hour. */
  private static SiteHistory site() {
    List<CallRecord> calls = new ArrayList<>();
    Chance chance = new Chance(3);
    for (int day = 0; day < DAYS; day++) {
      int agents = chance.below(2) == 0 ? 6 : 8;
      for (int agent = 0; agent < agents; agent++) {
        int minute = chance.below(5);
        while (minute < 600) {
          long at = SyntheticSite.at(day, 8, 0) + minute * MINUTE + agent;
          calls.add(new CallRecord(at, at, at + 2 * MINUTE, "agent" + agent, "help", 0));
          minute += chance.below(25) == 0 ? 25 + chance.below(15) : 4;
        }
      }
    }
    return SiteHistory.of(calls, ZoneOffset.UTC);
  }
}

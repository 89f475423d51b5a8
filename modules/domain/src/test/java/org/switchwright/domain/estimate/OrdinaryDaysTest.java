package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdinaryDaysTest {
  @Test
  void shouldLeaveOutHolidays() {
    OrdinaryDays days = days(6, day -> day == 16 ? 20 : 100);

    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 16)).isFalse();
    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 17)).isTrue();
    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 19)).as("a Saturday").isFalse();
    assertThat(days.similar(SyntheticSite.FIRST_DAY + 23))
        .doesNotContain(SyntheticSite.FIRST_DAY + 16);
  }

  @Test
  void shouldKeepAThinDayOfTheWeekThatIsAlwaysThin() {
    OrdinaryDays days = days(6, day -> day % 7 == 4 ? 30 : 100);

    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 32)).isTrue();
    assertThat(similar(days, 32)).allMatch(day -> (day - SyntheticSite.FIRST_DAY) % 7 == 4);
  }

  @Test
  void shouldCompareWithTheSameDayOfTheWeekWhereThatSaysMore() {
    OrdinaryDays days = days(12, day -> day % 7 == 0 ? 120 : 100);

    assertThat(similar(days, 77))
        .hasSize(8)
        .allMatch(day -> (day - SyntheticSite.FIRST_DAY) % 7 == 0);
  }

  @Test
  void shouldCompareWithTheLastDaysWhereTheDayOfTheWeekSaysNothing() {
    OrdinaryDays days = days(12, day -> 100 + day);

    assertThat(days.similar(SyntheticSite.FIRST_DAY + 77))
        .hasSize(15)
        .startsWith(SyntheticSite.FIRST_DAY + 74);
  }

  @Test
  void shouldKnowOnlyDaysBefore() {
    OrdinaryDays days = days(4, _ -> 100);

    for (int day = 0; day < 28; day++) {
      int today = SyntheticSite.FIRST_DAY + day;
      assertThat(similar(days, today - SyntheticSite.FIRST_DAY)).allMatch(it -> it < today);
    }
    assertThat(days.similar(SyntheticSite.FIRST_DAY)).isEmpty();
  }

  @Test
  void shouldNotCompareADayByItsOwnCalls() {
    for (int day = 0; day < 28; day++) {
      int today = day;
      OrdinaryDays busy = days(4, each -> each == today ? 300 : 100 + each);
      OrdinaryDays quiet = days(4, each -> each == today ? 10 : 100 + each);
      assertThat(similar(busy, day)).as("day %s", day).isEqualTo(similar(quiet, day));
    }
  }

  @Test
  void shouldTakeThreeLowDaysOfTheWeekInARowForTheNewLevel() {
    OrdinaryDays days = days(12, day -> day < 56 ? 100 : 40);

    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 56)).isFalse();
    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 63)).isFalse();
    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 70)).isTrue();
    assertThat(days.ordinary(SyntheticSite.FIRST_DAY + 77)).isTrue();
  }

  @Test
  void shouldCompareWithWhatEndedLongAgoWhereNothingIsKnownSince() {
    OrdinaryDays days = days(12, _ -> 100);

    assertThat(similar(days, 12 * 7 + 280))
        .hasSize(8)
        .allMatch(day -> (day - SyntheticSite.FIRST_DAY) % 7 == 0)
        .startsWith(SyntheticSite.FIRST_DAY + 77);
  }

  private static List<Integer> similar(OrdinaryDays days, int day) {
    return Arrays.stream(days.similar(SyntheticSite.FIRST_DAY + day)).boxed().toList();
  }

  private interface Calls {
    int on(int day);
  }

  private static OrdinaryDays days(int weeks, Calls calls) {
    List<CallRecord> all = new ArrayList<>();
    for (int day = 0; day < 7 * weeks; day++) {
      int count = day % 7 < 5 ? calls.on(day) : 0;
      for (int i = 0; i < count; i++) {
        long at = SyntheticSite.at(day, 9, 0) + i * 120_000L;
        all.add(new CallRecord(at, at, at + 60_000, "ann", "q", 0));
      }
    }
    return new OrdinaryDays(SiteHistory.of(all, ZoneOffset.UTC));
  }
}

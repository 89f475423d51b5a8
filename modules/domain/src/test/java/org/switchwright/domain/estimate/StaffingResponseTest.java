package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaffingResponseTest {
  private static final int WEEKS = 9;
  private static final int DAYS = 7 * WEEKS;
  private static final int DAY = SyntheticSite.FIRST_DAY + DAYS;
  private static final long MINUTE = 60_000;

  @Test
  void shouldFindThatAgentsComeWhereCallsThatNobodyExpectedWait() {
    assertThat(response(site(true), DAY)).isBetween(0.1, 0.4);
  }

  @Test
  void shouldFindNothingWhereTheSameAgentsAreThereWhateverWaits() {
    assertThat(response(site(false), DAY)).isCloseTo(0, within(0.02));
  }

  @Test
  void shouldFindNothingInTooShortAPast() {
    assertThat(response(site(true), SyntheticSite.FIRST_DAY + 10)).isZero();
  }

  @Test
  void shouldLearnFromDaysBeforeAlone() {
    List<CallRecord> calls = calls(true);
    int until = DAYS - 14;
    int day = SyntheticSite.FIRST_DAY + until;
    double all = response(SiteHistory.of(calls, ZoneOffset.UTC), day);
    calls.removeIf(it -> it.enteredMs() >= SyntheticSite.at(until, 0, 0));

    assertThat(response(SiteHistory.of(calls, ZoneOffset.UTC), day)).isEqualTo(all).isPositive();
  }

  @Test
  void shouldFeelTheLineLittleByLittle() {
    double felt = 0;
    for (int minute = 0; minute < 15; minute++) {
      felt = StaffingResponse.felt(felt, 4, 1);
    }

    assertThat(felt).isCloseTo(4 * (1 - Math.exp(-1)), within(1e-9));
  }

  @Test
  void shouldFollowNoLineBeyondWhatTheAgentsAre() {
    assertThat(StaffingResponse.bounded(98, 6)).isEqualTo(6);
    assertThat(StaffingResponse.bounded(-100, 6)).isEqualTo(-3);
    assertThat(StaffingResponse.bounded(1, 6)).isEqualTo(1);
  }

  private static double response(SiteHistory history, int day) {
    return StaffingResponse.of(DayDeviation.before(history, day));
  }

  private static SiteHistory site(boolean follows) {
    return SiteHistory.of(calls(follows), ZoneOffset.UTC);
  }

  /**
   * Four agents who are always there, and on some days four hours in which callers come whom nobody
   * serves; where agents follow, two more are there meanwhile.
   */
  private static List<CallRecord> calls(boolean follows) {
    List<CallRecord> calls = new ArrayList<>();
    Chance chance = new Chance(5);
    for (int day = 0; day < DAYS; day++) {
      for (int minute = 0; minute < 600; minute += 3) {
        for (int agent = 0; agent < 4; agent++) {
          long at = SyntheticSite.at(day, 8, 0) + minute * MINUTE + agent;
          calls.add(new CallRecord(at, at, at + 2 * MINUTE, "always" + agent, "help", 0));
        }
      }
      if (chance.below(2) == 0) {
        long from = SyntheticSite.at(day, 9 + chance.below(4), 0);
        for (int minute = 0; minute < 240; minute++) {
          long at = from + minute * MINUTE + 7;
          calls.add(new CallRecord(at, CallRecord.NEVER, at + 6 * MINUTE, "", "help", 0));
          if (follows && minute >= 10) {
            for (int agent = 0; agent < 2; agent++) {
              long answer = at + 10 + agent;
              calls.add(
                  new CallRecord(answer, answer, answer + MINUTE / 2, "more" + agent, "help", 0));
            }
          }
        }
      }
    }
    return calls;
  }
}

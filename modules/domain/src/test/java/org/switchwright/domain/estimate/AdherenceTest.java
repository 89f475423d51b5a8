package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days on which 8, 10 and 12 talk at 10:00, before one that is planned otherwise. */
class AdherenceTest {
  private static final int DAY = SyntheticSite.FIRST_DAY + 21;
  private static final int[] SIMILAR = {DAY - 7, DAY - 14, DAY - 21};
  private static final long TEN = 10 * 60 * SyntheticSite.MINUTE;
  private static final long AT = DAY * SiteHistory.DAY_MS + TEN;

  private static List<CallRecord> calls() {
    List<CallRecord> calls = new ArrayList<>();
    for (int d = 0; d < SIMILAR.length; d++) {
      long at = SIMILAR[d] * SiteHistory.DAY_MS + TEN;
      for (int agent = 0; agent < 8 + 2 * d; agent++) {
        calls.add(new CallRecord(at - 60_000, at - 60_000, at + 60_000, "a" + agent, "q", 0));
      }
    }
    return calls;
  }

  private static PlannedDay planned(int day, int agents) {
    return new PlannedDay(
        LocalDate.ofEpochDay(day),
        List.of(new PlannedDay.Step(480, agents), new PlannedDay.Step(960, 0)));
  }

  private static double[] loggedIn(PlannedDay... days) {
    SiteHistory history = SiteHistory.of(calls(), ZoneOffset.UTC, Schedule.of(List.of(days)));
    return Adherence.loggedIn(history, AT, DAY, SIMILAR);
  }

  @Test
  void shouldLeaveDaysAsTheyWereWhereNothingIsPlanned() {
    assertThat(loggedIn()).containsExactly(8, 10, 12);
    assertThat(loggedIn(planned(DAY - 7, 10))).containsExactly(8, 10, 12);
  }

  @Test
  void shouldLeaveDaysAsTheyWereWhereAsManyWerePlanned() {
    assertThat(
            loggedIn(
                planned(DAY, 10),
                planned(DAY - 7, 10),
                planned(DAY - 14, 10),
                planned(DAY - 21, 10)))
        .containsExactly(8, 10, 12);
  }

  @Test
  void shouldKeepDeviationsInProportion() {
    assertThat(
            loggedIn(
                planned(DAY, 5),
                planned(DAY - 7, 10),
                planned(DAY - 14, 10),
                planned(DAY - 21, 10)))
        .containsExactly(4, 5, 6);
    assertThat(
            loggedIn(
                planned(DAY, 0),
                planned(DAY - 7, 10),
                planned(DAY - 14, 10),
                planned(DAY - 21, 10)))
        .containsExactly(0, 0, 0);
  }

  /** Four who were planned and twelve who came do not say that of 40 there will be 120. */
  @Test
  void shouldNotMakeManyOfAFew() {
    assertThat(
            loggedIn(
                planned(DAY, 40), planned(DAY - 7, 8), planned(DAY - 14, 10), planned(DAY - 21, 4)))
        .containsExactly(40, 40, 40 + 2 * 8);
    assertThat(
            loggedIn(
                planned(DAY, 3), planned(DAY - 7, 0), planned(DAY - 14, 10), planned(DAY - 21, 12)))
        .containsExactly(3 + 8, 3, 3);
  }

  @Test
  void shouldFollowThePlanWhereItIsTheFirst() {
    assertThat(loggedIn(planned(DAY, 5))).containsExactly(3, 5, 7);
    assertThat(loggedIn(planned(DAY, 1))).containsExactly(0, 1, 3);
  }

  /** Of ten who were planned nine came; so of five four and a half, give or take. */
  @Test
  void shouldTakeDaysWithoutAPlanForLikeThoseWithOne() {
    assertThat(loggedIn(planned(DAY, 5), planned(DAY - 7, 10), planned(DAY - 14, 10)))
        .containsExactly(4, 5, 4.5);
    assertThat(loggedIn(planned(DAY, 5), planned(DAY - 7, 10))).containsExactly(4, 3, 5);
  }
}

package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteHistoryTest {
  private static final long NINE = 9 * 3_600_000L;

  @Test
  void shouldTellWhoWaitsTalksAndIsLoggedIn() {
    SiteHistory history =
        history(served(0, 10, 100, "ann"), served(20, 110, 200, "ann"), gaveUp(50, 80));

    assertThat(history.waiting(at(5))).isEqualTo(1);
    assertThat(history.busy(at(5))).isZero();
    assertThat(history.waiting(at(60))).isEqualTo(2);
    assertThat(history.busy(at(60))).isEqualTo(1);
    assertThat(history.loggedIn(at(105))).isEqualTo(1);
    assertThat(history.busy(at(105))).isZero();
    assertThat(history.waiting(at(80))).isEqualTo(1);
    assertThat(history.loggedIn(at(200))).isZero();
  }

  @Test
  void shouldEndACallWhereTheSameAgentAnsweredTheNext() {
    SiteHistory history = history(served(0, 0, 500, "ann"), served(90, 100, 300, "ann"));

    assertThat(history.busy(at(50))).isEqualTo(1);
    assertThat(history.busy(at(200))).isEqualTo(1);
    assertThat(history.busy(at(400))).isZero();
  }

  @Test
  void shouldCountAnAgentAsGoneAfterAPauseOfMoreThanTwentyMinutes() {
    SiteHistory history =
        history(
            served(0, 0, 100, "ann"),
            served(1_300, 1_300, 1_400, "ann"),
            served(2_601, 2_601, 2_700, "ann"));

    assertThat(history.loggedIn(at(700))).isEqualTo(1);
    assertThat(history.loggedIn(at(2_000))).isZero();
    assertThat(history.loggedIn(at(2_650))).isEqualTo(1);
  }

  @Test
  void shouldTakeWhoWasThereFromWhatTheSiteHasTold() {
    long nextDay = SiteHistory.DAY_MS;
    SitePast past =
        new SitePast(
            List.of(
                served(0, 0, 100, "ann"),
                served(700, 700, 800, "ann"),
                new CallRecord(at(0) + nextDay, at(0) + nextDay, at(100) + nextDay, "ann", "q", 0),
                new CallRecord(
                    at(700) + nextDay, at(700) + nextDay, at(800) + nextDay, "ann", "q", 0)),
            List.of(
                new Presence("ann", at(0) + nextDay, at(200) + nextDay),
                new Presence("ann", at(650) + nextDay, at(9_000) + nextDay),
                new Presence("ben", at(1_000) + nextDay, at(20_000) + nextDay)));
    SiteHistory history = SiteHistory.of(past, ZoneOffset.UTC, Schedule.NONE);

    assertThat(history.loggedIn(at(400))).as("of a log, a short pause").isEqualTo(1);
    assertThat(history.loggedIn(at(400) + nextDay)).as("told: she had gone").isZero();
    assertThat(history.loggedIn(at(8_000) + nextDay)).as("told: both are idle").isEqualTo(2);
    assertThat(history.loggedIn(at(19_000) + nextDay)).isEqualTo(1);
    assertThat(history.agentIndex("ben")).isEqualTo(1);
  }

  @Test
  void shouldSayNothingOfTheNextDayWhereSomebodyIsThereUntilMidnight() {
    long midnight = SiteHistory.DAY_MS;
    SitePast past =
        new SitePast(
            List.of(
                served(0, 0, 100, "ann"),
                new CallRecord(
                    at(0) + midnight, at(0) + midnight, at(100) + midnight, "ann", "q", 0),
                new CallRecord(
                    at(700) + midnight, at(700) + midnight, at(800) + midnight, "ann", "q", 0)),
            List.of(new Presence("ann", at(0), midnight)));
    SiteHistory history = SiteHistory.of(past, ZoneOffset.UTC, Schedule.NONE);

    assertThat(history.loggedIn(midnight - 1)).isEqualTo(1);
    assertThat(history.loggedIn(at(400) + midnight)).as("of a log, a short pause").isEqualTo(1);
  }

  @Test
  void shouldKeepOfThePastWhatWasOverByThen() {
    SitePast past =
        new SitePast(
            List.of(served(0, 0, 100, "ann"), served(150, 160, 300, "ann")),
            List.of(new Presence("ann", at(0), at(900)), new Presence("ben", at(250), at(900))));

    assertThat(past.until(Instant.ofEpochMilli(at(200))))
        .isEqualTo(
            new SitePast(
                List.of(served(0, 0, 100, "ann")), List.of(new Presence("ann", at(0), at(200)))));
  }

  @Test
  void shouldTellTheMeanWaitOfThoseWhoEnterInTheNextFiveMinutes() {
    SiteHistory history =
        history(served(10, 40, 100, "ann"), gaveUp(300, 310), served(301, 400, 500, "ann"));

    assertThat(history.expectedWait(at(0))).isEqualTo(20);
    assertThat(history.expectedWait(at(400))).isNaN();
    assertThat(history.lastWait(at(100))).isEqualTo(30);
  }

  @Test
  void shouldTellTheShareThatWasAnsweredInTime() {
    SiteHistory history =
        history(
            served(0, 20, 100, "ann"),
            served(0, 21, 90, "bob"),
            gaveUp(10, 12),
            gaveUp(95, 200),
            gaveUp(60, 200));

    // Of the last two, one has waited for longer than 20 s at 100 s, the other one may yet be in
    // time.
    assertThat(history.serviceLevel(at(100))).isEqualTo(0.25);
    assertThat(history.serviceLevel(at(-1))).isNaN();
  }

  @Test
  void shouldNotDependOnTheOrderOfItsRecords() {
    List<CallRecord> calls = SyntheticSite.weeks(1, 7);
    List<CallRecord> reversed = new ArrayList<>(calls);
    Collections.reverse(reversed);

    SiteHistory one = SiteHistory.of(calls, ZoneOffset.UTC);
    SiteHistory other = SiteHistory.of(reversed, ZoneOffset.UTC);

    assertThat(Arrays.equals(other.answered, one.answered)).isTrue();
    assertThat(Arrays.equals(other.ended, one.ended)).isTrue();
    assertThat(Arrays.equals(other.agent, one.agent)).isTrue();
  }

  @Test
  void shouldNeverHaveMoreBusyThanLoggedIn() {
    SiteHistory history = SiteHistory.of(SyntheticSite.weeks(1, 3), ZoneOffset.UTC);

    for (long time = history.firstMs(); time < history.lastMs(); time += 61_000) {
      assertThat(history.busy(time)).isBetween(0, history.loggedIn(time));
      assertThat(history.waiting(time)).isNotNegative();
    }
  }

  @Test
  void shouldLiveByItsOwnClocks() {
    ZoneId vienna = ZoneId.of("Europe/Vienna");
    long winter = Instant.parse("2026-01-05T08:00:00Z").toEpochMilli();
    long summer = Instant.parse("2026-07-06T07:00:00Z").toEpochMilli();

    SiteHistory history =
        SiteHistory.of(
            List.of(
                new CallRecord(winter, winter, winter + 5_000, "ann", "q", 0),
                new CallRecord(summer, summer, summer + 5_000, "ann", "q", 0)),
            vienna);

    assertThat(Math.floorMod(history.entered[0], SiteHistory.DAY_MS)).isEqualTo(NINE);
    assertThat(Math.floorMod(history.entered[1], SiteHistory.DAY_MS)).isEqualTo(NINE);
  }

  @Test
  void shouldKeepItsOrderThroughTheNightOnWhichClocksAreSetBack() {
    long before = Instant.parse("2026-10-25T00:50:00Z").toEpochMilli();
    long after = before + 20 * 60_000;

    SiteHistory history =
        SiteHistory.of(
            List.of(
                new CallRecord(before, before, before + 5_000, "ann", "q", 0),
                new CallRecord(after, after, after + 5_000, "bob", "q", 0)),
            ZoneId.of("Europe/Vienna"));

    assertThat(history.entered).isSorted();
    assertThat(history.agentName(history.agent[0])).isEqualTo("bob");
  }

  @Test
  void shouldRefuseACallThatCannotBe() {
    assertThatThrownBy(() -> new CallRecord(10, CallRecord.NEVER, 9, "", "q", 0))
        .hasMessageContaining("Expected an end at most 4 h after");
    assertThatThrownBy(() -> new CallRecord(10, 30, 20, "ann", "q", 0))
        .hasMessageContaining("Expected an answer between");
    assertThatThrownBy(() -> new CallRecord(10, 15, 20, "", "q", 0))
        .hasMessageContaining("Expected an agent exactly where");
  }

  private static SiteHistory history(CallRecord... calls) {
    return SiteHistory.of(List.of(calls), ZoneOffset.UTC);
  }

  private static long at(int seconds) {
    return NINE + seconds * 1_000L;
  }

  private static CallRecord served(int entered, int answered, int ended, String agent) {
    return new CallRecord(at(entered), at(answered), at(ended), agent, "q", 0);
  }

  private static CallRecord gaveUp(int entered, int ended) {
    return new CallRecord(at(entered), CallRecord.NEVER, at(ended), "", "q", 0);
  }
}

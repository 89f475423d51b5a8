package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;

/**
 * A site of eight agents, half of whom go at noon on some days: by its schedule, and not by the
 * days of the week.
 */
class PlannedSiteTest {
  private static final int WEEKS = 10;
  private static final int DAY = 7 * (WEEKS - 1) + 1;
  private static final long CUT_MS = SyntheticSite.at(DAY, 11, 0);
  private static final Instant CUT = Instant.ofEpochMilli(CUT_MS);
  private static final List<CallRecord> CALLS = calls();
  private static final Schedule SCHEDULE = schedule();

  private static boolean halfGo(int day) {
    return day == DAY || (day != DAY - 7 && Math.floorMod(Chance.mix(day), 4) == 0);
  }

  private static List<CallRecord> calls() {
    List<CallRecord> calls = new ArrayList<>();
    for (CallRecord call : SyntheticSite.weeks(WEEKS, 99)) {
      int day = (int) (call.enteredMs() / SiteHistory.DAY_MS) - SyntheticSite.FIRST_DAY;
      boolean gone =
          call.answered()
              && call.answeredMs() > SyntheticSite.at(day, 12, 0)
              && call.agent().compareTo("agent-4") >= 0;
      if (!halfGo(day) || !gone) {
        calls.add(call);
      }
    }
    return calls;
  }

  private static Schedule schedule() {
    List<PlannedDay> days = new ArrayList<>();
    for (int day = 0; day < 7 * WEEKS; day++) {
      if (day % 7 < 5) {
        List<PlannedDay.Step> steps = new ArrayList<>();
        steps.add(new PlannedDay.Step(8 * 60, 8));
        if (halfGo(day)) {
          steps.add(new PlannedDay.Step(12 * 60, 4));
        }
        steps.add(new PlannedDay.Step(20 * 60, 0));
        days.add(new PlannedDay(LocalDate.ofEpochDay(SyntheticSite.FIRST_DAY + day), steps));
      }
    }
    return Schedule.of(days);
  }

  private static List<CallRecord> past() {
    return CALLS.stream().filter(it -> it.endedMs() <= CUT_MS).toList();
  }

  private static SiteAtCut cut() {
    List<SiteAtCut.Talking> talking = new ArrayList<>();
    List<SiteAtCut.Idle> idle = new ArrayList<>();
    for (int agent = 0; agent < 8; agent++) {
      String name = "agent-" + agent;
      Optional<CallRecord> call =
          CALLS.stream()
              .filter(it -> it.agent().equals(name))
              .filter(it -> it.answeredMs() <= CUT_MS && it.endedMs() > CUT_MS)
              .findFirst();
      call.ifPresentOrElse(
          it ->
              talking.add(
                  new SiteAtCut.Talking(
                      Instant.ofEpochMilli(it.enteredMs()),
                      Instant.ofEpochMilli(it.answeredMs()),
                      name,
                      it.queue(),
                      Optional.of(new SentCall(new CallId(name), 1)))),
          () -> idle.add(new SiteAtCut.Idle(name, CUT.minusSeconds(30), Optional.empty())));
    }
    return new SiteAtCut(CUT, List.of(), talking, idle);
  }

  private static SiteEstimate told(Schedule schedule, Calibrations calibrations, int minutes) {
    LiveEstimate estimate =
        LiveEstimate.begin(cut(), SitePast.of(past()), ZoneOffset.UTC, schedule, calibrations, 0, 7)
            .orElseThrow();
    estimate.advance(CUT.plus(Duration.ofMinutes(minutes)));
    return estimate.told().orElseThrow();
  }

  private static Calibrations learned(Schedule schedule) {
    SiteHistory history = SiteHistory.of(past(), ZoneOffset.UTC, schedule);
    return Calibrations.learn(history, OrdinaryDays.day(CUT_MS), 0, 1);
  }

  private static double loggedIn(SiteEstimate estimate) {
    return estimate.figure(Quantity.LOGGED_IN).orElseThrow().mean();
  }

  @Test
  void shouldFollowThePlanOfTheDay() {
    Calibrations without = learned(Schedule.NONE);
    Calibrations with = learned(SCHEDULE);
    SiteHistory truth = SiteHistory.of(CALLS, ZoneOffset.UTC);

    for (int minutes : new int[] {120, 240}) {
      double there = truth.loggedIn(CUT_MS + minutes * SyntheticSite.MINUTE);
      assertThat(there).isEqualTo(4);
      SiteEstimate planned = told(SCHEDULE, with, minutes);
      SiteEstimate unplanned = told(Schedule.NONE, without, minutes);
      assertThat(planned.bySchedule()).isTrue();
      assertThat(unplanned.bySchedule()).isFalse();
      assertThat(loggedIn(planned)).as("after %d min", minutes).isBetween(3.0, 5.0);
      assertThat(loggedIn(unplanned)).isGreaterThan(6);
      SiteEstimate.Figure figure = planned.figure(Quantity.LOGGED_IN).orElseThrow();
      assertThat(there).isBetween(figure.low(), figure.high());
    }
  }

  /** The blend and, when courses are at their end, the average go by the plan, too. */
  @Test
  void shouldFollowThePlanBeforeAnythingIsLearnedAndAfterTheCourses() {
    assertThat(loggedIn(told(SCHEDULE, Calibrations.NONE, 180))).isBetween(3.0, 5.0);
    SiteEstimate.Figure late =
        told(SCHEDULE, Calibrations.NONE, 330).figure(Quantity.LOGGED_IN).orElseThrow();
    assertThat(late.mean()).isBetween(3.0, 5.0);
    assertThat(late.high()).isLessThan(6);
  }

  @Test
  void shouldComeToTheSameFiguresWhenMadeAgain() {
    Calibrations with = learned(SCHEDULE);

    assertThat(told(SCHEDULE, with, 120)).isEqualTo(told(SCHEDULE, with, 120));
  }

  @Test
  void shouldBeBetterOverManyDays() {
    BacktestReport with = backtest(SCHEDULE);
    BacktestReport without = backtest(Schedule.NONE);

    assertThat(with.cuts()).isEqualTo(without.cuts());
    // That some have gone shows soon what kind of day it is.
    assertThat(error(with, Quantity.LOGGED_IN, 60))
        .isLessThan(0.9 * error(without, Quantity.LOGGED_IN, 60));
    assertThat(error(with, Quantity.LOGGED_IN, 240))
        .isLessThan(0.6 * error(without, Quantity.LOGGED_IN, 240));
    assertThat(error(with, Quantity.BUSY, 240)).isLessThan(error(without, Quantity.BUSY, 240));
  }

  private static BacktestReport backtest(Schedule schedule) {
    int first = SyntheticSite.FIRST_DAY + 7 * (WEEKS - 3);
    Backtest backtest =
        new Backtest(
            SiteHistory.of(CALLS, ZoneOffset.UTC, schedule),
            new Backtest.Plan(
                first, first + 21, Duration.ofHours(1), ObservationLevel.A, 1, 50, 1));
    return backtest.report(backtest.days().stream().map(backtest::cutsOf).toList());
  }

  private static double error(BacktestReport report, Quantity quantity, int minutes) {
    return report.rows().stream()
        .filter(it -> it.quantity() == quantity && it.minutes() == minutes)
        .findFirst()
        .orElseThrow()
        .error();
  }
}

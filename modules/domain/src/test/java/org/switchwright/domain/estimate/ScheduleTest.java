package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private static PlannedDay day(LocalDate day, int... minutesAndAgents) {
    PlannedDay.Step[] steps = new PlannedDay.Step[minutesAndAgents.length / 2];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new PlannedDay.Step(minutesAndAgents[2 * i], minutesAndAgents[2 * i + 1]);
    }
    return new PlannedDay(day, List.of(steps));
  }

  private static long at(LocalDate day, int minute) {
    return day.toEpochDay() * SiteHistory.DAY_MS + minute * SiteHistory.MINUTE_MS;
  }

  @Test
  void shouldSayHowManyArePlannedAtEachMinute() {
    Schedule schedule = Schedule.of(List.of(day(DAY, 480, 10, 720, 8, 960, 0)));

    assertThat(schedule.planned(at(DAY, 479))).isZero();
    assertThat(schedule.planned(at(DAY, 480))).isEqualTo(10);
    assertThat(schedule.planned(at(DAY, 720) - 1)).isEqualTo(10);
    assertThat(schedule.planned(at(DAY, 720))).isEqualTo(8);
    assertThat(schedule.planned(at(DAY, 960))).isZero();
    assertThat(schedule.covers(at(DAY, 1439))).isTrue();
    assertThat(schedule.covers(at(DAY.plusDays(1), 0))).isFalse();
  }

  /** From 22:00 to 6:00; a day that is planned anew takes its own night shift with it alone. */
  @Test
  void shouldCountANightShiftIntoTheMorningAfter() {
    PlannedDay monday = day(DAY, 1320, 3, 1800, 0);
    PlannedDay tuesday = day(DAY.plusDays(1), 300, 7, 960, 0, 1320, 2, 1800, 0);
    Schedule schedule = Schedule.of(List.of(monday, tuesday));

    assertThat(schedule.planned(at(DAY, 1400))).isEqualTo(3);
    assertThat(schedule.planned(at(DAY.plusDays(1), 200))).isEqualTo(3);
    assertThat(schedule.planned(at(DAY.plusDays(1), 330))).isEqualTo(10);
    assertThat(schedule.planned(at(DAY.plusDays(1), 360))).isEqualTo(7);
    assertThat(schedule.planned(at(DAY.plusDays(2), 100))).isEqualTo(2);
  }

  @Test
  void shouldRefuseStepsThatAreNone() {
    assertThatThrownBy(() -> day(DAY))
        .hasMessage("Expected at least one step, but got none for " + DAY);
    assertThatThrownBy(() -> day(DAY, 480, 1, 480, 2))
        .hasMessage("Expected steps by their minutes, but minute 480 comes after 480");
    assertThatThrownBy(() -> day(DAY, 2881, 1))
        .hasMessage("Expected a minute from 0 to 2880, but got 2881");
    assertThatThrownBy(() -> day(DAY, 0, -1)).hasMessage("Expected 0 to 100000 agents, but got -1");
  }
}

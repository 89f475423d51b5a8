package org.switchwright.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.estimate.SiteHistory;

class RehearsalTest {
  private static final SiteHistory HISTORY = SmallLog.weeks(8);
  private static final int MONDAY = SmallLog.FIRST_DAY + 49;

  @Test
  void shouldTellWhatEachPracticeCosts() {
    List<Integer> played = new ArrayList<>();

    RehearsalReport report = new Rehearsal(HISTORY, plan(2)).run(played::add);

    assertThat(report.days()).isEqualTo(5);
    assertThat(played).containsExactly(MONDAY, MONDAY + 1, MONDAY + 2, MONDAY + 3, MONDAY + 4);
    assertThat(report.rows()).hasSize(2 * Practice.values().length);
    for (RehearsalReport.Row row : report.rows()) {
      assertThat(row.calls()).isPositive();
      assertThat(row.extra().value()).isBetween(row.extra().low(), row.extra().high());
      switch (row.practice()) {
        case ORACLE -> assertThat(row.extra().value()).isZero();
        case LEFT_OUT -> assertThat(row.toCutShare()).isZero();
        case FROZEN, AVERAGE, ESTIMATE_A, ESTIMATE_B, ESTIMATE_C ->
            assertThat(row.toCutShare()).isBetween(0.1, 0.9);
      }
    }
    RehearsalReport.Row leftOut = row(report, Practice.LEFT_OUT);
    RehearsalReport.Row seen = row(report, Practice.ESTIMATE_C);
    assertThat(seen.waitSeconds()).isLessThan(leftOut.waitSeconds());
    assertThat(seen.calls()).isEqualTo(leftOut.calls());
    // How true to life it is.
    assertThat(report.alone().calls()).isEqualTo(report.recorded().calls());
    assertThat(report.alone().waitSeconds())
        .isCloseTo(report.recorded().waitSeconds(), within(0.5 * report.recorded().waitSeconds()));
    assertThat(new Rehearsal(HISTORY, plan(2)).run(_ -> {})).isEqualTo(report);
  }

  @Test
  void shouldRefuseWhatCannotBePlayed() {
    assertThatThrownBy(() -> plan(1)).hasMessage("Expected 2 to 8 sites, but got 1");
    assertThatThrownBy(() ->
            new Rehearsal.Plan(
                2, 3, 2, List.of(LocalTime.NOON), List.of(Duration.ofHours(5)), 10, 1))
        .hasMessage("Expected a cut of 1 min to 4 h, but got PT5H");
    Rehearsal early =
        new Rehearsal(
            HISTORY,
            new Rehearsal.Plan(
                SmallLog.FIRST_DAY,
                SmallLog.FIRST_DAY + 3,
                2,
                List.of(LocalTime.NOON),
                List.of(Duration.ofHours(1)),
                10,
                1));
    assertThatThrownBy(() -> early.run(_ -> {})).hasMessageStartingWith("Expected ordinary days");
  }

  private static Rehearsal.Plan plan(int sites) {
    return new Rehearsal.Plan(
        MONDAY,
        MONDAY + 7,
        sites,
        List.of(LocalTime.of(10, 0)),
        List.of(Duration.ofMinutes(30), Duration.ofHours(2)),
        10,
        1);
  }

  private static RehearsalReport.Row row(RehearsalReport report, Practice practice) {
    return report.rows().stream()
        .filter(it -> it.practice() == practice && it.length().equals(Duration.ofHours(2)))
        .findFirst()
        .orElseThrow();
  }
}

package org.switchwright.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpectedWaitTest {
  private final ExpectedWait wait = new ExpectedWait(180, 1 / 600.0);

  @Test
  void shouldBeNothingWhereSomebodyIsFree() {
    assertThat(wait.of(5, 4, 0)).isZero();
  }

  @Test
  void shouldBeTheSumOverThoseWhoAreAhead() {
    double first = 1 / (5 / 180.0);
    double second = 1 / (5 / 180.0 + 1 / 600.0);

    assertThat(wait.of(5, 5, 0)).isCloseTo(first, within(0.01));
    assertThat(wait.of(5, 5, 1)).isCloseTo(first + second, within(0.01));
    assertThat(wait.of(5, 4, 1)).isEqualTo(wait.of(5, 5, 1));
  }

  @Test
  void shouldBeLongWhereNobodyIsThere() {
    assertThat(wait.of(0, 0, 0)).isEqualTo(ExpectedWait.NOBODY_SECONDS);
    assertThat(wait.of(1, 1, 3_000)).isEqualTo(ExpectedWait.NOBODY_SECONDS);
    assertThat(wait.of(200, 200, 0)).isCloseTo(0.9, within(0.01));
  }
}

package org.switchwright.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.domain.statistics.Estimate.Known;
import org.switchwright.domain.statistics.Estimate.Unknown;
import org.switchwright.domain.statistics.Estimate.Why;

class EstimatedWaitTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static QueuePace pace(int handleSeconds) {
    return QueuePace.NONE.handled(NOW, Duration.ofSeconds(handleSeconds));
  }

  private static QueueLoad load(int ahead, int agents, int ready, QueuePace pace) {
    return new QueueLoad(
        NOW, ahead, Duration.ofSeconds(12), agents, agents, ready, agents - ready, pace);
  }

  private static Optional<Duration> expected(EstimatedWait formula, QueueLoad load) {
    return formula.of(load).expectedIfAny();
  }

  /** Each worked out by hand from its definition: handle time 240 s, nobody gives up. */
  @ParameterizedTest
  @CsvSource({
    "ERLANG_A,                 0, 4, 0,  60000",
    "ERLANG_A,                 4, 4, 0, 300000",
    "ERLANG_A,                 1, 4, 1, 120000",
    "ERLANG_A,                 0, 4, 1,      0",
    "GENESYS_ESTIM_WAIT_TIME,  0, 4, 0,  60000",
    "GENESYS_ESTIM_WAIT_TIME,  4, 4, 0, 300000",
    "GENESYS_ESTIM_WAIT_TIME,  4, 4, 2, 180000",
    "GENESYS_ESTIM_WAIT_TIME,  1, 4, 2,      0",
    "EFFECTIVE_AGENTS,         4, 4, 0, 240000",
    "EFFECTIVE_AGENTS,         1, 4, 0,  60000",
    "CISCO_EXPECTED_DELAY,     0, 4, 0,  60000",
    "CISCO_EXPECTED_DELAY,     4, 4, 0, 300000",
    "CISCO_EXPECTED_DELAY,     4, 4, 1,      0",
  })
  void shouldFollowItsDefinition(
      EstimatedWait formula, int ahead, int agents, int ready, long expectedMs) {
    assertThat(expected(formula, load(ahead, agents, ready, pace(240))))
        .contains(Duration.ofMillis(expectedMs));
  }

  @Test
  void shouldLetThoseAheadGiveUp() {
    QueuePace pace = pace(240);
    for (int i = 0; i < 2_000; i++) {
      pace = i % 2 == 0 ? pace.abandoned(minutes(2)) : pace.answered(minutes(2));
    }
    // mu = 1/240, theta = 1/240: 1/(s mu) + 1/(s mu + theta) + 1/(s mu + 2 theta), s = 4.
    double mean = 240 * (1.0 / 4 + 1.0 / 5 + 1.0 / 6);
    double deviation = 240 * Math.sqrt(1.0 / 16 + 1.0 / 25 + 1.0 / 36);

    Known estimate = (Known) EstimatedWait.ERLANG_A.of(load(2, 4, 0, pace));

    assertThat(estimate.expected().toMillis() / 1_000.0).isCloseTo(mean, within(0.5));
    assertThat(estimate.spread().orElseThrow().deviation().toMillis() / 1_000.0)
        .isCloseTo(deviation, within(0.5));
    assertThat(expected(EstimatedWait.EFFECTIVE_AGENTS, load(2, 4, 0, pace)).orElseThrow())
        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
  }

  /** The true 5% and 95% quantiles of the sum of n exponential variables of mean 60 s. */
  @ParameterizedTest
  @CsvSource({"0, 3.1, 179.7", "1, 21.3, 284.6", "4, 118.2, 549.2", "9, 325.5, 942.3"})
  void shouldTellWithinWhatNineOfTenWait(int ahead, double low, double high) {
    Known estimate = (Known) EstimatedWait.ERLANG_A.of(load(ahead, 4, 0, pace(240)));

    var spread = estimate.spread().orElseThrow();
    assertThat(spread.low().toMillis() / 1_000.0).isCloseTo(low, within(1.5));
    assertThat(spread.high().toMillis() / 1_000.0).isCloseTo(high, within(2.0));
  }

  /** {@code (3 * old + wait) >> 2} in whole seconds: 40, 35, 31. */
  @Test
  void shouldFilterWaitsAsAsteriskDoes() {
    QueuePace pace = QueuePace.NONE;
    List<Integer> waits = List.of(40, 20, 20);
    List<Long> holdTimes = List.of(40L, 35L, 31L);
    for (int i = 0; i < waits.size(); i++) {
      pace = pace.answered(Duration.ofSeconds(waits.get(i)));
      assertThat(pace.holdTime()).contains(Duration.ofSeconds(holdTimes.get(i)));
    }

    assertThat(expected(EstimatedWait.ASTERISK_HOLDTIME, load(3, 1, 0, pace)))
        .contains(Duration.ofSeconds(31 - 12));
    assertThat(expected(EstimatedWait.LAST_TO_ENTER_SERVICE, load(3, 1, 0, pace)))
        .contains(Duration.ofSeconds(20 - 12));
    assertThat(QueuePace.NONE.abandoned(minutes(1)).answered(Duration.ofSeconds(40)).holdTime())
        .as("after somebody gave up the filter starts from zero")
        .contains(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeUnknownRatherThanZero(EstimatedWait formula) {
    QueueLoad nobodyThere = load(3, 0, 0, QueuePace.NONE);

    assertThat(formula.of(nobodyThere)).isInstanceOf(Unknown.class);
    assertThat(EstimatedWait.named(formula.text())).contains(formula);
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(EstimatedWait.ERLANG_A.of(load(3, 0, 0, pace(60))))
        .isEqualTo(new Unknown(Why.NO_AGENTS));
    assertThat(EstimatedWait.ERLANG_A.of(load(3, 2, 0, QueuePace.NONE)))
        .isEqualTo(new Unknown(Why.NO_HANDLE_TIME));
    assertThat(EstimatedWait.LAST_TO_ENTER_SERVICE.of(load(3, 2, 0, pace(60))))
        .isEqualTo(new Unknown(Why.NO_ANSWER));
    assertThat(expected(EstimatedWait.GENESYS_ESTIM_WAIT_TIME, load(0, 1, 0, QueuePace.NONE)))
        .as("its own default")
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void shouldForgetHandleTimesAfterFiveMinutesWhereTheDefinitionSaysSo() {
    QueuePace pace = pace(100).handled(NOW.plusSeconds(240), Duration.ofSeconds(200));

    assertThat(pace.handleTimeOfFiveMinutes(NOW.plusSeconds(290)))
        .contains(Duration.ofSeconds(150));
    assertThat(pace.handleTimeOfFiveMinutes(NOW.plusSeconds(310)))
        .contains(Duration.ofSeconds(200));
    assertThat(pace.handleTimeOfFiveMinutes(NOW.plusSeconds(600))).isEmpty();
  }

  @Test
  void shouldStayBounded() {
    QueuePace pace = QueuePace.NONE;
    for (int i = 0; i < 10_000; i++) {
      pace = pace.handled(NOW.plusSeconds(i * 60L), Duration.ofSeconds(60 + i % 2));
    }

    assertThat(pace.slots()).hasSize(QueuePace.MAX_SLOTS);
    assertThat(pace.handleTime().orElseThrow())
        .isBetween(Duration.ofMillis(60_400), Duration.ofMillis(60_600));
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}

package org.switchwright.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.domain.statistics.Stint.Activity;

class IntervalTest {
  /** The days on which clocks change too, and a zone that is off by three quarters of an hour. */
  @ParameterizedTest
  @CsvSource({
    "UTC,              2026-03-02T09:07:30Z, 2026-03-02T00:00:00Z, 2026-03-02T09:00:00Z",
    "Europe/Berlin,    2026-03-02T09:07:30Z, 2026-03-01T23:00:00Z, 2026-03-02T09:00:00Z",
    "Europe/Berlin,    2026-03-29T09:50:00Z, 2026-03-28T23:00:00Z, 2026-03-29T09:45:00Z",
    "Europe/Berlin,    2026-10-25T22:59:59Z, 2026-10-24T22:00:00Z, 2026-10-25T22:45:00Z",
    "Asia/Kathmandu,   2026-03-02T09:07:30Z, 2026-03-01T18:15:00Z, 2026-03-02T09:00:00Z",
    "America/New_York, 2026-03-02T04:59:00Z, 2026-03-01T05:00:00Z, 2026-03-02T04:45:00Z",
  })
  void shouldBeginWithTheSitesDayAndQuarter(
      String zone, Instant now, Instant day, Instant quarter) {
    assertThat(Interval.today(now, ZoneId.of(zone))).isEqualTo(new Interval(day, now));
    assertThat(Interval.current(Duration.ofMinutes(15), now, ZoneId.of(zone)))
        .isEqualTo(new Interval(quarter, now));
  }

  @Test
  void shouldHoldSomethingAtMidnightToo() {
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");

    assertThat(Interval.today(midnight, ZoneId.of("UTC")).holds(midnight)).isTrue();
    assertThatThrownBy(() -> new Interval(midnight, midnight))
        .hasMessageStartingWith("Expected an interval that begins before it ends");
  }

  /** Ready 10, ringing 1, talking 20, wrap-up 4, not ready 5 minutes. */
  @ParameterizedTest
  @CsvSource({
    "GENESYS_STAT_AGENT_OCCUPANCY, 62.5",
    "CISCO_PERCENT_UTILIZATION, 68.571",
    "AVAYA_OCCUPANCY, 71.429"
  })
  void shouldSayHowBusyOneWas(Occupancy occupancy, double percent) {
    Map<Activity, Duration> times =
        Map.of(
            Activity.READY, Duration.ofMinutes(10),
            Activity.RESERVED, Duration.ofMinutes(1),
            Activity.TALKING, Duration.ofMinutes(20),
            Activity.WRAPPING_UP, Duration.ofMinutes(4),
            Activity.NOT_READY, Duration.ofMinutes(5),
            Activity.LOGGED_OUT, Duration.ofHours(9));

    assertThat(occupancy.percent(new TreeMap<>(times)).orElseThrow())
        .isCloseTo(percent, within(0.001));
    assertThat(occupancy.percent(new TreeMap<>())).isEmpty();
    assertThat(occupancy.formula()).isNotBlank();
  }
}

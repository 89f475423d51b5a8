package org.switchwright.domain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.statistics.ServiceCounts.Thresholds;
import org.switchwright.domain.statistics.Statistics.Facts;
import org.switchwright.domain.statistics.Visit.Left;

class ServiceLevelTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Interval HOUR = Interval.last(Duration.ofHours(1), NINE.plusSeconds(3_600));
  private static final QueueId SALES = new QueueId("sales");

  private final List<Visit> visits = new ArrayList<>();

  private void visits(int count, int waitedSeconds, @Nullable Left left) {
    for (int i = 0; i < count; i++) {
      Instant at = NINE.plusSeconds(60 + i);
      visits.add(visit("c" + visits.size(), 1, at, at, at.plusSeconds(waitedSeconds), left));
    }
  }

  private static Visit visit(
      String call, int number, Instant arrived, Instant entered, Instant leftAt, Left left) {
    return new Visit(
        new SiteId("berlin"),
        new CallId(call),
        number,
        SALES,
        List.of(),
        arrived,
        entered,
        left == null ? null : leftAt,
        left,
        false);
  }

  private ServiceCounts counts(Interval interval, int target, int brief) {
    Thresholds thresholds = new Thresholds(Duration.ofSeconds(target), Duration.ofSeconds(brief));
    return Statistics.of(new Facts(visits, List.of(), List.of()), interval, thresholds)
        .queues()
        .get(SALES)
        .service();
  }

  /** 70 answered in time, 10 abandoned in time, 20 later than the target. */
  @ParameterizedTest
  @CsvSource({"CISCO_IGNORED, 77.8", "CISCO_NEGATIVE, 70.0", "CISCO_POSITIVE, 80.0"})
  void shouldFollowCisco(ServiceLevel level, double percent) {
    visits(70, 15, Left.ANSWERED);
    visits(10, 15, Left.ABANDONED);
    visits(12, 45, Left.ANSWERED);
    visits(5, 45, Left.ABANDONED);
    visits(3, 0, null);

    assertThat(level.percent(counts(HOUR, 20, 0)).orElseThrow()).isCloseTo(percent, within(0.05));
  }

  /** 200 of 300 answered in time; 100 abandoned, 50 of them at once. */
  @Test
  void shouldFollowGenesysServiceFactor() {
    visits(200, 15, Left.ANSWERED);
    visits(100, 20, Left.ANSWERED);
    visits(50, 4, Left.ABANDONED);
    visits(50, 5, Left.ABANDONED);

    assertThat(ServiceLevel.GENESYS_SERVICE_FACTOR_1.percent(counts(HOUR, 20, 5)).orElseThrow())
        .isCloseTo(57.14, within(0.005));
  }

  /** 60 of 80 answered in time, 6 of 10 abandoned in time and 4 of them at once, 10 moved on. */
  @ParameterizedTest
  @CsvSource({
    "ASTERISK_SL, 75.0",
    "ASTERISK_SL2, 73.33",
    "GENESYS_CLOUD, 66.67",
    "GENESYS_CLOUD_LESS_SHORT_ABANDONS, 69.77",
    "GENESYS_CLOUD_LESS_ABANDONS, 75.0",
    "GENESYS_CLOUD_FLOW_OUTS, 60.0",
    "GENESYS_CLOUD_FLOW_OUTS_LESS_SHORT_ABANDONS, 62.5",
    "GENESYS_CLOUD_FLOW_OUTS_LESS_ABANDONS, 66.67",
  })
  void shouldFollowAsteriskAndGenesysCloud(ServiceLevel level, double percent) {
    visits(60, 20, Left.ANSWERED);
    visits(20, 21, Left.ANSWERED);
    visits(4, 2, Left.ABANDONED);
    visits(2, 20, Left.ABANDONED);
    visits(4, 30, Left.ABANDONED);
    visits(7, 30, Left.MOVED_ON);
    visits(3, 30, Left.OVERFLOWED);

    assertThat(level.percent(counts(HOUR, 20, 5)).orElseThrow()).isCloseTo(percent, within(0.005));
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeUnknownWhereNobodyCalled(ServiceLevel level) {
    assertThat(level.percent(ServiceCounts.of(List.of(), HOUR, Thresholds.USUAL, true))).isEmpty();
    assertThat(ServiceLevel.named(level.text())).contains(level);
    assertThat(level.formula()).isNotBlank();
  }

  /** Every way to cut the hour into two gives the same sum. */
  @Test
  void shouldCountEachCallOnceWhereverTheIntervalIsCut() {
    visits(30, 15, Left.ANSWERED);
    visits(30, 300, Left.ANSWERED);
    visits(30, 21, Left.ABANDONED);
    visits(5, 0, null);
    ServiceCounts whole = counts(HOUR, 20, 5);

    for (int cut = 75; cut < 500; cut += 7) {
      Instant at = NINE.plusSeconds(cut);
      ServiceCounts before = counts(new Interval(NINE.minusSeconds(9), at), 20, 5);
      ServiceCounts after = counts(new Interval(at, HOUR.to()), 20, 5);
      assertThat(before.events() + after.events()).isEqualTo(whole.events());
      assertThat(before.answered() + after.answered()).isEqualTo(whole.answered());
      assertThat(before.abandoned() + after.abandoned()).isEqualTo(whole.abandoned());
    }
    assertThat(whole.events()).isEqualTo(95);
  }

  @Test
  void shouldCountACallOfTwoQueuesOnceForTheSite() {
    Instant at = NINE.plusSeconds(60);
    visits.add(visit("c1", 1, at, at, at.plusSeconds(30), Left.MOVED_ON));
    visits.add(visit("c1", 2, at, at.plusSeconds(30), at.plusSeconds(50), Left.ANSWERED));

    Statistics statistics =
        Statistics.of(new Facts(visits, List.of(), List.of()), HOUR, Thresholds.USUAL);

    assertThat(statistics.site().offered()).isEqualTo(1);
    assertThat(statistics.site().answered()).isEqualTo(1);
    assertThat(statistics.site().overflowed()).isZero();
    assertThat(statistics.site().service().events()).isEqualTo(1);
    assertThat(statistics.queues().get(SALES).offered()).isEqualTo(2);
    assertThat(statistics.site().answeredWaits().mean()).contains(Duration.ofSeconds(50));
  }
}

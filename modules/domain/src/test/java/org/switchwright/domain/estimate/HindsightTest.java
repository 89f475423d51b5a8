package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class HindsightTest {
  private static final Instant CUT = Instant.parse("2026-03-02T09:00:00Z");

  private static SiteEstimate estimate(int minutes, Quantity... quantities) {
    TreeMap<Quantity, SiteEstimate.Figure> figures = new TreeMap<>();
    for (Quantity quantity : quantities) {
      figures.put(quantity, new SiteEstimate.Figure(2.5, 2, 1, 4));
    }
    return new SiteEstimate(
        CUT,
        CUT.plusSeconds(60L * minutes),
        8,
        true,
        true,
        new TreeMap<>(),
        figures,
        new TreeMap<>());
  }

  private static SiteAtCut site(int minutes, int waiting) {
    Instant at = CUT.plusSeconds(60L * minutes);
    return new SiteAtCut(
        at,
        Collections.nCopies(waiting, new SiteAtCut.Waiting(at, "help")),
        List.of(new SiteAtCut.Talking(at, at, "anna", "help", Optional.empty())),
        List.of(new SiteAtCut.Idle("ben", at, Optional.empty())));
  }

  private static CallRecord call(int second, int wait) {
    long entered = CUT.plusSeconds(second).toEpochMilli();
    return new CallRecord(
        entered, entered + wait * 1_000L, entered + 200_000, "anna" + second, "help", 0);
  }

  @Test
  void shouldCompareWhatWasToldWithWhatWasReported() {
    TreeMap<Integer, SiteEstimate> told = new TreeMap<>();
    told.put(1, estimate(1, Quantity.LOGGED_IN, Quantity.BUSY, Quantity.WAITING));
    told.put(5, estimate(5, Quantity.WAITING, Quantity.EXPECTED_WAIT, Quantity.SERVICE_LEVEL));
    TreeMap<Integer, SiteAtCut> then = new TreeMap<>();
    then.put(1, site(1, 3));
    then.put(5, site(5, 5));
    List<CallRecord> calls = List.of(call(100, 10), call(200, 90), call(330, 30), call(400, 50));

    ScoredCut scored = Hindsight.of(told, then, calls, ZoneOffset.UTC).orElseThrow();

    assertThat(scored.cutAt()).isEqualTo(CUT);
    assertThat(scored.bySchedule()).isTrue();
    assertThat(scored.scores())
        .extracting(EstimateScore::minutes, EstimateScore::quantity, EstimateScore::truth)
        .containsExactly(
            Tuple.tuple(1, Quantity.LOGGED_IN, 2.0),
            Tuple.tuple(1, Quantity.BUSY, 1.0),
            Tuple.tuple(1, Quantity.WAITING, 3.0),
            Tuple.tuple(5, Quantity.WAITING, 5.0),
            Tuple.tuple(5, Quantity.EXPECTED_WAIT, 40.0),
            Tuple.tuple(5, Quantity.SERVICE_LEVEL, 0.5));
    assertThat(scored.scores())
        .extracting(EstimateScore::covered)
        .containsExactly(true, true, true, false, false, false);
  }

  @Test
  void shouldLeaveOutWhatNobodyKnows() {
    TreeMap<Integer, SiteEstimate> told = new TreeMap<>();
    told.put(1, estimate(1, Quantity.WAITING));
    told.put(5, estimate(5, Quantity.EXPECTED_WAIT));
    TreeMap<Integer, SiteAtCut> then = new TreeMap<>();
    then.put(5, site(5, 0));

    assertThat(Hindsight.of(told, then, List.of(), ZoneOffset.UTC)).isEmpty();
    assertThat(Hindsight.of(new TreeMap<>(), then, List.of(), ZoneOffset.UTC)).isEmpty();
  }
}

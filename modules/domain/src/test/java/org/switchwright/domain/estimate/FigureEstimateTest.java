package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FigureEstimateTest {
  private static final int DAY = 7 * 6 + 1;
  private static final long CUT = SyntheticSite.at(DAY, 11, 0);
  private static final long MINUTE = SyntheticSite.MINUTE;
  private static final List<CallRecord> CALLS = apart(SyntheticSite.weeks(7, 4));
  private static final SiteHistory HISTORY = SiteHistory.of(CALLS, ZoneOffset.UTC);
  private static final StateFigure WAITING = (_, _, waiting) -> waiting;
  private static final Map<ObservationLevel, FigureCuts> CUTS =
      new EnumMap<>(ObservationLevel.class);

  @Test
  void shouldSeeNothingThatItIsNotTold() {
    List<CallRecord> stormy = new ArrayList<>(CALLS);
    for (int i = 1; i <= 300; i++) {
      long at = CUT + i * 1_000L;
      stormy.add(new CallRecord(at, CallRecord.NEVER, at + 900_000, "", "help", 0));
    }
    SiteHistory storm = SiteHistory.of(stormy, ZoneOffset.UTC);

    for (ObservationLevel level : ObservationLevel.values()) {
      FigureEstimate calm = begun(HISTORY, CUT, level);
      FigureEstimate blind = begun(storm, CUT, level);
      for (int minutes : new int[] {0, 1, 7, 40, 130, 240}) {
        assertThat(blind.mean(CUT + minutes * MINUTE))
            .as("level %s, %d min", level, minutes)
            .isEqualTo(calm.mean(CUT + minutes * MINUTE));
      }
    }
  }

  @Test
  void shouldHeedOnlyWhatItsLevelSees() {
    long entered = HISTORY.entered[HISTORY.firstAfter(CUT)];

    assertThat(after(ObservationLevel.A, entered)).isEqualTo(untold(ObservationLevel.A, entered));
    assertThat(after(ObservationLevel.B, entered))
        .isNotEqualTo(untold(ObservationLevel.B, entered));
  }

  private static double after(ObservationLevel level, long entered) {
    FigureEstimate estimate = begun(HISTORY, CUT, level);
    for (int i = 0; i < 30; i++) {
      estimate.entered(entered + i, "help", 0);
    }
    return estimate.mean(entered + 1_000);
  }

  private static double untold(ObservationLevel level, long entered) {
    return begun(HISTORY, CUT, level).mean(entered + 1_000);
  }

  @Test
  void shouldCountWhereAllIsSeen() {
    FigureEstimate estimate = begun(HISTORY, CUT, ObservationLevel.C);
    Sightings all = Sightings.of(HISTORY, CUT, ObservationLevel.C, 1);
    double off = 0;
    int next = 0;
    for (int minute = 1; minute <= 240; minute++) {
      for (; next < all.size() && all.at(next) <= 60.0 * minute; next++) {
        long at = CUT + Math.round(all.at(next) * 1_000);
        long entered = HISTORY.entered[all.call(next)];
        switch (all.kind(next)) {
          case Sightings.ENTER ->
              estimate.entered(at, HISTORY.queueName(HISTORY.queue[all.call(next)]), 0);
          case Sightings.ANSWER -> estimate.answered(at, entered);
          case Sightings.GIVE_UP -> estimate.gaveUp(at, entered);
          default -> estimate.released(at, entered);
        }
      }
      off +=
          Math.abs(estimate.mean(CUT + minute * MINUTE) - HISTORY.waiting(CUT + minute * MINUTE));
    }

    assertThat(off / 240).isLessThan(0.15);
  }

  @Test
  void shouldRefuseACallThatItCannotKnow() {
    FigureEstimate estimate = begun(HISTORY, CUT, ObservationLevel.C);

    assertThatThrownBy(() -> estimate.answered(CUT + 1, CUT - 1))
        .hasMessageStartingWith("Expected a call that entered at");
  }

  @Test
  void shouldRefuseASiteWithoutAPast() {
    long early = SyntheticSite.at(1, 11, 0);

    assertThatThrownBy(() -> begun(HISTORY, early, ObservationLevel.B))
        .hasMessageStartingWith("Expected at least 3 similar days before the cut");
  }

  @Test
  void shouldPlayADayAsItWas() {
    int day = SyntheticSite.FIRST_DAY + DAY;
    LoadedDay loaded = new LoadedDays(HISTORY, 1).day(day);

    List<CallRecord> recorded =
        CALLS.stream().filter(it -> OrdinaryDays.day(it.enteredMs()) == day).toList();
    assertThat(loaded.callers()).hasSameSizeAs(recorded);
    assertThat(loaded.callers().stream().map(LoadedDay.Caller::atMs)).isSorted();
    long talked =
        recorded.stream()
            .filter(CallRecord::answered)
            .mapToLong(it -> it.endedMs() - it.answeredMs())
            .sum();
    assertThat(loaded.callers().stream().mapToLong(LoadedDay.Caller::talkMs).sum())
        .isGreaterThanOrEqualTo(talked);
    long gaveUp =
        recorded.stream()
            .filter(it -> !it.answered())
            .filter(it ->
                loaded.callers().stream()
                    .anyMatch(caller -> caller.patienceMs() == it.endedMs() - it.enteredMs()))
            .count();
    assertThat(gaveUp).isEqualTo(recorded.stream().filter(it -> !it.answered()).count());
    for (CallRecord call : recorded) {
      if (call.answered()) {
        long at = call.answeredMs() - day * SyntheticSite.DAY;
        assertThat(loaded.shifts())
            .anyMatch(
                it -> it.agent().equals(call.agent()) && it.fromMs() <= at && at <= it.toMs());
      }
    }
    assertThat(new LoadedDays(HISTORY, 1).day(day).callers()).isEqualTo(loaded.callers());
    assertThat(new LoadedDays(HISTORY, 2).day(day).callers()).isNotEqualTo(loaded.callers());
  }

  @Test
  void shouldFindDaysOfTheSameDayOfTheWeek() {
    LoadedDays days = new LoadedDays(HISTORY, 1);
    int day = SyntheticSite.FIRST_DAY + DAY;

    assertThat(days.likeDay(day, 3).stream().map(LoadedDay::day))
        .containsExactly(day, day - 7, day - 14);
    assertThat(days.likeDay(SyntheticSite.FIRST_DAY + 8, 3)).hasSize(2);
  }

  /** No two of them entered at once. */
  private static List<CallRecord> apart(List<CallRecord> calls) {
    Set<Long> entered = new HashSet<>();
    return calls.stream().filter(it -> entered.add(it.enteredMs())).toList();
  }

  /** With nobody idle but those of whom the history tells. */
  private static FigureEstimate begun(SiteHistory history, long cutMs, ObservationLevel level) {
    Snapshot.Idle idle = Snapshot.of(HISTORY, cutMs).idle();
    List<FigureEstimate.Idle> named = new ArrayList<>();
    for (int i = 0; i < idle.agent().length; i++) {
      named.add(
          new FigureEstimate.Idle(
              HISTORY.agentName(idle.agent()[i]),
              cutMs + Math.round(idle.since()[i] * 1_000),
              false));
    }
    return FigureEstimate.of(history, cutMs, named, cuts(level));
  }

  private static FigureCuts cuts(ObservationLevel level) {
    return CUTS.computeIfAbsent(
        level, it -> new FigureCuts(HISTORY, WAITING, it, 120 * MINUTE, 20, 1));
  }
}

package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final int WEEKS = 6;
  private static final int DAY = 7 * (WEEKS - 1) + 1;
  private static final long CUT = SyntheticSite.at(DAY, 11, 0);
  private static final List<CallRecord> CALLS = SyntheticSite.weeks(WEEKS, 99);

  @Test
  void shouldEstimateTheSameFromTheSameHistoryAndSeed() {
    Ensemble one = ensemble(CALLS, ObservationLevel.B, 0.5, 1);

    float[][][] again = ensemble(CALLS, ObservationLevel.B, 0.5, 1).values();
    float[][][] otherwise = ensemble(CALLS, ObservationLevel.B, 0.5, 2).values();
    assertThat(Arrays.deepEquals(again, one.values())).isTrue();
    assertThat(Arrays.deepEquals(otherwise, one.values())).isFalse();
  }

  /** A storm of calls after an estimate's instant must not be in the estimate. */
  @Test
  void shouldNotSeeWhatComesAfterTheInstantOfAnEstimate() {
    for (ObservationLevel level : ObservationLevel.values()) {
      for (int h = 0; h < Horizons.count() - 1; h++) {
        List<CallRecord> stormy = new ArrayList<>(CALLS);
        for (int i = 1; i <= 200; i++) {
          long at = CUT + Horizons.ms(h) + i * 1_000L;
          stormy.add(new CallRecord(at, CallRecord.NEVER, at + 200_000, "", "help", 0));
        }

        float[][][] calm = ensemble(CALLS, level, 1, 1).values();
        float[][][] storm = ensemble(stormy, level, 1, 1).values();

        for (Quantity quantity : Quantity.values()) {
          for (int until = 0; until <= h; until++) {
            assertThat(storm[quantity.index()][until])
                .as("%s, level %s, %d", quantity, level, until)
                .isEqualTo(calm[quantity.index()][until]);
          }
        }
        int waiting = Quantity.WAITING.index();
        if (level == ObservationLevel.A) {
          assertThat(storm[waiting][h + 1]).isEqualTo(calm[waiting][h + 1]);
        } else if (h == 0) {
          assertThat(storm[waiting][h + 1]).isNotEqualTo(calm[waiting][h + 1]);
        }
      }
    }
  }

  @Test
  void shouldLearnFromDaysBeforeAlone() {
    List<CallRecord> other = new ArrayList<>();
    for (CallRecord call : CALLS) {
      if (call.enteredMs() < SyntheticSite.at(DAY + 1, 0, 0)) {
        other.add(call);
      }
    }
    for (int i = 0; i < 500; i++) {
      long at = SyntheticSite.at(DAY + 1, 9, 0) + i * 20_000L;
      other.add(new CallRecord(at, at, at + 3_000, "somebody", "other", 0));
    }

    assertThat(
            Arrays.deepEquals(
                ensemble(other, ObservationLevel.B, 1, 1).values(),
                ensemble(CALLS, ObservationLevel.B, 1, 1).values()))
        .isTrue();
  }

  @Test
  void shouldSeeOnlyWhatItsLevelAllows() {
    SiteHistory history = history(CALLS);

    assertThat(Sightings.of(history, CUT, ObservationLevel.A, 1).size()).isZero();
    assertThat(kinds(Sightings.of(history, CUT, ObservationLevel.B, 1)))
        .isNotEmpty()
        .containsOnly(Sightings.ENTER);
    Sightings all = Sightings.of(history, CUT, ObservationLevel.C, 1);
    assertThat(kinds(all)).contains(Sightings.ANSWER, Sightings.RELEASE, Sightings.GIVE_UP);
    assertThat(IntStream.range(0, all.size()).mapToDouble(all::at).toArray()).isSorted();
    int half = Sightings.of(history, CUT, ObservationLevel.C, 0.5).size();
    assertThat((double) half / all.size()).isBetween(0.35, 0.65);
  }

  private static List<Byte> kinds(Sightings seen) {
    return IntStream.range(0, seen.size()).mapToObj(seen::kind).toList();
  }

  @Test
  void shouldCountExactlyWhereAllAnswersAndEndsAreSeen() {
    SiteHistory history = history(CALLS);
    float[][][] values = ensemble(CALLS, ObservationLevel.C, 1, 1).values();

    for (int h = 0; h < Horizons.count(); h++) {
      long at = CUT + Horizons.ms(h);
      assertThat(values[Quantity.BUSY.index()][h]).containsOnly(history.busy(at));
      assertThat(values[Quantity.WAITING.index()][h]).containsOnly(history.waiting(at));
    }
  }

  @Test
  void shouldBeBetterTheMoreItSees() {
    double nothing = error(ObservationLevel.A, 1, Quantity.BUSY, 15);
    double calls = error(ObservationLevel.B, 1, Quantity.BUSY, 15);

    assertThat(calls).isLessThan(nothing);
  }

  @Test
  void shouldReportOnceForEachQuantityAndHorizon() {
    BacktestReport report = report(ObservationLevel.B, 1);

    assertThat(report.days()).isEqualTo(5);
    assertThat(report.rows()).hasSize(25);
    for (BacktestReport.Row row : report.rows()) {
      assertThat(row.scored()).isPositive();
      assertThat(row.coverage()).isBetween(0.6, 1.0);
      assertThat(row.blend().error()).isNotNegative();
      assertThat(row.regret().isPresent()).isEqualTo(row.quantity() == Quantity.EXPECTED_WAIT);
    }
    BacktestReport.Row busy = row(report, Quantity.BUSY, 15);
    assertThat(busy.blend().skill())
        .isPositive()
        .isBetween(busy.blend().low(), busy.blend().high());
    assertThat(busy.error()).isLessThan(busy.last().error());
  }

  @Test
  void shouldCalibrateByTheSameCutsHoweverFewAreScored() {
    int monday = SyntheticSite.FIRST_DAY + 7 * (WEEKS - 1);
    Backtest backtest =
        new Backtest(
            history(CALLS),
            new Backtest.Plan(
                monday, monday + 7, Duration.ofHours(12), ObservationLevel.B, 1, 20, 1));

    BacktestReport report =
        backtest.report(backtest.days().stream().map(backtest::cutsOf).toList());

    assertThat(report.cuts()).isEqualTo(5);
    BacktestReport.Row busy = row(report, Quantity.BUSY, 15);
    assertThat(busy.scored()).isEqualTo(5);
    assertThat(busy.error()).isNotEqualTo(busy.blend().error());
  }

  @Test
  void shouldReportNothingOfDaysWithoutAHistory() {
    Backtest backtest =
        new Backtest(
            history(CALLS),
            plan(ObservationLevel.B, 1, SyntheticSite.FIRST_DAY, SyntheticSite.FIRST_DAY + 1));

    BacktestReport report =
        backtest.report(backtest.days().stream().map(backtest::cutsOf).toList());

    assertThat(report.cuts()).isZero();
    assertThat(row(report, Quantity.BUSY, 15).error()).isNaN();
  }

  @Test
  void shouldRefuseAPlanThatCannotBe() {
    assertThatThrownBy(() -> plan(ObservationLevel.B, 0, 1, 2))
        .hasMessage("Expected a share above 0 and up to 1, but got 0.0");
    assertThatThrownBy(() -> plan(ObservationLevel.B, 1, 2, 2))
        .hasMessageContaining("Expected an end after the beginning");
  }

  private static double error(
      ObservationLevel level, double share, Quantity quantity, int minutes) {
    return row(report(level, share), quantity, minutes).error();
  }

  private static BacktestReport report(ObservationLevel level, double share) {
    int monday = SyntheticSite.FIRST_DAY + 7 * (WEEKS - 1);
    Backtest backtest = new Backtest(history(CALLS), plan(level, share, monday, monday + 7));
    return backtest.report(backtest.days().stream().map(backtest::cutsOf).toList());
  }

  private static BacktestReport.Row row(BacktestReport report, Quantity quantity, int minutes) {
    return report.rows().stream()
        .filter(it -> it.quantity() == quantity && it.minutes() == minutes)
        .findFirst()
        .orElseThrow();
  }

  private static Backtest.Plan plan(ObservationLevel level, double share, int from, int to) {
    return new Backtest.Plan(from, to, Duration.ofHours(2), level, share, 30, 1);
  }

  private static Ensemble ensemble(
      List<CallRecord> calls, ObservationLevel level, double share, long seed) {
    SiteHistory history = history(calls);
    int day = OrdinaryDays.day(CUT);
    SiteModel model =
        SiteModel.of(
            history, CUT, new OrdinaryDays(history).similar(day), WorkTimes.before(history, day));
    return Ensemble.of(model, Sightings.of(history, CUT, level, share), 12, seed);
  }

  private static SiteHistory history(List<CallRecord> calls) {
    return SiteHistory.of(calls, ZoneOffset.UTC);
  }
}

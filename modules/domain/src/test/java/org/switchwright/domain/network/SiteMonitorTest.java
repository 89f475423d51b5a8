package org.switchwright.domain.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.estimate.EstimateScore;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.LearnedFigure;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.estimate.Quantity;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.network.MonitorEvent.LinkLost;
import org.switchwright.domain.network.MonitorEvent.LinkRestored;
import org.switchwright.domain.network.MonitorEvent.Reported;
import org.switchwright.domain.network.MonitorEvent.StartedOver;
import org.switchwright.domain.site.SiteEvent;

class SiteMonitorTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  /** The n-th event of the site: its n-th agent logs in. */
  private static Report report(int n) {
    return new Report(
        n,
        new SiteEvent.AgentReported(
            NOW,
            new AgentId("a" + n),
            1,
            0,
            new Wish.NotReady("break"),
            new TreeMap<>(),
            Optional.empty()));
  }

  private static List<Report> reports(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(SiteMonitorTest::report).toList();
  }

  private static SiteMonitor.Take take(int from, int to) {
    return new SiteMonitor.Take("up to " + to, reports(from, to));
  }

  private static Given<SiteMonitor.Command, MonitorEvent, MonitorState> nothing() {
    return Given.given(SiteMonitor.AGGREGATE, "berlin", List.of());
  }

  @Test
  void shouldFoldReportsInOrder() {
    MonitorState state = nothing().and(NOW, take(1, 2), take(3, 5)).state();

    assertThat(state.mirror().agents()).hasSize(5);
    assertThat(state.sequence()).isEqualTo(5);
    assertThat(state.cursor()).contains("up to 5");
    assertThat(state.reportedAt()).contains(NOW);
  }

  /** The link repeats what it is not sure of. */
  @Test
  void shouldTakeEachReportOnce() {
    var known = nothing().and(NOW, take(1, 3));

    known.when(take(1, 3), NOW).thenRefused(Reason.ALREADY_DONE);
    known.when(take(2, 3), NOW).thenRefused(Reason.ALREADY_DONE);
    known.when(take(2, 5), NOW).then(new Reported(NOW, "up to 5", reports(4, 5)));
  }

  @Test
  void shouldLeaveNoReportOut() {
    nothing().when(take(2, 3), NOW).thenRefused(Reason.OUT_OF_ORDER);
    var known = nothing().and(NOW, take(1, 3));
    known.when(take(5, 6), NOW).thenRefused(Reason.OUT_OF_ORDER);
    known
        .when(new SiteMonitor.Take("9", List.of(report(4), report(6))), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    known
        .when(new SiteMonitor.Take("9", List.of(report(5), report(4))), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
  }

  /** A bug of one version or the other is told, rather than tried for ever. */
  @Test
  void shouldRefuseWhatMakesNoSense() {
    Report answeredByNobody =
        new Report(
            1,
            new SiteEvent.OfferAccepted(
                NOW, new OfferId(new CallId("c1"), 1), new AgentId("a1"), NOW));

    nothing()
        .when(new SiteMonitor.Take("1", List.of(answeredByNobody)), NOW)
        .thenRefused(Reason.UNREADABLE);
  }

  @Test
  void shouldBoundWhatComesAtOnce() {
    assertThatThrownBy(() -> take(1, SiteMonitor.MAX_REPORTS + 1))
        .hasMessageContaining("1 to 200 reports, but got 201");
    assertThatThrownBy(() -> new SiteMonitor.Take("0", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A site that was restored from a backup tells its history anew, which may be shorter. */
  @Test
  void shouldForgetWhatARestoredSiteReported() {
    var anew = nothing().and(NOW, take(1, 3), new SiteMonitor.StartOver("other start"));

    assertThat(anew.state().mirror().agents()).isEmpty();
    assertThat(anew.state().cursor()).contains("other start");
    anew.when(new SiteMonitor.StartOver("other start"), NOW).thenRefused(Reason.ALREADY_DONE);
    anew.when(take(1, 1), NOW).then(new Reported(NOW, "up to 1", reports(1, 1)));
    nothing()
        .when(new SiteMonitor.StartOver("other start"), NOW)
        .then(new StartedOver(NOW, "other start"));
  }

  @Test
  void shouldNoteWhenTheLinkIsLostAndRestored() {
    var lose = new SiteMonitor.Lose(Optional.of(NOW), Trouble.SILENT);
    var heard = nothing().and(NOW, new SiteMonitor.Hear());

    nothing().when(new SiteMonitor.Hear(), NOW).then(new LinkRestored(NOW));
    heard.when(new SiteMonitor.Hear(), NOW).thenRefused(Reason.ALREADY_DONE);
    heard.when(lose, NOW).then(new LinkLost(NOW, Optional.of(NOW), Trouble.SILENT));
    var lost = heard.and(NOW, lose);
    lost.when(lose, NOW).thenRefused(Reason.ALREADY_DONE);
    lost.when(new SiteMonitor.Lose(Optional.of(NOW), Trouble.REFUSED), NOW)
        .thenKinds(LinkLost.class);
    lost.when(new SiteMonitor.Hear(), NOW).thenKinds(LinkRestored.class);
    assertThat(lost.state().linked()).isFalse();
    assertThat(lost.and(NOW, new SiteMonitor.Hear()).state().linked()).isTrue();
  }

  private static LoadedCall loaded(Instant ended) {
    return new LoadedCall(
        ended.minusSeconds(60),
        Optional.empty(),
        ended,
        Optional.empty(),
        "help",
        Duration.ZERO,
        0);
  }

  @Test
  void shouldJournalWhatIsLoadedOfThePastAndFoldNothingOfIt() {
    var load = new SiteMonitor.Load(ZoneOffset.UTC, List.of(loaded(NOW)));

    nothing()
        .when(load, NOW)
        .then(new MonitorEvent.HistoryLoaded(NOW, ZoneOffset.UTC, load.calls()));
    assertThat(nothing().and(NOW, load).state()).isEqualTo(nothing().state());
    nothing()
        .when(new SiteMonitor.Load(ZoneOffset.UTC, List.of(loaded(NOW.plusMillis(1)))), NOW)
        .thenRefused(Reason.UNREADABLE);
    assertThatThrownBy(() -> new SiteMonitor.Load(ZoneOffset.UTC, List.of()))
        .hasMessage("Expected 1 to 500 calls, but got 0");
  }

  @Test
  void shouldJournalThatWhatWasLoadedIsForgottenAndFoldNothingOfIt() {
    nothing().when(new SiteMonitor.Forget(), NOW).then(new MonitorEvent.HistoryForgotten(NOW));
    assertThat(nothing().and(NOW, new SiteMonitor.Forget()).state()).isEqualTo(nothing().state());
  }

  private static PlannedDay planned(LocalDate day, int agents) {
    return new PlannedDay(
        day, List.of(new PlannedDay.Step(480, agents), new PlannedDay.Step(960, 0)));
  }

  @Test
  void shouldJournalWhatIsPlannedSomeWeeksAheadAndFoldNothingOfIt() {
    LocalDate last = LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusWeeks(13);
    var plan = new SiteMonitor.Plan(ZoneOffset.UTC, List.of(planned(last, 5)));

    nothing()
        .when(plan, NOW)
        .then(new MonitorEvent.ScheduleLoaded(NOW, ZoneOffset.UTC, plan.days()));
    assertThat(nothing().and(NOW, plan).state()).isEqualTo(nothing().state());
    nothing()
        .when(new SiteMonitor.Plan(ZoneOffset.UTC, List.of(planned(last.plusDays(1), 5))), NOW)
        .thenRefused(Reason.UNREADABLE);
    assertThatThrownBy(() -> new SiteMonitor.Plan(ZoneOffset.UTC, List.of()))
        .hasMessage("Expected days with 1 to 3000 steps, but got 0");
    assertThatThrownBy(
            () -> new SiteMonitor.Plan(ZoneOffset.UTC, List.of(planned(last, 5), planned(last, 6))))
        .hasMessage("Expected each day once, but got one twice");
  }

  @Test
  void shouldTakeOneComparisonOfEachCut() {
    var score = new EstimateScore(Quantity.BUSY, 15, 2.5, 2, 1, 4, 3);
    var first = new SiteMonitor.Score(new ScoredCut(NOW, 8, false, true, List.of(score)));
    var later =
        new SiteMonitor.Score(new ScoredCut(NOW.plusSeconds(60), 8, false, true, List.of(score)));

    nothing().when(first, NOW).then(new MonitorEvent.EstimateScored(NOW, first.cut()));
    var scored = nothing().and(NOW, first);
    assertThat(scored.state().scored()).contains(first.cut());
    scored.when(first, NOW).thenRefused(Reason.ALREADY_DONE);
    scored.when(later, NOW).thenKinds(MonitorEvent.EstimateScored.class);

    var cut =
        nothing()
            .and(NOW, new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT))
            .and(NOW.plusSeconds(90), new SiteMonitor.Hear());
    assertThat(cut.state().unscored()).isPresent();
    assertThat(cut.and(NOW.plusSeconds(99), first).state().unscored()).isEmpty();
  }

  private static SiteMonitor.Learn learned(LocalDate day) {
    LearnedFigure.Weights all = new LearnedFigure.Weights(1, 0, 0, 0, 0);
    return new SiteMonitor.Learn(
        new LearnedEstimates(
            day,
            50,
            List.of(new LearnedFigure(Quantity.BUSY, 15, 0.5, all, all, Optional.of(1.0)))));
  }

  @Test
  void shouldLearnOnceForEachDay() {
    LocalDate today = LocalDate.of(2026, 3, 2);
    var known = nothing().and(NOW, learned(today));

    nothing()
        .when(learned(today), NOW)
        .then(new MonitorEvent.EstimatesLearned(NOW, learned(today).learned()));
    assertThat(known.state().learned()).contains(learned(today).learned());
    known.when(learned(today), NOW).thenRefused(Reason.ALREADY_DONE);
    known.when(learned(today.minusDays(1)), NOW).thenRefused(Reason.ALREADY_DONE);
    known.when(learned(today.plusDays(1)), NOW).thenKinds(MonitorEvent.EstimatesLearned.class);
  }

  private static Optional<Outage> unscored(int... minutes) {
    var monitor = nothing().and(NOW, new SiteMonitor.Hear());
    for (int n = 0; n < minutes.length; n++) {
      Instant at = NOW.plus(Duration.ofMinutes(minutes[n]));
      monitor =
          monitor.and(
              at,
              n % 2 == 0
                  ? new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT)
                  : new SiteMonitor.Hear());
    }
    return monitor.state().unscored();
  }

  private static Optional<Outage> outage(int lost, int restored) {
    return Optional.of(
        new Outage(NOW.plus(Duration.ofMinutes(lost)), NOW.plus(Duration.ofMinutes(restored))));
  }

  /** Of cuts that follow upon each other the longest is compared; none is waited for too long. */
  @Test
  void shouldKnowOfWhichCutEstimatesAreToBeCompared() {
    assertThat(unscored(5)).isEmpty();
    assertThat(unscored(5, 5)).isEmpty();
    assertThat(unscored(5, 6)).isEqualTo(outage(5, 6));
    assertThat(unscored(5, 35, 37, 39)).isEqualTo(outage(5, 35));
    assertThat(unscored(5, 15, 20, 40)).isEqualTo(outage(20, 40));
    assertThat(unscored(5, 35, 100, 102)).isEqualTo(outage(100, 102));
    assertThat(unscored(5, 35, 100, 100)).isEqualTo(outage(5, 35));
  }

  /** Why it cannot be followed may change. */
  @Test
  void shouldKnowSinceWhenTheLinkIsLost() {
    var lost = nothing().and(NOW, new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT));
    var refused =
        lost.and(NOW.plusSeconds(9), new SiteMonitor.Lose(Optional.empty(), Trouble.REFUSED));

    assertThat(refused.state().since()).contains(NOW.plusSeconds(9));
    assertThat(refused.state().lostAt()).contains(NOW);
    assertThat(refused.and(NOW.plusSeconds(12), new SiteMonitor.Hear()).state().lostAt())
        .contains(NOW);
  }

  /** What it reported before the cut is known, and the rest comes when it can. */
  @Test
  void shouldKeepReportsThroughACut() {
    MonitorState state =
        nothing()
            .and(
                NOW,
                take(1, 2),
                new SiteMonitor.Lose(Optional.empty(), Trouble.SILENT),
                take(3, 3),
                new SiteMonitor.Hear())
            .state();

    assertThat(state.mirror().agents()).hasSize(3);
  }
}

package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.CallId;

class LiveEstimateTest {
  private static final int WEEKS = 8;
  private static final int DAY = 7 * (WEEKS - 1) + 1;
  private static final long CUT_MS = SyntheticSite.at(DAY, 11, 0);
  private static final Instant CUT = Instant.ofEpochMilli(CUT_MS);
  private static final List<CallRecord> CALLS = SyntheticSite.weeks(WEEKS, 99);
  private static final SiteHistory TRUTH = SiteHistory.of(CALLS, ZoneOffset.UTC);

  private static List<CallRecord> past() {
    return CALLS.stream().filter(it -> it.endedMs() <= CUT_MS).toList();
  }

  private static List<CallRecord> open() {
    return CALLS.stream().filter(it -> it.enteredMs() <= CUT_MS && it.endedMs() > CUT_MS).toList();
  }

  private static SentCall key(CallRecord call) {
    return new SentCall(new CallId("c" + CALLS.indexOf(call)), 1);
  }

  /** Everybody who talks talks to a call of ours. */
  private static SiteAtCut cut() {
    List<SiteAtCut.Waiting> waiting = new ArrayList<>();
    List<SiteAtCut.Talking> talking = new ArrayList<>();
    List<String> busy = new ArrayList<>();
    for (CallRecord call : open()) {
      Instant entered = Instant.ofEpochMilli(call.enteredMs());
      if (call.answeredMs() > CUT_MS) {
        waiting.add(new SiteAtCut.Waiting(entered, call.queue()));
      } else {
        Instant since = Instant.ofEpochMilli(call.answeredMs());
        talking.add(
            new SiteAtCut.Talking(
                entered, since, call.agent(), call.queue(), Optional.of(key(call))));
        busy.add(call.agent());
      }
    }
    List<SiteAtCut.Idle> idle = new ArrayList<>();
    for (int agent = 0; agent < 8; agent++) {
      if (!busy.contains("agent-" + agent)) {
        idle.add(new SiteAtCut.Idle("agent-" + agent, CUT.minusSeconds(30), Optional.empty()));
      }
    }
    return new SiteAtCut(CUT, waiting, talking, idle);
  }

  /** What is seen of calls after the cut, in order: of those that we sent all. */
  private static List<Sighting> seen() {
    List<Sighting> seen = new ArrayList<>();
    for (CallRecord call : CALLS) {
      if (call.endedMs() <= CUT_MS || call.enteredMs() > CUT_MS + 5 * 3_600_000L) {
        continue;
      }
      if (call.enteredMs() > CUT_MS) {
        see(seen, call, call.enteredMs(), Sighting.Kind.SENT);
      }
      if (call.answered() && call.answeredMs() > CUT_MS) {
        see(seen, call, call.answeredMs(), Sighting.Kind.ANSWERED);
      }
      see(seen, call, call.endedMs(), call.answered() ? Sighting.Kind.ENDED : Sighting.Kind.GONE);
    }
    seen.sort(Comparator.comparing(Sighting::at));
    return seen;
  }

  private static void see(List<Sighting> seen, CallRecord call, long at, Sighting.Kind kind) {
    seen.add(new Sighting(Instant.ofEpochMilli(at), kind, key(call), call.queue()));
  }

  private static LiveEstimate begun(Calibrations calibrations, double share) {
    return LiveEstimate.begin(cut(), past(), ZoneOffset.UTC, calibrations, share, 7).orElseThrow();
  }

  private static SiteEstimate told(LiveEstimate estimate) {
    return estimate.told().orElseThrow();
  }

  private static double mean(SiteEstimate estimate, Quantity quantity) {
    return estimate.figure(quantity).orElseThrow().mean();
  }

  @Test
  void shouldBeginAsTheSiteStood() {
    SiteEstimate first = told(begun(Calibrations.NONE, 1));

    assertThat(first.cutAt()).isEqualTo(CUT);
    assertThat(first.at()).isEqualTo(CUT);
    assertThat(first.similarDays()).isGreaterThanOrEqualTo(5);
    assertThat(mean(first, Quantity.BUSY)).isEqualTo(TRUTH.busy(CUT_MS));
    assertThat(mean(first, Quantity.WAITING)).isEqualTo(TRUTH.waiting(CUT_MS));
    assertThat(mean(first, Quantity.LOGGED_IN)).isEqualTo(8);
    for (SiteEstimate.Figure figure : first.figures().values()) {
      assertThat(figure.low()).isEqualTo(figure.high()).isEqualTo(figure.median());
    }
  }

  /** After a restart it is made from the journal, and has to come to where it was. */
  @Test
  void shouldComeToTheSameFiguresWhenMadeAgain() {
    List<Sighting> seen = seen();
    LiveEstimate lasting = begun(Calibrations.NONE, 0.5);
    LiveEstimate again = begun(Calibrations.NONE, 0.5);

    int next = 0;
    for (int second = 1; second <= 1_800; second++) {
      Instant now = CUT.plusSeconds(second);
      while (next < seen.size() && !seen.get(next).at().isAfter(now)) {
        lasting.see(seen.get(next++));
      }
      lasting.advance(now);
      assertThat(told(lasting).at()).isEqualTo(now);
    }
    seen.subList(0, next).forEach(again::see);
    again.advance(CUT.plusSeconds(1_800));

    assertThat(next).isGreaterThan(50);
    assertThat(told(again)).isEqualTo(told(lasting));
  }

  @Test
  void shouldGoOnOnlyByWholeSteps() {
    LiveEstimate estimate = begun(Calibrations.NONE, 0.5);
    estimate.advance(CUT.plusMillis(61_999));
    SiteEstimate before = told(estimate);

    estimate.advance(CUT.plusMillis(61_000));

    assertThat(told(estimate)).isEqualTo(before);
    assertThat(before.at()).isEqualTo(CUT.plusSeconds(61));
  }

  /** Where all calls are ours, what is busy is counted. */
  @Test
  void shouldCountWhatItSees() {
    Calibrations learned =
        Calibrations.learn(SiteHistory.of(past(), ZoneOffset.UTC), OrdinaryDays.day(CUT_MS), 1, 1);
    assertThat(learned.learned()).isTrue();
    LocalDate day = LocalDate.of(2026, 3, 2);
    Calibrations journaled = Calibrations.of(learned.before(day));
    assertThat(journaled.before(day)).isEqualTo(learned.before(day));
    LiveEstimate estimate = begun(journaled, 1);
    seen().forEach(estimate::see);

    for (int minutes : new int[] {15, 40, 60, 150}) {
      estimate.advance(CUT.plus(Duration.ofMinutes(minutes)));
      long at = CUT_MS + minutes * 60_000L;
      assertThat(mean(told(estimate), Quantity.BUSY))
          .isBetween(TRUTH.busy(at) - 0.05, TRUTH.busy(at) + 0.05);
      assertThat(mean(told(estimate), Quantity.WAITING))
          .isBetween(TRUTH.waiting(at) - 0.05, TRUTH.waiting(at) + 0.05);
      assertThat(told(estimate).learned()).isTrue();
    }
  }

  @Test
  void shouldSpreadTheLongerItGoesOn() {
    Calibrations learned =
        Calibrations.learn(SiteHistory.of(past(), ZoneOffset.UTC), OrdinaryDays.day(CUT_MS), 0, 1);
    LiveEstimate estimate = begun(learned, 0);
    estimate.advance(CUT.plusSeconds(10));
    SiteEstimate soon = told(estimate);
    estimate.advance(CUT.plusSeconds(1_800));
    SiteEstimate later = told(estimate);

    assertThat(width(soon, Quantity.BUSY)).isLessThan(width(later, Quantity.BUSY));
    for (SiteEstimate.Figure figure : later.figures().values()) {
      assertThat(figure.low()).isLessThanOrEqualTo(figure.high());
      assertThat(figure.mean()).isNotNegative();
    }
    assertThat(later.lines().values().stream().mapToDouble(it -> it).sum()).isBetween(0.99, 1.01);
  }

  private static double width(SiteEstimate estimate, Quantity quantity) {
    SiteEstimate.Figure figure = estimate.figure(quantity).orElseThrow();
    return figure.high() - figure.low();
  }

  @Test
  void shouldFallBackToTheAverageAndThenToNothing() {
    LiveEstimate estimate = begun(Calibrations.NONE, 0.5);
    estimate.advance(CUT.plus(Duration.ofHours(5)));
    SiteEstimate average = told(estimate);

    assertThat(average.learned()).isFalse();
    assertThat(mean(average, Quantity.LOGGED_IN)).isBetween(6.0, 8.0);
    assertThat(average.figure(Quantity.LOGGED_IN).orElseThrow().low())
        .isLessThanOrEqualTo(mean(average, Quantity.LOGGED_IN));

    estimate.advance(CUT.plus(Duration.ofHours(12)));
    assertThat(mean(told(estimate), Quantity.LOGGED_IN)).isZero();
    estimate.advance(CUT.plus(Duration.ofHours(24)));
    assertThat(estimate.told()).isEmpty();
  }

  @Test
  void shouldMakeNoneWithoutAHistory() {
    assertThat(LiveEstimate.begin(cut(), List.of(), ZoneOffset.UTC, Calibrations.NONE, 1, 7))
        .isEmpty();
  }

  @Test
  void shouldTakeAgentsAndQueuesThatItNeverHeardOf() {
    SiteAtCut strange =
        new SiteAtCut(
            CUT,
            List.of(new SiteAtCut.Waiting(CUT.minusSeconds(9), "new queue")),
            List.of(),
            List.of(new SiteAtCut.Idle("new agent", CUT.minusSeconds(60), Optional.empty())));
    LiveEstimate estimate =
        LiveEstimate.begin(strange, past(), ZoneOffset.UTC, Calibrations.NONE, 1, 7).orElseThrow();
    SentCall call = new SentCall(new CallId("c1"), 1);
    estimate.see(new Sighting(CUT.plusSeconds(1), Sighting.Kind.SENT, call, "newer queue"));
    estimate.see(new Sighting(CUT.plusSeconds(5), Sighting.Kind.ANSWERED, call, "newer queue"));

    estimate.advance(CUT.plusSeconds(600));

    assertThat(told(estimate).figures()).hasSize(5);
  }
}

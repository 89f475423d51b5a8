package org.switchwright.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownPausesTest {
  private static final long CUT = SyntheticSite.at(8, 10, 0);
  private static final long SECOND = 1_000;

  @Test
  void shouldKnowNothingOfWhoHasBeenPassedOverByNobody() {
    assertThat(paused()).containsExactly(0, 0);
  }

  /** Sites differ in who is asked first: that another was says nothing. */
  @Test
  void shouldKnowNothingOfWhoIsPassedOverWhileNobodyWaits() {
    assertThat(paused(answered(-100, -100, -50, "ben"))).containsExactly(0, 0);
    assertThat(paused(answered(-100, -100, -50, "ann"))).containsExactly(0, 0);
  }

  @Test
  void shouldKnowNothingOfWhoHasNotBeenSeenToTakeSuchCalls() {
    CallRecord waits = new CallRecord(at(-30), CallRecord.NEVER, at(60), "", "seldom", 0);

    assertThat(paused(waits)).containsExactly(0, 0);
  }

  @Test
  void shouldKnowThatWhoTakesNoCallWhileOneWaitsIsInAPause() {
    CallRecord waits = new CallRecord(at(-30), CallRecord.NEVER, at(60), "", "help", 0);

    assertThat(paused(waits)).containsExactly(400, 300);
  }

  @Test
  void shouldTakeTheRingingForNoWait() {
    CallRecord rings = new CallRecord(at(-1), CallRecord.NEVER, at(60), "", "help", 0);

    assertThat(paused(rings)).containsExactly(0, 0);
  }

  @Test
  void shouldCountAPauseUntilTheLastCallThatWaited() {
    CallRecord gaveUp = new CallRecord(at(-250), CallRecord.NEVER, at(-200), "", "help", 0);

    assertThat(paused(gaveUp)).containsExactly(198, 98);
  }

  @Test
  void shouldNotSeeWhatComesAfterTheCut() {
    CallRecord later = answered(5, 5, 90, "ben");

    assertThat(paused(later)).containsExactly(0, 0);
  }

  private static double[] paused(CallRecord... more) {
    List<CallRecord> calls = new ArrayList<>(SyntheticSite.weeks(1, 7));
    calls.removeIf(it -> it.endedMs() >= CUT - 3 * 3_600_000L);
    for (int each = 0; each < 3; each++) {
      calls.add(answered(-90_000 - 500 * each, -90_000 - 500 * each, -89_900 - 500 * each, "ann"));
      calls.add(answered(-90_000 - 500 * each, -90_000 - 500 * each, -89_900 - 500 * each, "ben"));
    }
    calls.add(answered(-600, -600, -400, "ann"));
    calls.add(answered(-600, -600, -300, "ben"));
    calls.addAll(List.of(more));
    SiteHistory history = SiteHistory.of(calls, ZoneOffset.UTC);
    Snapshot.Idle idle =
        new Snapshot.Idle(
            new int[] {history.agentIndex("ann"), history.agentIndex("ben")},
            new double[] {-400, -300},
            new double[] {Double.NaN, Double.NaN});
    WorkTimes times = WorkTimes.before(history, OrdinaryDays.day(CUT));
    return KnownPauses.of(history, CUT, times, idle);
  }

  private static CallRecord answered(int entered, int answered, int ended, String agent) {
    return new CallRecord(at(entered), at(answered), at(ended), agent, "help", 0);
  }

  private static long at(int seconds) {
    return CUT + seconds * SECOND;
  }
}

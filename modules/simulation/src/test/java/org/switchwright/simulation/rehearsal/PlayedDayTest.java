package org.switchwright.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.LoadedDay;
import org.switchwright.domain.estimate.LoadedDays;

class PlayedDayTest {
  private static final LoadedDays DAYS = new LoadedDays(SmallLog.weeks(5), 3);
  private static final int MONDAY = SmallLog.FIRST_DAY + 28;
  private static final PlayedDay.Router HOME =
      (day, caller, _) -> day.arrivals().get(caller).home();

  @Test
  void shouldAnswerOrLoseEveryCaller() {
    PlayedDay played = played(HOME);

    int answered = 0;
    for (int caller = 0; caller < played.arrivals().size(); caller++) {
      PlayedDay.Arrival arrival = played.arrivals().get(caller);
      long waited = played.leftAt(caller) - arrival.atMs();
      assertThat(waited).isBetween(0L, arrival.caller().patienceMs());
      if (played.answered(caller)) {
        answered++;
        assertThat(played.endedAt(caller) - played.leftAt(caller))
            .isEqualTo(arrival.caller().talkMs());
      } else {
        assertThat(waited).isEqualTo(arrival.caller().patienceMs());
      }
    }
    assertThat(answered).isBetween(1, played.arrivals().size() - 1);
  }

  @Test
  void shouldGiveAnAgentOneCallAfterTheOtherWithinTheShift() {
    PlayedDay played = played(HOME);
    List<LoadedDay.Shift> shifts = DAYS.day(MONDAY).shifts();
    Map<String, Long> freeAt = new HashMap<>();
    for (int caller = 0; caller < played.arrivals().size(); caller++) {
      if (played.siteOf(caller) != 0 || !played.answered(caller)) {
        continue;
      }
      String agent = played.agentOf(caller);
      long at = played.leftAt(caller);
      assertThat(shifts)
          .anyMatch(it -> it.agent().equals(agent) && it.fromMs() <= at && at <= it.toMs());
      long free = freeAt.getOrDefault(agent, Long.MIN_VALUE);
      assertThat(at).isGreaterThanOrEqualTo(free);
      freeAt.put(agent, played.endedAt(caller) + played.arrivals().get(caller).caller().pauseMs());
    }
    assertThat(freeAt).isNotEmpty();
  }

  @Test
  void shouldCountWhoIsThereAndWhoTalks() {
    PlayedDay played = new PlayedDay(DAYS.likeDay(MONDAY, 2));
    for (long at = 8 * 3_600_000L; at < 18 * 3_600_000L; at += 60_000) {
      played.playUntil(at, HOME, PlayedDay.Watcher.NOBODY);
      for (int site = 0; site < played.sites(); site++) {
        assertThat(played.busy(site)).isBetween(0, played.loggedIn(site));
        assertThat(played.idle(site)).hasSize(played.loggedIn(site) - played.busy(site));
      }
    }
  }

  @Test
  void shouldGoOnFromACopyAsFromTheOriginal() {
    PlayedDay one = new PlayedDay(DAYS.likeDay(MONDAY, 2));
    one.playUntil(11 * 3_600_000L, HOME, PlayedDay.Watcher.NOBODY);
    PlayedDay other = one.copy();
    PlayedDay elsewhere = one.copy();

    elsewhere.playOut((_, _, _) -> 1, PlayedDay.Watcher.NOBODY);
    one.playOut(HOME, PlayedDay.Watcher.NOBODY);
    other.playOut(HOME, PlayedDay.Watcher.NOBODY);

    long differ = 0;
    for (int caller = 0; caller < one.arrivals().size(); caller++) {
      assertThat(other.leftAt(caller)).isEqualTo(one.leftAt(caller));
      assertThat(other.endedAt(caller)).isEqualTo(one.endedAt(caller));
      differ += elsewhere.leftAt(caller) == one.leftAt(caller) ? 0 : 1;
    }
    assertThat(differ).isPositive();
  }

  @Test
  void shouldTellAWatcherEverythingOnce() {
    int[] seen = new int[4];
    PlayedDay played = new PlayedDay(DAYS.likeDay(MONDAY, 2));
    played.playOut(
        HOME,
        new PlayedDay.Watcher() {
          @Override
          public void entered(int caller, int site, long atMs) {
            seen[0]++;
          }

          @Override
          public void answered(int caller, int site, long atMs) {
            seen[1]++;
          }

          @Override
          public void gaveUp(int caller, int site, long atMs) {
            seen[2]++;
          }

          @Override
          public void released(int caller, int site, long atMs) {
            seen[3]++;
          }
        });

    assertThat(seen[0]).isEqualTo(played.arrivals().size());
    assertThat(seen[1] + seen[2]).isEqualTo(seen[0]);
    assertThat(seen[3]).isEqualTo(seen[1]);
    assertThat(played.arrivals().stream().mapToLong(PlayedDay.Arrival::atMs).distinct().count())
        .isEqualTo(seen[0]);
    assertThat(played.leftAt(0)).isNotEqualTo(CallRecord.NEVER);
  }

  private static PlayedDay played(PlayedDay.Router router) {
    PlayedDay played = new PlayedDay(DAYS.likeDay(MONDAY, 2));
    played.playOut(router, PlayedDay.Watcher.NOBODY);
    return played;
  }
}

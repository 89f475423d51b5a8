package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A day of a log as something that can be played again, with other waits than it had: who called
 * when, with what patience and for how long a talk, and who was there to answer. Times are
 * milliseconds after the day's midnight.
 *
 * <p>What the log does not say is drawn, by a seed: how long a caller who was answered would have
 * waited (Kaplan and Meier's estimate, given the wait there was), how long the talk would have been
 * of one who was not (of the same kind), and the pause of an agent after each call. They are drawn
 * from the four weeks before and after that day.
 */
public final class LoadedDay {
  /** Nobody waits for longer. */
  public static final long MAX_PATIENCE_MS = 3_600_000L;

  private static final int WEEKS_AFTER = 4;

  private final int day;
  private final List<Caller> callers;
  private final List<Shift> shifts;

  private LoadedDay(int day, List<Caller> callers, List<Shift> shifts) {
    this.day = day;
    this.callers = List.copyOf(callers);
    this.shifts = List.copyOf(shifts);
  }

  /**
   * @param kind its queue or type
   * @param headStartMs as of {@link CallRecord}
   * @param patienceMs after so long a wait the caller gives up
   * @param pauseMs of the agent, after the talk
   */
  public record Caller(
      long atMs, String kind, int headStartMs, long patienceMs, long talkMs, long pauseMs) {}

  /** An agent is there to take calls; one that is begun is ended. */
  public record Shift(String agent, long fromMs, long toMs) {}

  static LoadedDay of(SiteHistory history, int day, long seed) {
    WorkTimes times = WorkTimes.before(history, day + 7 * WEEKS_AFTER);
    Chance chance = new Chance(Chance.mix(seed) + Chance.mix(day));
    long midnight = day * SiteHistory.DAY_MS;
    int first = history.firstAfter(midnight - 1);
    int last = history.firstAfter(midnight + SiteHistory.DAY_MS - 1);
    List<Caller> callers = new ArrayList<>();
    for (int i = first; i < last; i++) {
      boolean answered = history.answered[i] != SiteHistory.NEVER;
      long waited = history.leftQueue(i) - history.entered[i];
      double patience =
          times.patienceBeyond(
              history.queue[i],
              waited / 1_000.0,
              history.pressAtEntry[i],
              WorkTimes.Today.ORDINARY,
              chance);
      double talk =
          times.handling(history.queue[i], SiteHistory.NOBODY, 0, WorkTimes.Today.ORDINARY, chance);
      double pause = times.pause(chance);
      callers.add(
          new Caller(
              history.entered[i] - midnight + chance.below(1_000),
              history.queueName(history.queue[i]),
              history.headStartMs[i],
              Math.max(0, answered ? ms(patience) : Math.min(waited, MAX_PATIENCE_MS)),
              answered ? history.ended[i] - history.answered[i] : ms(talk),
              ms(pause)));
    }
    callers.sort(Comparator.comparingLong(Caller::atMs));
    return new LoadedDay(day, callers, shifts(history, midnight));
  }

  private static long ms(double seconds) {
    return Math.min(Math.round(seconds * 1_000), MAX_PATIENCE_MS);
  }

  private static List<Shift> shifts(SiteHistory history, long midnight) {
    Sessions sessions = history.sessions;
    List<Shift> shifts = new ArrayList<>();
    for (int i = 0; i < sessions.from.length; i++) {
      long from = Math.max(0, sessions.from[i] - midnight);
      long to = Math.min(SiteHistory.DAY_MS, sessions.to[i] - midnight);
      if (from < to) {
        shifts.add(new Shift(history.agentName(sessions.agent[i]), from, to));
      }
    }
    return shifts;
  }

  /** Counted from 1 January 1970. */
  public int day() {
    return day;
  }

  /** By when they call. */
  public List<Caller> callers() {
    return callers;
  }

  /** By agent, and of each by time. */
  public List<Shift> shifts() {
    return shifts;
  }
}

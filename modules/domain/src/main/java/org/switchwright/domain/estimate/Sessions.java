package org.switchwright.domain.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** From when until when each agent was logged in, in civil time. */
final class Sessions {
  /** By agent, and of each by time. */
  final int[] agent;

  final long[] from;
  final long[] to;

  /** Where the sessions of an agent begin in the columns; one more at the end. */
  final int[] first;

  private final long[] starts;
  private final long[] ends;

  /** Who comes back within it, or has gone for no longer, counts as away for that time. */
  private static final long AWAY_MS = 3_600_000;

  private final long[] back;

  private Sessions(int[] agent, long[] from, long[] to, int agents) {
    this.agent = agent;
    this.from = from;
    this.to = to;
    this.first = new int[agents + 1];
    for (int each : agent) {
      first[each + 1]++;
    }
    for (int i = 0; i < agents; i++) {
      first[i + 1] += first[i];
    }
    this.starts = from.clone();
    this.ends = to.clone();
    this.back = new long[to.length];
    for (int i = 0; i < to.length; i++) {
      boolean comes = i + 1 < to.length && agent[i + 1] == agent[i];
      back[i] = Math.min(to[i] + AWAY_MS, comes ? from[i + 1] : Long.MAX_VALUE);
    }
    Arrays.sort(starts);
    Arrays.sort(ends);
    Arrays.sort(back);
  }

  /**
   * What the site has told of who was there: by agent, from when until when, in civil time. It
   * tells of whole days.
   */
  @SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
  record Told(int[] agent, long[] from, long[] to) {
    private BitSet days() {
      BitSet days = new BitSet();
      for (int i = 0; i < agent.length; i++) {
        // Whoever is there until midnight says nothing of the next day.
        long last = Math.max(from[i], to[i] - 1);
        days.set(Math.max(0, OrdinaryDays.day(from[i])), Math.max(0, OrdinaryDays.day(last)) + 1);
      }
      return days;
    }
  }

  /**
   * Cuts overlaps of one agent's calls, in place, and derives sessions: of what was told, and of
   * calls on other days, when who pauses for up to 20 minutes has stayed.
   *
   * @param ended is changed where a call overlaps the same agent's next one
   */
  static Sessions of(long[] answered, long[] ended, int[] agent, int agents, Told told) {
    int[] order = byAgentAndAnswer(answered, agent);
    for (int k = 0; k + 1 < order.length; k++) {
      if (agent[order[k + 1]] == agent[order[k]]) {
        ended[order[k]] = Math.min(ended[order[k]], answered[order[k + 1]]);
      }
    }
    BitSet days = told.days();
    List<Spell> spells = new ArrayList<>(order.length + told.agent.length);
    for (int call : order) {
      boolean tells = days.get(Math.max(0, OrdinaryDays.day(answered[call])));
      long pause = tells ? 0 : SiteHistory.PAUSE_MS;
      spells.add(new Spell(agent[call], answered[call], ended[call], pause));
    }
    for (int i = 0; i < told.agent.length; i++) {
      spells.add(new Spell(told.agent[i], told.from[i], told.to[i], 0));
    }
    spells.sort(Comparator.comparingInt(Spell::agent).thenComparingLong(Spell::from));
    int[] who = new int[spells.size()];
    long[] from = new long[spells.size()];
    long[] to = new long[spells.size()];
    int size = 0;
    for (Spell it : spells) {
      if (size > 0 && who[size - 1] == it.agent && it.from - to[size - 1] <= it.pause) {
        to[size - 1] = Math.max(to[size - 1], it.to);
      } else {
        who[size] = it.agent;
        from[size] = it.from;
        to[size] = it.to;
        size++;
      }
    }
    return new Sessions(
        Arrays.copyOf(who, size), Arrays.copyOf(from, size), Arrays.copyOf(to, size), agents);
  }

  /**
   * @param pause who was there so long before has stayed
   */
  private record Spell(int agent, long from, long to, long pause) {}

  /** The answered calls. */
  static int[] byAgentAndAnswer(long[] answered, int[] agent) {
    return IntStream.range(0, answered.length)
        .filter(i -> answered[i] != SiteHistory.NEVER)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(i -> agent[i])
                .thenComparingLong(i -> answered[i])
                .thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How many are open. */
  int open(long civilMs) {
    return SiteHistory.upTo(starts, civilMs) - SiteHistory.upTo(ends, civilMs);
  }

  /** How many have gone within the last hour and are not back. */
  int away(long civilMs) {
    return SiteHistory.upTo(ends, civilMs) - SiteHistory.upTo(back, civilMs);
  }

  /** Whether an agent is one of these. */
  boolean away(int who, long civilMs) {
    int last = lastBegun(who, civilMs);
    return last >= 0 && to[last] <= civilMs && to[last] > civilMs - AWAY_MS;
  }

  /** The session of an agent that is open then, or -1. */
  int of(int who, long civilMs) {
    int last = lastBegun(who, civilMs);
    return last >= 0 && to[last] > civilMs ? last : -1;
  }

  private int lastBegun(int who, long civilMs) {
    int low = first[who];
    int high = first[who + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (from[middle] <= civilMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > first[who] ? low - 1 : -1;
  }
}

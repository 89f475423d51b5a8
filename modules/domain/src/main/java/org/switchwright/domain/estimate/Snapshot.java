package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * A site at the cut, as its last report says: who waits, who talks to whom, who is logged in
 * without a call, all with their ages.
 *
 * @param waiting calls, by index in the history
 * @param talking calls
 * @param idle agents
 * @param idleSinceMs when each of them last ended a call; the login where there is none
 * @param recent calls that entered in the half hour before and no longer wait
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Snapshot(int[] waiting, int[] talking, int[] idle, long[] idleSinceMs, int[] recent) {
  static Snapshot of(SiteHistory history, long cutMs) {
    int first = history.firstAfter(cutMs - CallRecord.MAX_CALL_MS);
    int last = history.firstAfter(cutMs);
    int[] waiting = new int[last - first];
    int[] talking = new int[last - first];
    int[] recent = new int[last - first];
    long[] lastEnd = new long[history.agentCount()];
    boolean[] talks = new boolean[history.agentCount()];
    Arrays.fill(lastEnd, Long.MIN_VALUE);
    int waits = 0;
    int busy = 0;
    int gone = 0;
    for (int i = first; i < last; i++) {
      if (history.leftQueue(i) > cutMs) {
        waiting[waits++] = i;
        continue;
      }
      if (history.entered[i] > cutMs - Horizons.LEVEL_WINDOW_MS) {
        recent[gone++] = i;
      }
      if (history.answered[i] == SiteHistory.NEVER) {
        continue;
      }
      int agent = history.agent[i];
      if (history.ended[i] > cutMs) {
        talking[busy++] = i;
        talks[agent] = true;
      } else {
        lastEnd[agent] = Math.max(lastEnd[agent], history.ended[i]);
      }
    }
    int[] idle = new int[history.agentCount()];
    long[] since = new long[history.agentCount()];
    int free = 0;
    for (int agent = 0; agent < idle.length; agent++) {
      int session = talks[agent] ? -1 : history.sessions.of(agent, cutMs);
      if (session >= 0) {
        idle[free] = agent;
        since[free++] = Math.max(lastEnd[agent], history.sessions.from[session]);
      }
    }
    return new Snapshot(
        Arrays.copyOf(waiting, waits),
        Arrays.copyOf(talking, busy),
        Arrays.copyOf(idle, free),
        Arrays.copyOf(since, free),
        Arrays.copyOf(recent, gone));
  }
}

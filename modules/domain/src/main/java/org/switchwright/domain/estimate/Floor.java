package org.switchwright.domain.estimate;

import static org.switchwright.domain.estimate.SiteHistory.NOBODY;

import java.util.Arrays;

/** The agents of a simulated site. Times in seconds. */
final class Floor {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final byte FREE = 0;
  private static final byte TALKING = 1;
  private static final byte PAUSING = 2;

  private int[] id = new int[16];
  private byte[] state = new byte[16];

  /** When the present state began, for idle ones when the last call ended. */
  private double[] since = new double[16];

  private double[] until = new double[16];
  private int[] queue = new int[16];
  private int[] call = new int[16];
  private boolean[] leaves = new boolean[16];
  private boolean[] blocked = new boolean[16];
  private int size;
  private int talking;
  private double nextEnd = NEVER;

  Floor copy() {
    Floor copy = new Floor();
    copy.id = id.clone();
    copy.state = state.clone();
    copy.since = since.clone();
    copy.until = until.clone();
    copy.queue = queue.clone();
    copy.call = call.clone();
    copy.leaves = leaves.clone();
    copy.blocked = blocked.clone();
    copy.size = size;
    copy.talking = talking;
    copy.nextEnd = nextEnd;
    return copy;
  }

  /** Someone who is free. */
  void add(int agent, double idleSince) {
    if (size == id.length) {
      id = Arrays.copyOf(id, 2 * size);
      state = Arrays.copyOf(state, 2 * size);
      since = Arrays.copyOf(since, 2 * size);
      until = Arrays.copyOf(until, 2 * size);
      queue = Arrays.copyOf(queue, 2 * size);
      call = Arrays.copyOf(call, 2 * size);
      leaves = Arrays.copyOf(leaves, 2 * size);
      blocked = Arrays.copyOf(blocked, 2 * size);
    }
    id[size] = agent;
    state[size] = FREE;
    since[size] = idleSince;
    until[size] = NEVER;
    queue[size] = 0;
    call[size] = NOBODY;
    leaves[size] = false;
    blocked[size] = false;
    size++;
  }

  void remove(int agent) {
    talking -= state[agent] == TALKING ? 1 : 0;
    size--;
    id[agent] = id[size];
    state[agent] = state[size];
    since[agent] = since[size];
    until[agent] = until[size];
    queue[agent] = queue[size];
    call[agent] = call[size];
    leaves[agent] = leaves[size];
    seekNextEnd();
  }

  void talk(int agent, double from, double to, int ofQueue, int followed) {
    talking += state[agent] == TALKING ? 0 : 1;
    set(agent, TALKING, to);
    since[agent] = from;
    queue[agent] = ofQueue;
    call[agent] = followed;
  }

  void pause(int agent, double to) {
    talking -= state[agent] == TALKING ? 1 : 0;
    set(agent, PAUSING, to);
    call[agent] = NOBODY;
  }

  void free(int agent) {
    set(agent, FREE, NEVER);
  }

  void idleSince(int agent, double at) {
    since[agent] = at;
  }

  /** Nobody sees any more when the call ends. */
  void letGo(int agent, double to) {
    call[agent] = NOBODY;
    set(agent, state[agent], to);
  }

  /** Goes when the call ends. */
  void leave(int agent) {
    leaves[agent] = true;
  }

  /** Has one who would have left stay. */
  boolean keepOne() {
    for (int agent = 0; agent < size; agent++) {
      if (leaves[agent]) {
        leaves[agent] = false;
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  boolean has(int who) {
    for (int agent = 0; agent < size; agent++) {
      if (id[agent] == who) {
        return true;
      }
    }
    return false;
  }

  int staying() {
    int count = 0;
    for (int agent = 0; agent < size; agent++) {
      count += leaves[agent] ? 0 : 1;
    }
    return count;
  }

  int talking() {
    return talking;
  }

  int id(int agent) {
    return id[agent];
  }

  boolean talks(int agent) {
    return state[agent] == TALKING;
  }

  boolean leaves(int agent) {
    return leaves[agent];
  }

  int call(int agent) {
    return call[agent];
  }

  int queue(int agent) {
    return queue[agent];
  }

  double since(int agent) {
    return since[agent];
  }

  double nextEnd() {
    return nextEnd;
  }

  int ending() {
    int agent = 0;
    while (until[agent] != nextEnd) {
      agent++;
    }
    return agent;
  }

  /** Who talks to a call that is followed, or -1. */
  int with(int followed) {
    for (int agent = 0; agent < size; agent++) {
      if (call[agent] == followed) {
        return agent;
      }
    }
    return -1;
  }

  /**
   * Of those who are free and take that kind, or -1.
   *
   * @param ofQueue the kind of the call, or nobody for any
   */
  int longestIdle(int ofQueue, WorkTimes times) {
    int longest = -1;
    for (int agent = 0; agent < size; agent++) {
      if (state[agent] == FREE
          && !blocked[agent]
          && (longest < 0 || since[agent] < since[longest])
          && (ofQueue == NOBODY || times.takes(id[agent], ofQueue))) {
        longest = agent;
      }
    }
    return longest;
  }

  /** Nobody who takes that kind counts as free, for the time being. */
  void block(int ofQueue, WorkTimes times) {
    for (int agent = 0; agent < size; agent++) {
      blocked[agent] |= times.takes(id[agent], ofQueue);
    }
  }

  void unblock() {
    Arrays.fill(blocked, false);
  }

  /** Whose pause, or else whose call that nobody follows, ends the soonest; or -1. */
  int soonestUnseen() {
    int soonest = -1;
    for (int agent = 0; agent < size; agent++) {
      if (until[agent] < NEVER
          && (soonest < 0
              || state[agent] > state[soonest]
              || (state[agent] == state[soonest] && until[agent] < until[soonest]))) {
        soonest = agent;
      }
    }
    return soonest;
  }

  /** Sessions end with a call: whose call ends the soonest, or else any other. */
  int nextToLeave() {
    int next = -1;
    for (int agent = 0; agent < size; agent++) {
      if (!leaves[agent] && (next < 0 || rank(agent) < rank(next))) {
        next = agent;
      }
    }
    return next;
  }

  private double rank(int agent) {
    return state[agent] == TALKING ? Math.min(until[agent], 1e9) : 2e9 - since[agent];
  }

  private void set(int agent, byte to, double at) {
    boolean first = until[agent] == nextEnd;
    state[agent] = to;
    until[agent] = at;
    if (first) {
      seekNextEnd();
    } else {
      nextEnd = Math.min(nextEnd, at);
    }
  }

  private void seekNextEnd() {
    nextEnd = NEVER;
    for (int agent = 0; agent < size; agent++) {
      nextEnd = Math.min(nextEnd, until[agent]);
    }
  }
}

package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * What the controller sees of a site after a cut, in the order in which it happens, in seconds
 * after the cut.
 *
 * @param at when
 * @param kind {@link #ENTER}, {@link #ANSWER}, {@link #GIVE_UP} or {@link #RELEASE}
 * @param call which call, by its index in the history
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many numbers; never compared
record Sightings(ObservationLevel level, double share, double[] at, byte[] kind, int[] call) {
  // Of one instant, in this order: an agent who is released may answer at once.
  static final byte RELEASE = 0;
  static final byte ENTER = 1;
  static final byte ANSWER = 2;
  static final byte GIVE_UP = 3;

  /** So much of what happened is looked at: to the last horizon. */
  private static final long AHEAD_MS = Horizons.ms(Horizons.count() - 1);

  /** Whether a call came by way of the controller: decided by its index, the same for every cut. */
  static boolean ours(int call, double share) {
    return share >= 1
        || (Chance.mix(call * 0x9E3779B97F4A7C15L + 0x51ED270B) >>> 11) * 0x1.0p-53 < share;
  }

  static Sightings of(SiteHistory history, long cutMs, ObservationLevel level, double share) {
    long until = cutMs + AHEAD_MS;
    int first = history.firstAfter(cutMs - CallRecord.MAX_CALL_MS);
    int last = level == ObservationLevel.A ? first : history.firstAfter(until);
    long[] keys = new long[4 * (last - first)];
    int size = 0;
    for (int i = first; i < last; i++) {
      if (!ours(i, share) || history.ended[i] <= cutMs) {
        continue;
      }
      size = add(keys, size, history.entered[i], ENTER, i - first, cutMs, until);
      if (level == ObservationLevel.C) {
        // A call that ends as it is answered keeps no agent busy.
        boolean answered = history.answered[i] < history.ended[i];
        if (answered) {
          size = add(keys, size, history.answered[i], ANSWER, i - first, cutMs, until);
        }
        size =
            add(
                keys,
                size,
                history.ended[i],
                answered ? RELEASE : GIVE_UP,
                i - first,
                cutMs,
                until);
      }
    }
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    double[] at = new double[size];
    byte[] kind = new byte[size];
    int[] call = new int[size];
    for (int k = 0; k < size; k++) {
      at[k] = (sorted[k] >>> 34) / 1_000.0;
      kind[k] = (byte) ((sorted[k] >>> 32) & 3);
      call[k] = first + (int) sorted[k];
    }
    return new Sightings(level, share, at, kind, call);
  }

  /** Time, kind and call in one number, so that they sort together. */
  private static int add(
      long[] keys, int size, long atMs, byte kind, int call, long cutMs, long until) {
    if (atMs <= cutMs || atMs > until) {
      return size;
    }
    keys[size] = (atMs - cutMs) << 34 | (long) kind << 32 | call;
    return size + 1;
  }

  /** How many entered after the cut and not after that. */
  int entered(double seconds) {
    int count = 0;
    for (int k = 0; k < at.length && at[k] <= seconds; k++) {
      count += kind[k] == ENTER ? 1 : 0;
    }
    return count;
  }
}

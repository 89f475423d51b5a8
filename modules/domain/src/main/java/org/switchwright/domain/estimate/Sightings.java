package org.switchwright.domain.estimate;

import java.util.Arrays;

/**
 * What the controller sees of a site after a cut, in the order in which it happens, in seconds
 * after the cut. Grows while the cut lasts.
 */
final class Sightings {
  // Of one instant, in this order: an agent who is released may answer at once.
  static final byte RELEASE = 0;
  static final byte ENTER = 1;
  static final byte ANSWER = 2;
  static final byte GIVE_UP = 3;

  /** So much of what happened is looked at: to the last horizon. */
  private static final long AHEAD_MS = Horizons.ms(Horizons.count() - 1);

  private static final double LEAST_SHARE = 0.05;

  /** The calls that are spoken of, by number. */
  interface Calls {
    /** Whether it came by way of the controller. */
    boolean ours(int call);

    /** Which kind it is, by its index in the history. */
    int queue(int call);

    int headStartMs(int call);
  }

  private final ObservationLevel level;
  private final double share;
  private final double shareOfDay;
  private final Calls calls;
  private double[] at = new double[16];
  private byte[] kind = new byte[16];
  private int[] call = new int[16];
  private int size;

  /**
   * @param share which share of the site's calls come by way of the controller
   */
  Sightings(ObservationLevel level, double share, Calls calls) {
    this(level, share, level == ObservationLevel.A ? 0 : share, calls);
  }

  private Sightings(ObservationLevel level, double share, double shareOfDay, Calls calls) {
    this.level = level;
    this.share = share;
    this.shareOfDay = shareOfDay;
    this.calls = calls;
  }

  /**
   * All that happens to the controller's calls, however few.
   *
   * @param share which share came by way of the controller before the cut; where it was less than
   *     {@value #LEAST_SHARE}, those that come now say nothing of how busy the day is
   */
  static Sightings live(double share, Calls calls) {
    return new Sightings(ObservationLevel.C, share, share < LEAST_SHARE ? 0 : share, calls);
  }

  /** Of a history: which calls were ours is decided by their indices, the same for every cut. */
  static Sightings of(SiteHistory history, long cutMs, ObservationLevel level, double share) {
    Sightings seen = new Sightings(level, share, new Past(history, share));
    long until = cutMs + AHEAD_MS;
    int first = history.firstAfter(cutMs - CallRecord.MAX_CALL_MS);
    int last = level == ObservationLevel.A ? first : history.firstAfter(until);
    long[] keys = new long[4 * (last - first)];
    int size = 0;
    for (int i = first; i < last; i++) {
      if (!seen.ours(i) || history.ended[i] <= cutMs) {
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
    for (long key : sorted) {
      seen.add((key >>> 34) / 1_000.0, (byte) ((key >>> 32) & 3), first + (int) key);
    }
    return seen;
  }

  private record Past(SiteHistory history, double share) implements Calls {
    @Override
    public boolean ours(int call) {
      return share >= 1
          || (Chance.mix(call * 0x9E3779B97F4A7C15L + 0x51ED270B) >>> 11) * 0x1.0p-53 < share;
    }

    @Override
    public int queue(int call) {
      return history.queue[call];
    }

    @Override
    public int headStartMs(int call) {
      return history.headStartMs[call];
    }
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

  /** The next that is seen. */
  void add(double seconds, byte what, int ofCall) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      kind = Arrays.copyOf(kind, 2 * size);
      call = Arrays.copyOf(call, 2 * size);
    }
    at[size] = seconds;
    kind[size] = what;
    call[size] = ofCall;
    size++;
  }

  ObservationLevel level() {
    return level;
  }

  double share() {
    return share;
  }

  /**
   * Which share of the calls is seen, as far as that tells how busy the day is; 0 for not at all.
   */
  double shareOfDay() {
    return shareOfDay;
  }

  boolean ours(int ofCall) {
    return calls.ours(ofCall);
  }

  int queue(int ofCall) {
    return calls.queue(ofCall);
  }

  int headStartMs(int ofCall) {
    return calls.headStartMs(ofCall);
  }

  int size() {
    return size;
  }

  double at(int k) {
    return at[k];
  }

  byte kind(int k) {
    return kind[k];
  }

  int call(int k) {
    return call[k];
  }

  /** How many entered after the cut and not after that. */
  int entered(double seconds) {
    int count = 0;
    for (int k = 0; k < size && at[k] <= seconds; k++) {
      count += kind[k] == ENTER ? 1 : 0;
    }
    return count;
  }
}

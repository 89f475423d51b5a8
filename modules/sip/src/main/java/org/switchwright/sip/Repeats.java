package org.switchwright.sip;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what the stack does not: our 2xx until its ACK comes (RFC 3261 13.3.1.4) and final
 * answers that were sent without a transaction (17.2.1). At T1, 2*T1, ... up to T2, for 64*T1.
 */
final class Repeats {
  private static final int T2_IN_T1 = 8;
  private static final int LIFE_IN_T1 = 64;

  private final ScheduledExecutorService timer;
  private final Duration t1;
  private final int capacity;
  private final ConcurrentHashMap<String, Repeat> running = new ConcurrentHashMap<>();

  Repeats(ScheduledExecutorService timer, Duration t1, int capacity) {
    this.timer = timer;
    this.t1 = t1;
    this.capacity = capacity;
  }

  /**
   * Begins to repeat; the first time is the caller's. Does nothing when that name runs already.
   *
   * @param givenUp run once when nothing stopped it in 64*T1
   * @return false when there is no room, so that the one sending must do
   */
  boolean start(String name, Runnable send, Runnable givenUp) {
    if (running.size() >= capacity) {
      return false;
    }
    Repeat repeat = new Repeat(name, send, givenUp);
    if (running.putIfAbsent(name, repeat) == null) {
      repeat.schedule(1, 1);
    }
    return true;
  }

  /** True when that name was running. */
  boolean stop(String name) {
    Repeat repeat = running.remove(name);
    if (repeat == null) {
      return false;
    }
    repeat.cancel();
    return true;
  }

  boolean runs(String name) {
    return running.containsKey(name);
  }

  int size() {
    return running.size();
  }

  private final class Repeat {
    private final String name;
    private final Runnable send;
    private final Runnable givenUp;
    private volatile @Nullable Future<?> next;

    private Repeat(String name, Runnable send, Runnable givenUp) {
      this.name = name;
      this.send = send;
      this.givenUp = givenUp;
    }

    /**
     * Schedules the next sending.
     *
     * @param interval until then, in T1
     * @param at when that is since the first, in T1
     */
    private void schedule(int interval, int at) {
      next =
          timer.schedule(
              () -> run(interval, at), t1.multipliedBy(interval).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run(int interval, int at) {
      if (running.get(name) != this) {
        return;
      }
      if (at >= LIFE_IN_T1) {
        running.remove(name, this);
        givenUp.run();
        return;
      }
      send.run();
      int following = Math.min(Math.min(interval * 2, T2_IN_T1), LIFE_IN_T1 - at);
      schedule(following, at + following);
    }

    private void cancel() {
      Future<?> scheduled = next;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }
  }
}

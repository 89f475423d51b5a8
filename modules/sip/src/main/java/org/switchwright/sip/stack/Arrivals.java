package org.switchwright.sip.stack;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows how many datagrams wait between the socket and the stack's workers, and for how long; the
 * stack's own queue has no bound, so the bound is kept here, before it. New calls may fill half of
 * it only: what belongs to a call goes on.
 */
final class Arrivals {
  private final int capacity;
  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Times of arrival in order; bounded by {@link #capacity} as each entry is one waiting datagram.
   */
  private final Queue<Long> arrivedAt = new ConcurrentLinkedQueue<>();

  private volatile long lastAgeNanos;

  Arrivals(int capacity) {
    if (capacity < 2) {
      throw new IllegalArgumentException("Expected a capacity of 2 or more, but got " + capacity);
    }
    this.capacity = capacity;
  }

  /** Called by the one receiving thread. */
  boolean enter(boolean newCall) {
    int limit = newCall ? capacity / 2 : capacity;
    if (waiting.get() >= limit) {
      return false;
    }
    waiting.incrementAndGet();
    arrivedAt.add(System.nanoTime());
    return true;
  }

  /** Called by a worker when it takes a datagram up; the workers take them in order. */
  void leave() {
    Long at = arrivedAt.poll();
    if (at != null) {
      waiting.decrementAndGet();
      lastAgeNanos = System.nanoTime() - at;
    }
  }

  int waiting() {
    return waiting.get();
  }

  /** How long the datagram waited that was taken up last. */
  Duration age() {
    return Duration.ofNanos(lastAgeNanos);
  }
}

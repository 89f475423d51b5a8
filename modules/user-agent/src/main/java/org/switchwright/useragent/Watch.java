package org.switchwright.useragent;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Lets test threads wait for a condition that the loop makes true. */
final class Watch {
  private final Loop loop;

  Watch(Loop loop) {
    this.loop = loop;
  }

  synchronized void changed() {
    notifyAll();
  }

  /** True once the condition holds, false if it did not within the time. */
  synchronized boolean await(BooleanSupplier condition, Duration atMost) {
    if (loop.isCurrent()) {
      throw new IllegalStateException(
          "Expected to wait outside the signalling thread, but this is a callback on it");
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      long leftMs = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      try {
        wait(leftMs);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return condition.getAsBoolean();
      }
    }
    return true;
  }
}

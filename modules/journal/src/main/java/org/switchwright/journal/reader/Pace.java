package org.switchwright.journal.reader;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When to look again: at once while there is something, then after 10 ms, doubling up to 250 ms;
 * after failures from 100 ms up to 5 s. Ends every wait when closed.
 */
public final class Pace implements AutoCloseable {
  private static final Duration IDLE_FIRST = Duration.ofMillis(10);
  private static final Duration IDLE_LAST = Duration.ofMillis(250);
  private static final Duration FAILED_FIRST = Duration.ofMillis(100);
  private static final Duration FAILED_LAST = Duration.ofSeconds(5);

  private final CountDownLatch closed = new CountDownLatch(1);
  private Duration idle = IDLE_FIRST;
  private Duration failed = FAILED_FIRST;

  public boolean open() {
    return closed.getCount() > 0;
  }

  public void busy() {
    idle = IDLE_FIRST;
    failed = FAILED_FIRST;
  }

  public void idle() {
    failed = FAILED_FIRST;
    pause(idle);
    idle = shorter(idle.multipliedBy(2), IDLE_LAST);
  }

  public void failed() {
    pause(failed);
    failed = shorter(failed.multipliedBy(2), FAILED_LAST);
  }

  public void pause(Duration duration) {
    try {
      closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody but close() may end these threads, and it counts down.
      Thread.currentThread().interrupt();
      close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

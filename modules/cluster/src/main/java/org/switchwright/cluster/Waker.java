package org.switchwright.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes what a dead node left behind: at the start every aggregate that has an open deadline, paced
 * and the most urgent first; later whatever is overdue and has not acted, whoever should have.
 */
public final class Waker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

  /** How many are woken in one go; the pause between two goes is {@link #PACE}. */
  static final int GO = 50;

  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  /** A deadline may be this late before it is somebody's who is gone. */
  private static final Duration LATE = Duration.ofSeconds(8);

  /** Where open deadlines are kept. */
  public interface OpenDeadlines {
    /**
     * The most urgent first.
     *
     * @param before only what is due before this
     * @param after only what comes after this one in that order; for the first page, before all
     */
    List<Open> page(Instant before, Open after, int limit);
  }

  /**
   * An aggregate that waits for something.
   *
   * @param persistenceId such as {@code call|c7f...}
   */
  public record Open(String persistenceId, Instant due) {
    public static final Open FIRST = new Open("", Instant.EPOCH);
  }

  private final OpenDeadlines deadlines;
  private final Consumer<String> wake;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("waker").unstarted(work));

  private Waker(OpenDeadlines deadlines, Consumer<String> wake, InstantSource clock) {
    this.deadlines = deadlines;
    this.wake = wake;
    this.clock = clock;
  }

  /** Starts with everything that is open. */
  public static Waker start(OpenDeadlines deadlines, ClusterNode node, InstantSource clock) {
    Waker waker = new Waker(deadlines, node::wake, clock);
    waker.timer.execute(() -> waker.go(Instant.MAX, Open.FIRST));
    return waker;
  }

  /** Everything that is open is woken again, because a node was lost. */
  public void wakeAll() {
    timer.execute(() -> go(Instant.MAX, Open.FIRST));
  }

  private void go(Instant before, Open after) {
    Open last = after;
    boolean more = false;
    try {
      List<Open> page = deadlines.page(before, after, GO);
      page.forEach(open -> wake.accept(open.persistenceId()));
      more = page.size() == GO;
      last = page.isEmpty() ? after : page.getLast();
    } catch (RuntimeException e) {
      LOG.warn(
          "Open deadlines could not be read; trying again in {}: {}", LOOK_AGAIN, e.toString());
    }
    Open from = last;
    if (more) {
      schedule(() -> go(before, from), PACE);
    } else {
      schedule(() -> go(clock.instant().minus(LATE), Open.FIRST), LOOK_AGAIN);
    }
  }

  private void schedule(Runnable work, Duration delay) {
    if (!timer.isShutdown()) {
      var _ = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

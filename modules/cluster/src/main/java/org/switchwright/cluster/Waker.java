package org.switchwright.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.view.OpenDeadlines;
import org.switchwright.cluster.view.Page;

/**
 * Wakes what a lost node left behind: at the start, and when another node has left the cluster,
 * every aggregate that has an open deadline, paced and the most urgent first; later whatever is
 * overdue and has not acted, whoever should have.
 */
public final class Waker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waker.class);

  /** How many are woken in one go; the pause between two goes is {@link #PACE}. */
  static final int GO = 50;

  private static final Duration PACE = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  /** A deadline may be this late before it is somebody's who is gone. */
  private static final Duration LATE = Duration.ofSeconds(8);

  private final OpenDeadlines deadlines;
  private final ClusterNode node;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("waker").unstarted(work));

  private Waker(OpenDeadlines deadlines, ClusterNode node, InstantSource clock) {
    this.deadlines = deadlines;
    this.node = node;
    this.clock = clock;
  }

  /** Starts with everything that is open. */
  public static Waker start(OpenDeadlines deadlines, ClusterNode node, InstantSource clock) {
    Waker waker = new Waker(deadlines, node, clock);
    waker.timer.execute(waker::unacknowledged);
    waker.timer.execute(() -> waker.go(Instant.MAX, Optional.empty(), waker::lookForOverdue));
    node.whenLost(waker::lost);
    return waker;
  }

  /** Twice: other nodes may not know of the loss yet, and would turn to the one that is gone. */
  private void lost() {
    schedule(this::unacknowledged, Duration.ZERO);
    schedule(() -> go(Instant.MAX, Optional.empty(), () -> {}), Duration.ZERO);
    schedule(() -> go(Instant.MAX, Optional.empty(), () -> {}), LOOK_AGAIN);
  }

  private void lookForOverdue() {
    schedule(
        () -> go(clock.instant().minus(LATE), Optional.empty(), this::lookForOverdue), LOOK_AGAIN);
  }

  private void unacknowledged() {
    try {
      deadlines.unacknowledged(Page.MAX_ROWS).forEach(agent -> node.wake("agent|" + agent));
    } catch (SQLException | RuntimeException e) {
      LOG.warn("Agents whose site has not heard them could not be read: {}", e.toString());
    }
  }

  private void go(Instant until, Optional<String> after, Runnable atEnd) {
    Optional<String> next;
    try {
      Page<OpenDeadlines.OpenDeadline> page = deadlines.due(until, after, GO);
      page.rows().forEach(open -> node.wake(open.persistenceId()));
      next = page.next();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("Open deadlines could not be read, trying again: {}", e.toString());
      schedule(() -> go(until, after, atEnd), LOOK_AGAIN);
      return;
    }
    if (next.isPresent()) {
      Optional<String> from = next;
      schedule(() -> go(until, from, atEnd), PACE);
    } else {
      atEnd.run();
    }
  }

  private void schedule(Runnable work, Duration delay) {
    try {
      var _ = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // This node stops, too: another one wakes them.
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

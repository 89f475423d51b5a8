package org.switchwright.journal.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.SessionLock;
import org.switchwright.journal.projection.ProjectionState.Closed;
import org.switchwright.journal.projection.ProjectionState.Running;
import org.switchwright.journal.projection.ProjectionState.Stopped;
import org.switchwright.journal.projection.ProjectionState.Waiting;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.journal.reader.JournalRow;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.reader.Pace;

/**
 * Runs one projection on one node of the cluster, on a daemon thread of its own.
 *
 * <p>Rows and offset are stored in one transaction, which first locks the offset: so no event is
 * lost and none counts twice, whoever dies when. Failures of the database are tried again for as
 * long as they last, with pauses of up to 5 s and smaller batches. An event that fails three times
 * by itself stops the projection, visibly; it is never skipped.
 *
 * <pre>
 *   Waiting --lock--> Running --event fails 3 times--> Stopped --restart or rebuild--> Waiting
 *      ^                 |
 *      +--database gone--+                 any --close--> Closed
 * </pre>
 */
public final class ProjectionRunner implements AutoCloseable {
  /** Attempts at one event before the projection stops. */
  public static final int MAX_ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
  private static final int ROWS_AT_ONCE = 500;
  private static final Duration STANDBY = Duration.ofSeconds(1);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final Database database;
  private final Projection projection;
  private final ProjectionMetrics metrics;
  private final InstantSource clock;
  private final OrderedReader reader;
  private final Pace pace = new Pace();
  private final Thread thread;
  private volatile ProjectionState state = new Waiting();
  private volatile boolean restartAsked;
  private int rowsAtOnce = ROWS_AT_ONCE;
  private int attempts;

  private ProjectionRunner(
      Database database, Projection projection, ProjectionMetrics metrics, InstantSource clock) {
    if (!projection.name().matches("[a-z0-9-]{1,100}")) {
      throw new IllegalArgumentException(
          "Expected a projection named by 1 to 100 lower-case letters, digits and hyphens");
    }
    this.database = database;
    this.projection = projection;
    this.metrics = metrics;
    this.clock = clock;
    this.reader = new OrderedReader(database.dataSource());
    this.thread = Thread.ofPlatform().name("projection-" + name()).daemon().unstarted(this::run);
  }

  public static ProjectionRunner start(
      Database database, Projection projection, ProjectionMetrics metrics, InstantSource clock) {
    ProjectionRunner runner = new ProjectionRunner(database, projection, metrics, clock);
    runner.thread.start();
    return runner;
  }

  public ProjectionState state() {
    return state;
  }

  /** Tries again the event that stopped the projection. */
  public void restart() {
    restartAsked = true;
  }

  /**
   * Empties the projection and lets it start over, on whichever node it runs.
   *
   * @throws SQLException if the database refused; then nothing has changed
   */
  public void rebuild() throws SQLException {
    try (Connection connection = database.connection()) {
      ProjectionOffsets.load(connection, name());
      Transactions.run(
          connection,
          () -> {
            ProjectionOffsets.lock(connection, name());
            projection.clear(connection);
            ProjectionOffsets.reset(connection, name());
          });
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException("Expected to empty projection " + name() + ", but it failed", e);
    }
    metrics.rebuilt(name());
  }

  /** Ends the run here; waits at most 10 s for a batch being stored. */
  @Override
  public void close() {
    pace.close();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    state = new Closed();
  }

  private String name() {
    return projection.name();
  }

  private void run() {
    while (pace.open()) {
      try (SessionLock lock = SessionLock.connect(database)) {
        state = new Waiting();
        while (pace.open() && !lock.take("projection." + name())) {
          pace.pause(STANDBY);
        }
        while (pace.open() && !(state instanceof Stopped)) {
          follow(lock);
        }
      } catch (SQLException e) {
        state = new Waiting();
        LOG.warn("Projection {} lost the database: SQLSTATE {}", name(), e.getSQLState());
        pace.failed();
      } catch (RuntimeException e) {
        state = new Waiting();
        LOG.error("Projection {} failed outside an event: {}", name(), e.getClass().getName());
        pace.failed();
      }
      if (state instanceof Stopped(Cursor at, var event, var failure)) {
        awaitRestart(at);
      }
    }
  }

  /** Runs until this node is to close, the projection stops, or the database is gone. */
  private void follow(SessionLock lock) throws SQLException {
    Cursor at = storedOffset();
    state = new Running(at, Duration.ZERO);
    long signNanos = System.nanoTime();
    while (pace.open() && !(state instanceof Stopped)) {
      if (System.nanoTime() - signNanos > SessionLock.SIGN_OF_LIFE.toNanos()) {
        lock.giveSignOfLife();
        signNanos = System.nanoTime();
        // Another node may have asked for a rebuild.
        at = storedOffset();
      }
      switch (reader.read(at, rowsAtOnce)) {
        case Batch.EpochChanged(Cursor _) -> {
          LOG.warn("The journal's epoch changed: projection {} starts over", name());
          rebuild();
          at = storedOffset();
        }
        case Batch.Rows(var rows) when rows.isEmpty() -> {
          state = new Running(at, Duration.ZERO);
          pace.idle();
        }
        case Batch.Rows(var rows) -> at = store(at, rows);
      }
    }
  }

  private Cursor store(Cursor at, List<JournalRow> rows) throws SQLException {
    JournalRow last = rows.getLast();
    try (Connection connection = database.connection()) {
      boolean[] moved = new boolean[1];
      Transactions.run(
          connection,
          () -> {
            moved[0] = !ProjectionOffsets.lock(connection, name()).equals(at);
            if (!moved[0]) {
              projection.handle(connection, rows);
              ProjectionOffsets.store(connection, name(), last.cursor());
            }
          });
      if (moved[0]) {
        return storedOffset();
      }
    } catch (Exception e) {
      failed(at, rows, e);
      return at;
    }
    Duration lag = Duration.between(last.writtenAt(), clock.instant());
    metrics.handled(name(), rows.size(), lag);
    state = new Running(last.cursor(), lag);
    attempts = 0;
    rowsAtOnce = Math.min(ROWS_AT_ONCE, rowsAtOnce * 2);
    pace.busy();
    return last.cursor();
  }

  private void failed(Cursor at, List<JournalRow> rows, Exception e) throws SQLException {
    metrics.retried(name());
    if (Transactions.isPassing(e)) {
      // A batch that takes longer than a statement may would fail for ever.
      rowsAtOnce = Math.max(1, rowsAtOnce / 2);
      pace.failed();
      return;
    }
    rowsAtOnce = 1;
    if (rows.size() > 1) {
      return;
    }
    attempts++;
    if (attempts < MAX_ATTEMPTS) {
      pace.failed();
      return;
    }
    attempts = 0;
    JournalRow row = rows.getFirst();
    String event = row.persistenceId() + " #" + row.sequenceNr();
    // The message of the exception may repeat the event's text.
    LOG.error("Projection {} stops at {}: {}", name(), event, e.getClass().getName());
    metrics.stopped(name());
    restartAsked = false;
    state = new Stopped(at, event, e.getClass().getName());
  }

  /** Goes on when told to, or when the offset was reset, here or by another node. */
  private void awaitRestart(Cursor at) {
    while (pace.open() && !restartAsked) {
      pace.pause(STANDBY);
      try {
        if (!storedOffset().equals(at)) {
          break;
        }
      } catch (SQLException e) {
        LOG.warn("Projection {} lost the database: SQLSTATE {}", name(), e.getSQLState());
        pace.failed();
      }
    }
    restartAsked = false;
    state = new Waiting();
  }

  private Cursor storedOffset() throws SQLException {
    try (Connection connection = database.connection()) {
      return ProjectionOffsets.load(connection, name());
    }
  }
}

package org.switchwright.journal.reader;

import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journal on one daemon thread and hands each batch on, in order. A batch that the
 * follower fails on is handed on again, later: what a follower does with it must bear repetition.
 * Whoever stores rows in this database uses a projection instead, which does not repeat.
 */
public final class Tail implements AutoCloseable {
  /** Receives batches, never empty ones; called on the tail's thread, so it must not block long. */
  @FunctionalInterface
  public interface Follower {
    void follow(Batch batch) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final OrderedReader reader;
  private final Follower follower;
  private final int rowsAtOnce;
  private final Pace pace = new Pace();
  private final Thread thread;
  private volatile Cursor cursor;

  private Tail(String name, OrderedReader reader, Cursor from, int rowsAtOnce, Follower follower) {
    this.reader = reader;
    this.cursor = from;
    this.rowsAtOnce = rowsAtOnce;
    this.follower = follower;
    this.thread = Thread.ofPlatform().name("tail-" + name).daemon().unstarted(this::run);
  }

  public static Tail start(
      String name, OrderedReader reader, Cursor from, int rowsAtOnce, Follower follower) {
    Tail tail = new Tail(name, reader, from, rowsAtOnce, follower);
    tail.thread.start();
    return tail;
  }

  /** After the last batch that the follower has taken. */
  public Cursor cursor() {
    return cursor;
  }

  /** Ends the following; waits at most 10 s for a batch being handled. */
  @Override
  public void close() {
    pace.close();
    try {
      thread.join(CLOSE_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (pace.open()) {
      try {
        look();
      } catch (SQLException e) {
        LOG.warn("{} could not read the journal: SQLSTATE {}", thread.getName(), e.getSQLState());
        pace.failed();
      } catch (Exception e) {
        // Messages of exceptions may repeat the text of an event.
        LOG.warn("{} failed on a batch: {}", thread.getName(), e.getClass().getName());
        pace.failed();
      }
    }
  }

  private void look() throws Exception {
    Batch batch = reader.read(cursor, rowsAtOnce);
    switch (batch) {
      case Batch.Rows(var rows) when rows.isEmpty() -> pace.idle();
      case Batch.Rows(var rows) -> {
        follower.follow(batch);
        cursor = rows.getLast().cursor();
        pace.busy();
      }
      case Batch.EpochChanged(Cursor start) -> {
        follower.follow(batch);
        cursor = start;
      }
    }
  }
}

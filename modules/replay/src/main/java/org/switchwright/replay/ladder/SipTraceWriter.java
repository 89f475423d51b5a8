package org.switchwright.replay.ladder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores SIP messages beside the call path, on a daemon thread: whoever records one never waits. A
 * ladder is a help for people and not a record of anything: when the queue is full, or the database
 * refuses a batch {@value #MAX_ATTEMPTS} times, messages are dropped and counted.
 */
public final class SipTraceWriter implements AutoCloseable {
  /** Messages that wait to be stored, at most; some 100 bytes each. */
  public static final int CAPACITY = 16_384;

  static final int MAX_ATTEMPTS = 3;
  private static final int BATCH = 500;
  private static final Duration LINGER = Duration.ofMillis(100);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SipTraceWriter.class);

  private static final String INSERT =
      """
      INSERT INTO sip_message (call_id, leg, at, inbound, method, status, cseq, has_sdp)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final DataSource source;
  private final BlockingQueue<SipMessage> queue;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean open = true;

  private SipTraceWriter(DataSource source, int capacity) {
    this.source = source;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.thread = Thread.ofPlatform().name("sip-trace").daemon().unstarted(this::run);
  }

  public static SipTraceWriter start(DataSource source) {
    return start(source, CAPACITY);
  }

  static SipTraceWriter start(DataSource source, int capacity) {
    SipTraceWriter writer = new SipTraceWriter(source, capacity);
    writer.thread.start();
    return writer;
  }

  /** Never blocks, on whichever thread. */
  public void record(SipMessage message) {
    if (!open || !queue.offer(message)) {
      dropped.incrementAndGet();
    }
  }

  /** Messages that are in the database. */
  public long stored() {
    return stored.get();
  }

  /** Messages that never will be. */
  public long dropped() {
    return dropped.get();
  }

  /** Stores what is queued, for at most 5 s. */
  @Override
  public void close() {
    open = false;
    try {
      if (!thread.join(CLOSE_WAIT)) {
        LOG.warn("Some SIP messages of the last seconds are not stored");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<SipMessage> batch = new ArrayList<>();
    try {
      while (open || !queue.isEmpty()) {
        SipMessage first = queue.poll(LINGER.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          store(batch);
          batch.clear();
          // Lets messages gather: fewer, larger batches.
          if (open && queue.size() < BATCH) {
            Thread.sleep(LINGER);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      open = false;
    }
  }

  private void store(List<SipMessage> batch) throws InterruptedException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      try {
        insert(batch);
        stored.addAndGet(batch.size());
        return;
      } catch (SQLException e) {
        LOG.warn("{} SIP messages were not stored: SQLSTATE {}", batch.size(), e.getSQLState());
        Thread.sleep(LINGER.multipliedBy(attempt));
      }
    }
    dropped.addAndGet(batch.size());
  }

  private void insert(List<SipMessage> batch) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (SipMessage message : batch) {
        insert.setString(1, message.call().value());
        insert.setInt(2, message.leg());
        insert.setObject(3, message.at().atOffset(ZoneOffset.UTC));
        insert.setBoolean(4, message.inbound());
        insert.setString(5, message.method());
        insert.setInt(6, message.status());
        insert.setLong(7, message.cseq());
        insert.setBoolean(8, message.hasSession());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    }
  }
}

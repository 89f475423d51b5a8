package org.switchwright.journal.keys;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.KeyId;

/**
 * Keys made and stored ahead of need by a daemon thread, so that a new call does not wait for the
 * database. At a clean end the unused ones are removed from the table; after a kill at most {@value
 * #CAPACITY} stay there, unused.
 */
final class KeyPool implements AutoCloseable {
  /** A key that is stored and that nobody has yet. */
  @SuppressWarnings("ArrayRecordComponent")
  record Made(KeyId id, byte[] key) {}

  static final int CAPACITY = 1_024;
  static final int KEY_BYTES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(KeyPool.class);
  private static final int BATCH = 256;
  private static final int ID_CHARS = 20;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final KeyTable table;
  private final MasterKey master;
  private final SecureRandom random = new SecureRandom();
  private final BlockingQueue<Made> ready = new ArrayBlockingQueue<>(CAPACITY);
  private final Semaphore wanted = new Semaphore(0);
  private final Thread thread;
  private volatile boolean open = true;

  KeyPool(KeyTable table, MasterKey master) {
    this.table = table;
    this.master = master;
    this.thread = Thread.ofPlatform().name("key-pool").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  int ready() {
    return ready.size();
  }

  /**
   * A key of the pool; waits for one if the pool is empty.
   *
   * @throws KeysRefused if none came in time
   */
  Made take(Duration atMost) {
    if (ready.size() <= CAPACITY - BATCH && wanted.availablePermits() == 0) {
      wanted.release();
    }
    try {
      Made made = ready.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
      if (made == null) {
        throw new KeysRefused(
            "Expected a key within " + atMost + ", but the key store did not make one in time");
      }
      return made;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysRefused("Interrupted while waiting for a key", e);
    }
  }

  byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  /** Makes no more keys and removes those that nobody took. */
  @Override
  public void close() {
    open = false;
    wanted.release();
    try {
      thread.join(CLOSE_WAIT);
      List<Made> unused = new ArrayList<>();
      ready.drainTo(unused);
      table.remove(unused.stream().map(Made::id).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("Unused keys stay in the table: SQLSTATE {}", e.getSQLState());
    }
  }

  private void run() {
    while (open) {
      try {
        while (open && ready.remainingCapacity() >= BATCH) {
          makeBatch();
        }
      } catch (SQLException e) {
        LOG.warn("The key store could not be written: SQLSTATE {}", e.getSQLState());
      } catch (KeysRefused e) {
        LOG.error("No keys can be made: {}", e.getMessage());
      }
      awaitWanted();
    }
  }

  /** Stored first, then offered: nobody ever holds a key that a crash would lose. */
  private void makeBatch() throws SQLException {
    Map<KeyId, byte[]> wrapped = new LinkedHashMap<>();
    List<Made> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Made made = new Made(newId(), newKey());
      batch.add(made);
      wrapped.put(made.id(), master.wrap(made.id(), made.key()));
    }
    table.insert(wrapped);
    ready.addAll(batch);
  }

  private KeyId newId() {
    StringBuilder id = new StringBuilder("k");
    for (int i = 0; i < ID_CHARS; i++) {
      id.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return new KeyId(id.toString());
  }

  private void awaitWanted() {
    try {
      if (wanted.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        wanted.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      open = false;
    }
  }
}

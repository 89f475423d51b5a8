package org.switchwright.journal.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.switchwright.journal.testing.JournalRows.execute;
import static org.switchwright.journal.testing.JournalRows.insert;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.JournalEpoch;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class OrderedReaderTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Queue<JournalRow> delivered = new ConcurrentLinkedQueue<>();
  private DatabaseSettings settings;
  private Database database;
  private OrderedReader reader;

  @BeforeEach
  void open() {
    settings = EmbeddedPostgresForTests.freshDatabase().withPoolSize(12);
    database = Database.open(settings, Schema.JOURNAL);
    reader = new OrderedReader(database.dataSource());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldReadWhatWasWrittenAfterTheCursor() throws Exception {
    Cursor start = reader.start();
    try (Connection connection = database.connection()) {
      insert(connection, "call-1", 1);
      insert(connection, "call-1", 2);
    }

    List<JournalRow> all = rows(reader.read(start, 10));

    assertThat(all).extracting(JournalRow::sequenceNr).containsExactly(1L, 2L);
    assertThat(new String(all.getFirst().payload(), UTF_8)).isEqualTo("call-1#1");
    assertThat(rows(reader.read(start, 1))).hasSize(1);
    assertThat(rows(reader.read(all.getFirst().cursor(), 10))).hasSize(1);
    assertThat(rows(reader.read(all.getLast().cursor(), 10))).isEmpty();
    assertThat(rows(reader.read(reader.head(), 10))).isEmpty();
    assertThatThrownBy(() -> reader.read(start, OrderedReader.MAX_ROWS + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTellACursorOfAnotherEpochToStartAgain() throws Exception {
    Cursor old;
    try (Connection connection = database.connection()) {
      insert(connection, "call-1", 1);
      old = rows(reader.read(reader.start(), 10)).getLast().cursor();
      JournalEpoch.renew(connection);
    }

    Batch batch = reader.read(old, 10);

    assertThat(batch).isEqualTo(new Batch.EpochChanged(reader.start()));
    assertThat(rows(reader.read(reader.start(), 10))).hasSize(1);
    assertThat(reader.read(Cursor.start(UUID.randomUUID()), 10))
        .isInstanceOf(Batch.EpochChanged.class);
  }

  /** Lost by readers that follow serial numbers: there it was never delivered, silently. */
  @Test
  void shouldDeliverOnceAnEventWhoseTransactionStayedOpenFor15Seconds() throws Exception {
    Tail tail = tail();
    DatabaseSettings unlimited = settings.withTimeouts(Duration.ZERO, Duration.ZERO);
    try (Database lifted = Database.open(unlimited);
        Connection slow = lifted.connection();
        Connection others = database.connection()) {
      slow.setAutoCommit(false);
      insert(slow, "slow", 1);
      for (int i = 1; i <= 100; i++) {
        insert(others, "others", i);
      }

      execute(slow, "SELECT pg_sleep(15)");
      insert(others, "others", 101);
      assertThat(delivered).isEmpty();
      slow.commit();
      insert(others, "others", 102);

      await().atMost(BOUND).until(() -> delivered.size() >= 103);
    }
    tail.close();
    assertThat(delivered).hasSize(103);
    assertThat(delivered.stream().filter(row -> row.persistenceId().equals("slow"))).hasSize(1);
    assertLinear();
  }

  @Test
  void shouldLoseNothingWhenAnIdleTransactionIsAbortedAndItsWriteRepeated() throws Exception {
    Tail tail = tail();
    try (Connection others = database.connection()) {
      Connection idle = database.ownConnection();
      idle.setAutoCommit(false);
      insert(idle, "idle", 1);
      insert(others, "others", 1);
      await().atMost(BOUND).until(() -> delivered.size() == 1);

      assertThatThrownBy(idle::commit).isInstanceOf(SQLException.class);
      insert(others, "idle", 1);
      insert(others, "idle", 2);

      await().atMost(BOUND).until(() -> delivered.size() >= 3);
    }
    tail.close();
    assertThat(delivered).hasSize(3);
    assertLinear();
  }

  @Test
  void shouldDeliverEachOf33000EventsOfEightWritersOnceAndInOrder() throws Exception {
    int writers = 8;
    int eventsEach = 33_000 / writers;
    Tail tail = tail();

    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int seed = writer;
        work.add(() -> write(seed, eventsEach));
      }
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    }

    await().atMost(BOUND).until(() -> delivered.size() >= writers * eventsEach);
    tail.close();
    assertThat(delivered).hasSize(writers * eventsEach);
    assertLinear();
  }

  @Test
  void shouldHandABatchOnAgainWhenItsFollowerFailed() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (Connection connection = database.connection()) {
      insert(connection, "call-1", 1);
    }

    Tail tail =
        Tail.start(
            "failing",
            reader,
            reader.start(),
            10,
            batch -> {
              sizes.add(rows(batch).size());
              if (sizes.size() == 1) {
                throw new IllegalStateException("not yet");
              }
            });

    await().atMost(BOUND).until(() -> !tail.cursor().equals(reader.start()));
    tail.close();
    assertThat(sizes).containsExactly(1, 1);
  }

  private Tail tail() throws SQLException {
    return Tail.start("test", reader, reader.start(), 500, batch -> delivered.addAll(rows(batch)));
  }

  /** Transactions of 1 to 20 events of 20 entities; one in ten is rolled back and repeated. */
  private Void write(int seed, int events) throws SQLException {
    Random random = new Random(seed);
    Map<String, Long> committed = new HashMap<>();
    int written = 0;
    try (Connection connection = database.connection()) {
      connection.setAutoCommit(false);
      while (written < events) {
        Map<String, Long> next = new HashMap<>(committed);
        int size = Math.min(events - written, 1 + random.nextInt(20));
        for (int i = 0; i < size; i++) {
          String id = "entity-" + seed + "-" + random.nextInt(20);
          insert(connection, id, next.merge(id, 1L, Long::sum));
        }
        if (random.nextInt(10) == 0) {
          connection.rollback();
        } else {
          connection.commit();
          committed = next;
          written += size;
        }
      }
      connection.setAutoCommit(true);
    }
    return null;
  }

  private void assertLinear() {
    Map<String, Long> last = new HashMap<>();
    for (JournalRow row : delivered) {
      assertThat(row.sequenceNr()).isEqualTo(last.getOrDefault(row.persistenceId(), 0L) + 1);
      last.put(row.persistenceId(), row.sequenceNr());
    }
  }

  private static List<JournalRow> rows(Batch batch) {
    return switch (batch) {
      case Batch.Rows(var rows) -> rows;
      case Batch.EpochChanged _ -> throw new IllegalStateException("Expected rows, but got none");
    };
  }
}

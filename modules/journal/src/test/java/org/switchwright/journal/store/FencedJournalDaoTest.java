package org.switchwright.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.journal.reader.Batch;
import org.switchwright.journal.reader.JournalRow;
import org.switchwright.journal.reader.OrderedReader;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;
import org.switchwright.journal.testing.JournalRows;

class FencedJournalDaoTest {
  private static final int ENTITIES = 200;
  private static final int ROUNDS = 20;

  private DatabaseSettings settings;
  private Database database;
  private ActorTestKit node;

  @BeforeEach
  void start() {
    settings = EmbeddedPostgresForTests.freshDatabase();
    database = Database.open(settings.withPoolSize(2), Schema.JOURNAL);
    node =
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(),
                "fence",
                ActorSystemSetup.create(
                    // One transaction at a time, so that all that comes meanwhile shares the next.
                    BootstrapSetup.create(
                        ConfigFactory.parseString(
                                "jdbc-journal.parallelism = 1\n"
                                    + "pekko.actor.testkit.typed.single-expect-default = 60s")
                            .withFallback(JournalConfiguration.of(settings))
                            .withFallback(ConfigFactory.load())),
                    new EventFormatSetup(new EventFormat(new SealedPersonal())))));
  }

  @AfterEach
  void stop() {
    node.shutdownTestKit();
    database.close();
  }

  @Test
  void shouldRefuseTheStaleWriterAndNobodyElse() throws Exception {
    TestProbe<Tally.Written> written = node.createTestProbe(Tally.Written.class);
    List<ActorRef<Tally.Write>> entities = new ArrayList<>();
    for (int i = 0; i < ENTITIES; i++) {
      entities.add(node.spawn(Tally.create("tally-" + i)));
    }
    ActorRef<Tally.Write> stale = node.spawn(Tally.create("tally-0"));
    TestProbe<Tally.Written> staleWritten = node.createTestProbe(Tally.Written.class);
    stale.tell(new Tally.Write(0, staleWritten.ref()));
    staleWritten.expectMessage(new Tally.Written("tally-0", 0));
    writeAll(entities, 1, written);

    for (int round = 1; round < ROUNDS; round++) {
      if (round == ROUNDS / 2) {
        entities.forEach(entity -> entity.tell(new Tally.Write(1, written.ref())));
        stale.tell(new Tally.Write(1, staleWritten.ref()));
        expectAll(entities, written);
      } else {
        writeAll(entities, 1, written);
      }
    }

    staleWritten.expectTerminated(stale, Duration.ofSeconds(10));
    WriteConflicts conflicts = WriteConflicts.of(Adapter.toClassic(node.system()));
    assertThat(conflicts.refused()).isEqualTo(1);
    assertThat(conflicts.retried()).isGreaterThan(1);
    assertThat(linearHistories()).isEqualTo(ENTITIES);
  }

  @Test
  void shouldWriteAMultiEventCommandAloneAsAWhole() throws Exception {
    TestProbe<Tally.Written> written = node.createTestProbe(Tally.Written.class);
    ActorRef<Tally.Write> first = node.spawn(Tally.create("tally-0"));
    ActorRef<Tally.Write> stale = node.spawn(Tally.create("tally-0"));
    for (ActorRef<Tally.Write> entity : List.of(first, stale)) {
      entity.tell(new Tally.Write(0, written.ref()));
      written.expectMessage(new Tally.Written("tally-0", 0));
    }

    first.tell(new Tally.Write(3, written.ref()));
    written.expectMessage(Duration.ofSeconds(10), new Tally.Written("tally-0", 3));
    stale.tell(new Tally.Write(5, written.ref()));

    written.expectTerminated(stale, Duration.ofSeconds(10));
    assertThat(rows()).isEqualTo(3);
  }

  /** What holds a write longer than a statement may take fails it; the caller asks again. */
  @Test
  void shouldLoseNothingWhenAWriteIsAbortedAndRepeated() throws Exception {
    TestProbe<Tally.Written> written = node.createTestProbe(Tally.Written.class);
    AtomicInteger recoveries = new AtomicInteger();
    ActorRef<Tally.Write> entity = node.spawn(Tally.restarting("tally-0", recoveries));
    entity.tell(new Tally.Write(1, written.ref()));
    written.expectMessage(new Tally.Written("tally-0", 1));

    try (Database lifted =
            Database.open(settings.withTimeouts(Duration.ZERO, Duration.ZERO).withPoolSize(1));
        Connection blocking = lifted.connection()) {
      blocking.setAutoCommit(false);
      JournalRows.execute(blocking, "LOCK TABLE event_journal IN EXCLUSIVE MODE");
      entity.tell(new Tally.Write(1, written.ref()));
      await().atMost(Duration.ofSeconds(30)).until(() -> recoveries.get() == 2);
      blocking.rollback();
      blocking.setAutoCommit(true);
    }
    entity.tell(new Tally.Write(1, written.ref()));

    written.expectMessage(Duration.ofSeconds(10), new Tally.Written("tally-0", 2));
    OrderedReader reader = new OrderedReader(database.dataSource());
    assertThat(reader.read(reader.start(), 10))
        .isInstanceOfSatisfying(
            Batch.Rows.class,
            batch ->
                assertThat(batch.rows())
                    .extracting(JournalRow::sequenceNr)
                    .containsExactly(1L, 2L));
  }

  @Test
  void shouldTellAConflictFromEveryOtherFailure() {
    SQLException conflict = new SQLException("duplicate", "23505");
    SQLException connectionLost = new SQLException("gone", "08006");

    assertThat(FencedJournalDao.isConflict(new IllegalStateException(conflict))).isTrue();
    assertThat(FencedJournalDao.isConflict(connectionLost)).isFalse();
    assertThat(FencedJournalDao.isConflict(new IllegalStateException("no database in it")))
        .isFalse();
  }

  private static void writeAll(
      List<ActorRef<Tally.Write>> entities, int events, TestProbe<Tally.Written> written) {
    entities.forEach(entity -> entity.tell(new Tally.Write(events, written.ref())));
    expectAll(entities, written);
  }

  private static void expectAll(
      List<ActorRef<Tally.Write>> entities, TestProbe<Tally.Written> written) {
    assertThat(written.receiveSeveralMessages(entities.size(), Duration.ofSeconds(20)))
        .extracting(Tally.Written::id)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, entities.size()).mapToObj(i -> "tally-" + i).toList());
  }

  private long linearHistories() throws SQLException {
    return number(
        "SELECT count(*) FROM (SELECT persistence_id FROM event_journal GROUP BY persistence_id"
            + " HAVING count(*) = "
            + ROUNDS
            + " AND min(sequence_number) = 1 AND max(sequence_number) = "
            + ROUNDS
            + " AND count(DISTINCT writer) = 1) AS linear");
  }

  private long rows() throws SQLException {
    return number("SELECT count(*) FROM event_journal");
  }

  private long number(String question) throws SQLException {
    try (Connection connection = database.connection()) {
      return JournalRows.number(connection, question);
    }
  }
}

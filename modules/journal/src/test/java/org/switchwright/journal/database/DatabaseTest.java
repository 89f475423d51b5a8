package org.switchwright.journal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class DatabaseTest {
  private static final int NODES = 6;

  @Test
  void shouldMigrateAnEmptyDatabaseOnceAndForAll() throws Exception {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase();
    UUID epoch;
    try (Database database = Database.open(settings, Schema.JOURNAL, Schema.KEYS);
        Connection connection = database.connection()) {
      epoch = JournalEpoch.read(connection);
    }

    try (Database again = Database.open(settings, Schema.KEYS, Schema.JOURNAL);
        Connection connection = again.connection()) {
      assertThat(JournalEpoch.read(connection)).isEqualTo(epoch);
      assertThat(count(connection, "subject_key")).isZero();
    }
  }

  @Test
  void shouldMakeTheTablesOnceWhenNodesStartTogether() throws Exception {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase().withPoolSize(2);
    CyclicBarrier together = new CyclicBarrier(NODES);
    List<Future<UUID>> epochs = new ArrayList<>();

    try (ExecutorService nodes = Executors.newFixedThreadPool(NODES)) {
      for (int n = 0; n < NODES; n++) {
        epochs.add(
            nodes.submit(() -> {
              together.await();
              try (Database database = Database.open(settings, Schema.JOURNAL, Schema.KEYS);
                  Connection connection = database.connection()) {
                return JournalEpoch.read(connection);
              }
            }));
      }
    }

    for (Future<UUID> epoch : epochs) {
      assertThat(epoch.get()).isEqualTo(epochs.getFirst().get());
    }
  }

  @Test
  void shouldLimitStatementsAndIdleTransactionsOfEveryConnection() throws Exception {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase();

    try (Database database = Database.open(settings);
        Connection pooled = database.connection();
        Connection own = database.ownConnection()) {
      for (Connection connection : new Connection[] {pooled, own}) {
        assertThat(show(connection, "statement_timeout")).isEqualTo("2s");
        assertThat(show(connection, "idle_in_transaction_session_timeout")).isEqualTo("2s");
      }
      assertThatThrownBy(() -> show(pooled, "x; SELECT pg_sleep(5)"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void shouldLiftLimitsWhenAskedTo() throws Exception {
    DatabaseSettings settings =
        EmbeddedPostgresForTests.freshDatabase().withTimeouts(Duration.ZERO, Duration.ZERO);

    try (Database database = Database.open(settings);
        Connection connection = database.connection()) {
      assertThat(show(connection, "statement_timeout")).isEqualTo("0");
    }
  }

  @Test
  void shouldRefuseADatabaseThatForgetsWhatItAcknowledged() throws Exception {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase();
    try (Database database = Database.open(settings);
        Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
      statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
    }

    assertThatThrownBy(() -> Database.open(settings, Schema.JOURNAL))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("'synchronous_commit' is off");
  }

  @Test
  void shouldBeginANewEpochWhenRowsComeFromAnotherTransactionCounter() throws Exception {
    DatabaseSettings settings = EmbeddedPostgresForTests.freshDatabase();
    UUID before;
    try (Database database = Database.open(settings, Schema.JOURNAL);
        Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      before = JournalEpoch.read(connection);
      statement.execute(
          "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
              + " event_ser_id, event_ser_manifest, event_payload, xid)"
              + " VALUES ('restored', 1, 'w', 0, 1, '', '', '900000000000')");
    }

    try (Database database = Database.open(settings, Schema.JOURNAL);
        Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT xid < pg_snapshot_xmin(pg_current_snapshot()) FROM event_journal")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).isTrue();
      assertThat(JournalEpoch.read(connection)).isNotEqualTo(before);
    }
  }

  @Test
  void shouldNotShowCredentials() {
    DatabaseSettings settings = DatabaseSettings.of("jdbc:postgresql://h/d", "someone", "secret");

    assertThat(settings.toString()).doesNotContain("secret").doesNotContain("someone");
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}

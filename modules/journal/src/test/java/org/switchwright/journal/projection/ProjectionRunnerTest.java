package org.switchwright.journal.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.journal.testing.JournalRows.execute;
import static org.switchwright.journal.testing.JournalRows.insert;
import static org.switchwright.journal.testing.JournalRows.number;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.JournalEpoch;
import org.switchwright.journal.database.Schema;
import org.switchwright.journal.reader.JournalRow;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class ProjectionRunnerTest {
  private Database database;
  private Connection writer;

  @BeforeEach
  void open() throws SQLException {
    database = Database.open(EmbeddedPostgresForTests.freshDatabase(), Schema.JOURNAL);
    writer = database.ownConnection();
    execute(writer, "CREATE TABLE copied (id TEXT, n BIGINT, PRIMARY KEY (id, n))");
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
    database.close();
  }

  @Test
  void shouldStoreEachEventOnceOverRestarts() throws Exception {
    write("call-1", 1, 50);
    ProjectionRunner first = start(new Copy());
    expectCopied(50);
    first.close();
    assertThat(first.state()).isInstanceOf(ProjectionState.Closed.class);
    write("call-1", 51, 80);

    ProjectionRunner second = start(new Copy());

    expectCopied(80);
    second.close();
  }

  @Test
  void shouldLoseAndDoubleNothingWhenItDiesInTheMiddleOfABatch() throws Exception {
    write("call-1", 1, 40);
    AtomicInteger deaths = new AtomicInteger();
    Copy dying =
        new Copy() {
          @Override
          void copy(Connection connection, JournalRow row) throws SQLException {
            super.copy(connection, row);
            if (row.sequenceNr() == 20 && deaths.incrementAndGet() <= 2) {
              connection.abort(Runnable::run);
            }
          }
        };

    ProjectionRunner runner = start(dying);

    expectCopied(40);
    runner.close();
    assertThat(deaths.get()).isEqualTo(3);
  }

  @Test
  void shouldGoOnAfterAFailureThatPassed() throws Exception {
    write("call-1", 1, 40);
    AtomicInteger failures = new AtomicInteger();
    Copy failing =
        new Copy() {
          @Override
          void copy(Connection connection, JournalRow row) throws SQLException {
            if (row.sequenceNr() == 20 && failures.incrementAndGet() <= 2) {
              throw new IllegalStateException("Expected to pass, but not yet");
            }
            super.copy(connection, row);
          }
        };

    ProjectionRunner runner = start(failing);

    expectCopied(40);
    runner.close();
  }

  @Test
  void shouldStopAtAnEventItCannotHandleUntilRestarted() throws Exception {
    write("call-1", 1, 40);
    AtomicLong poison = new AtomicLong(20);
    AtomicInteger stops = new AtomicInteger();
    Copy poisoned =
        new Copy() {
          @Override
          void copy(Connection connection, JournalRow row) throws SQLException {
            if (row.sequenceNr() == poison.get()) {
              throw new IllegalStateException("Expected an event, but got poison");
            }
            super.copy(connection, row);
          }
        };
    ProjectionMetrics counting =
        new ProjectionMetrics() {
          @Override
          public void stopped(String projection) {
            stops.incrementAndGet();
          }
        };
    ProjectionRunner runner =
        ProjectionRunner.start(database, poisoned, counting, InstantSource.system());

    bounded().until(() -> runner.state() instanceof ProjectionState.Stopped);

    assertThat(((ProjectionState.Stopped) runner.state()).event()).isEqualTo("call-1 #20");
    assertThat(stops.get()).isEqualTo(1);
    assertThat(copied()).isEqualTo(19);
    poison.set(0);
    runner.restart();
    expectCopied(40);
    runner.close();
  }

  @Test
  void shouldStartOverWhenRebuiltByAnotherNode() throws Exception {
    write("call-1", 1, 30);
    ProjectionRunner here = start(new Copy());
    expectCopied(30);
    ProjectionRunner there = start(new Copy());
    execute(writer, "UPDATE copied SET id = 'stale'");

    there.rebuild();

    bounded().until(() -> number(writer, "SELECT count(*) FROM copied WHERE id = 'call-1'") == 30);
    assertThat(copied()).isEqualTo(30);
    here.close();
    there.close();
  }

  @Test
  void shouldRunOnOneNodeAndMoveToAnotherWhenThatIsGone() throws Exception {
    ProjectionRunner first = start(new Copy());
    bounded().until(() -> first.state() instanceof ProjectionState.Running);
    ProjectionRunner second = start(new Copy());
    write("call-1", 1, 10);
    expectCopied(10);
    assertThat(second.state()).isInstanceOf(ProjectionState.Waiting.class);

    first.close();
    write("call-1", 11, 20);

    expectCopied(20);
    assertThat(second.state()).isInstanceOf(ProjectionState.Running.class);
    second.close();
  }

  @Test
  void shouldStartOverInANewEpoch() throws Exception {
    AtomicInteger clears = new AtomicInteger();
    Copy copy =
        new Copy() {
          @Override
          public void clear(Connection connection) throws SQLException {
            super.clear(connection);
            clears.incrementAndGet();
          }
        };
    write("call-1", 1, 10);
    ProjectionRunner runner = start(copy);
    expectCopied(10);

    JournalEpoch.renew(writer);
    write("call-1", 11, 12);

    bounded().until(() -> clears.get() == 1);
    expectCopied(12);
    runner.close();
  }

  private ProjectionRunner start(Projection projection) {
    return ProjectionRunner.start(
        database, projection, ProjectionMetrics.NONE, InstantSource.system());
  }

  private void write(String id, int from, int to) throws SQLException {
    writer.setAutoCommit(false);
    for (int n = from; n <= to; n++) {
      insert(writer, id, n);
    }
    writer.commit();
    writer.setAutoCommit(true);
  }

  private void expectCopied(long rows) {
    bounded().until(() -> copied() == rows);
  }

  private long copied() throws SQLException {
    return number(writer, "SELECT count(*) FROM copied");
  }

  private static ConditionFactory bounded() {
    return await().atMost(Duration.ofSeconds(30));
  }

  /** Copies each event's identity; its primary key refuses to do so twice. */
  private static class Copy implements Projection {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public void handle(Connection connection, List<JournalRow> rows) throws SQLException {
      for (JournalRow row : rows) {
        copy(connection, row);
      }
    }

    @Override
    public void clear(Connection connection) throws SQLException {
      execute(connection, "TRUNCATE copied");
    }

    void copy(Connection connection, JournalRow row) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO copied (id, n) VALUES (?, ?)")) {
        insert.setString(1, row.persistenceId());
        insert.setLong(2, row.sequenceNr());
        insert.executeUpdate();
      }
    }
  }
}

package org.switchwright.journal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.journal.testing.EmbeddedPostgresForTests;

class EmbeddedPostgresTest {
  @TempDir Path directory;

  @Test
  void shouldKeepDataAndPasswordOverRestarts() throws Exception {
    Path home = directory.resolve("home");
    DatabaseSettings first;
    try (EmbeddedPostgres server = start(home, 0)) {
      first = server.settings();
      execute(first, "CREATE TABLE kept (n INT)");
      execute(first, "INSERT INTO kept VALUES (7)");
      assertThatThrownBy(() -> start(home, 0))
          .isInstanceOf(DatabaseRefused.class)
          .hasMessageContaining("another running server");
    }

    try (EmbeddedPostgres server = start(home, 0)) {
      assertThat(server.settings().password()).isEqualTo(first.password());
      assertThat(number(server.settings(), "SELECT n FROM kept")).isEqualTo(7);
      for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
        assertThat(text(server.settings(), "SHOW " + setting)).isEqualTo("on");
      }
    }
    assertThat(OldPostmaster.find(home.resolve("data"))).isEmpty();
  }

  @Test
  void shouldLetNobodyInWithoutThePassword() throws Exception {
    Path home = directory.resolve("home");

    try (EmbeddedPostgres server = start(home, 0)) {
      DatabaseSettings right = server.settings();

      for (String user : new String[] {"postgres", EmbeddedPostgres.USER}) {
        assertThatThrownBy(
                () -> execute(DatabaseSettings.of(right.url(), user, "guess"), "SELECT 1"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
      }
      assertThat(text(right, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      // The fifth line of the file is the directory of the socket.
      assertThat(Files.readAllLines(home.resolve("data/postmaster.pid")).get(4)).isBlank();
      for (String file : new String[] {"password", "superuser-password"}) {
        assertThat(Files.getPosixFilePermissions(home.resolve(file)))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  /** A killed server leaves its postmaster behind: here the lock is gone, the postmaster is not. */
  @Test
  void shouldReplaceThePostmasterThatAKilledServerLeftBehind() throws Exception {
    Path home = directory.resolve("home");
    Process killed = startInAnotherProcess(home);
    long old = OldPostmaster.find(home.resolve("data")).orElseThrow().pid();
    killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(old)).hasValueSatisfying(p -> assertThat(p.isAlive()).isTrue());

    try (EmbeddedPostgres server = start(home, 0)) {
      assertThat(number(server.settings(), "SELECT n FROM acknowledged")).isEqualTo(1);
      assertThat(OldPostmaster.find(home.resolve("data")).orElseThrow().pid()).isNotEqualTo(old);
    }
    assertThat(ProcessHandle.of(old).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void shouldSetAsideWhatAnInterruptedFirstStartLeft() throws Exception {
    Path home = directory.resolve("home");
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/postgresql.conf"), "half");

    try (EmbeddedPostgres server = start(home, 0)) {
      assertThat(number(server.settings(), "SELECT 1")).isEqualTo(1);
    }
  }

  private static Process startInAnotherProcess(Path home) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader().readLine();
    while (line != null && !line.equals("ready")) {
      line = process.inputReader().readLine();
    }
    assertThat(line).isEqualTo("ready");
    return process;
  }

  /** The main of the process that is killed. */
  static final class KilledServer {
    private KilledServer() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres server = start(Path.of(arguments[0]), 0);
      execute(server.settings(), "CREATE TABLE acknowledged (n INT)");
      execute(server.settings(), "INSERT INTO acknowledged VALUES (1)");
      System.out.println("ready");
      System.in.read();
    }
  }

  private static EmbeddedPostgres start(Path home, int port) {
    return EmbeddedPostgres.start(home, EmbeddedPostgresForTests.binaries(), port);
  }

  private static void execute(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(DatabaseSettings settings, String sql) throws SQLException {
    return Integer.parseInt(text(settings, sql));
  }

  private static String text(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }
}

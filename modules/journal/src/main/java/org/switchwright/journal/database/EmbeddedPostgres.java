package org.switchwright.journal.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that the server brings along and starts itself, on 127.0.0.1 only, with a
 * password made at the first start. Its home directory survives restarts:
 *
 * <pre>
 *   HOME/lock                held by the process that uses it
 *   HOME/superuser-password  0600, of role postgres
 *   HOME/password            0600, of role switchwright, which owns the database
 *   HOME/binaries/           unpacked once
 *   HOME/data/               PostgreSQL's own; its log is in data/log
 * </pre>
 *
 * <p>A postmaster left over from a killed server is stopped first: its data are whole, because they
 * were committed durably. Linux on amd64 only; as root it starts through a user namespace, since
 * PostgreSQL refuses to run as root.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  public static final String DATABASE = "switchwright";
  public static final String USER = "switchwright";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration START_WAIT = Duration.ofSeconds(60);
  private static final int MAX_CONNECTIONS = 200;

  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;
  private final FileChannel lock;
  private final Path data;
  private final String superuserPassword;
  private final String password;

  private EmbeddedPostgres(
      io.zonky.test.db.postgres.embedded.EmbeddedPostgres server,
      FileChannel lock,
      Path data,
      String superuserPassword,
      String password) {
    this.server = server;
    this.lock = lock;
    this.data = data;
    this.superuserPassword = superuserPassword;
    this.password = password;
  }

  /**
   * Starts the server; the first time in a home this takes some seconds.
   *
   * @param home made when missing, with access for its owner only
   * @param port on 127.0.0.1; 0 takes a free one
   * @throws DatabaseRefused if another process uses the home, or PostgreSQL cannot start here
   */
  public static EmbeddedPostgres start(Path home, int port) {
    return start(home, home.resolve("binaries"), port);
  }

  /** As {@link #start(Path, int)}, with unpacked binaries shared by several homes. */
  public static EmbeddedPostgres start(Path home, Path binaries, int port) {
    Path root = home.toAbsolutePath().normalize();
    FileChannel lock = null;
    try {
      PrivateFiles.directory(root);
      lock = takeLock(root);
      UserNamespace.requireWhenRoot();
      Path data = root.resolve("data");
      OldPostmaster.stop(data);
      setUnfinishedAside(root, data);
      String superuserPassword = PrivateFiles.secret(root.resolve("superuser-password"));
      String password = PrivateFiles.secret(root.resolve("password"));
      PrivateFiles.directory(binaries.toAbsolutePath());
      var server = startServer(root, data, binaries.toAbsolutePath(), superuserPassword, port);
      // The library opens its working directory to everybody; what we run must stay ours.
      PrivateFiles.close(binaries.toAbsolutePath());
      EmbeddedPostgres started =
          new EmbeddedPostgres(server, lock, data, superuserPassword, password);
      started.prepare(root);
      return started;
    } catch (IOException | SQLException | IllegalStateException e) {
      release(lock);
      throw new DatabaseRefused(
          "Expected the embedded PostgreSQL to start in "
              + root
              + ", but it did not: "
              + e.getMessage()
              + "; see data/log there",
          e);
    } catch (DatabaseRefused e) {
      release(lock);
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  /** Settings of the database made at the first start. */
  public DatabaseSettings settings() {
    return DatabaseSettings.of(url(DATABASE), USER, password);
  }

  /**
   * Makes one more, empty database of the same owner.
   *
   * @param name lower-case letters, digits and underscores
   */
  public DatabaseSettings createDatabase(String name) throws SQLException {
    if (!name.matches("[a-z][a-z0-9_]{0,50}")) {
      throw new IllegalArgumentException("Expected a plain database name, but got another");
    }
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER " + USER);
    }
    return DatabaseSettings.of(url(name), USER, password);
  }

  /** Stops the server with all that is committed; clients still connected are cut off. */
  @Override
  public void close() {
    try {
      server.close();
      OldPostmaster.stop(data);
    } catch (IOException e) {
      LOG.warn("The embedded PostgreSQL did not stop cleanly; the next start recovers it", e);
    } finally {
      release(lock);
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres startServer(
      Path root, Path data, Path binaries, String superuserPassword, int port) throws IOException {
    // Otherwise the library looks for data directories to delete in the system's temporary folder.
    System.setProperty("ot.epg.working-dir", binaries.toString());
    return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(binaries.toFile())
        .setPort(port)
        .setPGStartupWait(START_WAIT)
        // Later options win over the library's own "-A trust".
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", root.resolve("superuser-password").toString())
        .setLocaleConfig("locale", "C")
        .setConnectConfig("password", superuserPassword)
        .setOutputRedirector(Redirect.DISCARD)
        .setErrorRedirector(Redirect.DISCARD)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", Integer.toString(MAX_CONNECTIONS))
        .setServerConfig("password_encryption", "scram-sha-256")
        // One file a weekday, written over a week later; no statement texts and no values in it.
        .setServerConfig("logging_collector", "on")
        .setServerConfig("log_directory", "log")
        .setServerConfig("log_filename", "postgresql-%a.log")
        .setServerConfig("log_truncate_on_rotation", "on")
        .setServerConfig("log_rotation_age", "1d")
        .setServerConfig("log_rotation_size", "0")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_error_verbosity", "terse")
        .start();
  }

  private void prepare(Path root) throws IOException, SQLException {
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement()) {
      // The generated password holds letters, digits, '-' and '_' only.
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
        statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + password + "'");
      }
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
      }
    }
    Files.writeString(root.resolve("finished"), "The first start of this home was finished.\n");
  }

  private Connection asSuperuser() throws SQLException {
    return DriverManager.getConnection(url("postgres"), "postgres", superuserPassword);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
  }

  private static boolean exists(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      return row.next();
    }
  }

  private static FileChannel takeLock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("The home is in use by this very process", e);
    }
    channel.close();
    throw new DatabaseRefused(
        "Expected to be alone in " + root + ", but another running server uses it");
  }

  /** A start killed in the middle of initdb leaves data that no server accepts. */
  private static void setUnfinishedAside(Path root, Path data) throws IOException {
    if (Files.exists(data) && Files.notExists(root.resolve("finished"))) {
      Path aside = root.resolve("data-unfinished-" + Instant.now().toEpochMilli());
      LOG.warn("The first start was interrupted; its unfinished data are set aside");
      Files.move(data, aside);
    }
  }

  private static void release(@Nullable FileChannel lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.warn("The lock of the database's home was not released cleanly", e);
      }
    }
  }
}

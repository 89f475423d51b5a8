package org.switchwright.journal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.EmbeddedPostgres;

/**
 * One PostgreSQL for all tests of a JVM, started by the first that asks, stopped and deleted at the
 * end; each caller gets an empty database of its own.
 */
public final class EmbeddedPostgresForTests {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private EmbeddedPostgresForTests() {}

  public static DatabaseSettings freshDatabase() {
    try {
      return Shared.SERVER.createDatabase("test_" + DATABASES.incrementAndGet()).withPoolSize(8);
    } catch (SQLException e) {
      throw new IllegalStateException("Expected an empty database, but none could be made", e);
    }
  }

  /**
   * Binaries unpacked once and shared by all homes that tests make: unpacking takes longer than all
   * else that a server does when it starts.
   */
  public static Path binaries() {
    return Path.of(System.getProperty("switchwright.root", "."), "target", "postgres-binaries")
        .toAbsolutePath()
        .normalize();
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        Path home = Files.createTempDirectory("switchwright-postgres-");
        EmbeddedPostgres server = EmbeddedPostgres.start(home, binaries(), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(EmbeddedPostgres server, Path home) {
      server.close();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package org.switchwright.journal.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Objects;
import org.switchwright.journal.database.DatabaseSettings;

/** Pekko's configuration of journal and snapshots, from the settings of our own database pool. */
public final class JournalConfiguration {
  private static final String DATABASE = "pekko-persistence-jdbc.shared-databases.switchwright.db";

  private JournalConfiguration() {}

  /**
   * To be put before {@code ConfigFactory.load()}. The plugin keeps a pool of its own, of the size
   * given, with one thread per connection.
   */
  public static Config of(DatabaseSettings settings) {
    Map<String, Object> database =
        Map.of(
            "url",
            settings.driverUrl(),
            "user",
            settings.user(),
            "password",
            settings.password(),
            "connectionInitSql",
            settings.sessionSetup(),
            "connectionTimeout",
            settings.connectionTimeout().toMillis(),
            "numThreads",
            settings.poolSize(),
            "maxConnections",
            settings.poolSize(),
            "minConnections",
            settings.poolSize());
    return ConfigFactory.parseMap(
            Map.of(
                DATABASE, database, "jdbc-journal.parallelism", Math.min(8, settings.poolSize())))
        .withFallback(
            ConfigFactory.parseResources(
                Objects.requireNonNull(JournalConfiguration.class.getClassLoader()),
                "switchwright-journal.conf"));
  }
}

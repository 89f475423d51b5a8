package org.switchwright.journal.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated PostgreSQL database and its pool of connections.
 *
 * <p>Refuses a server that would lose what it has acknowledged: an event is acted upon as soon as
 * it is committed, so {@code fsync}, {@code full_page_writes} and {@code synchronous_commit} must
 * not be off.
 */
public final class Database implements AutoCloseable {
  /** The advisory lock under which tables are made; any number that nobody else uses. */
  private static final long STARTING = 0x5357_0001L;

  private final DatabaseSettings settings;
  private final HikariDataSource pool;

  private Database(DatabaseSettings settings, HikariDataSource pool) {
    this.settings = settings;
    this.pool = pool;
  }

  /**
   * Connects, checks, migrates.
   *
   * @throws DatabaseRefused if the server is not there, not durable, or holds a schema of a newer
   *     version
   */
  public static Database open(DatabaseSettings settings, Schema... schemas) {
    PGSimpleDataSource unlimited = new PGSimpleDataSource();
    unlimited.setUrl(settings.url());
    unlimited.setUser(settings.user());
    unlimited.setPassword(settings.password());
    unlimited.setConnectTimeout((int) settings.connectionTimeout().toSeconds());
    unlimited.setLoginTimeout((int) settings.connectionTimeout().toSeconds());
    checkDurable(unlimited);
    oneByOne(
        unlimited,
        () -> {
          for (Schema schema : schemas) {
            migrate(unlimited, schema);
            if (schema == Schema.JOURNAL) {
              JournalEpoch.renewIfRestored(unlimited);
            }
          }
        });
    return new Database(settings, new HikariDataSource(poolConfig(settings)));
  }

  public DatabaseSettings settings() {
    return settings;
  }

  public DataSource dataSource() {
    return pool;
  }

  /** A connection of the pool, in auto-commit mode. */
  public Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /**
   * A connection outside the pool, for what belongs to a session: locks. Whoever takes it closes
   * it.
   */
  public Connection ownConnection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    Connection connection = DriverManager.getConnection(settings.driverUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings.sessionSetup());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariConfig poolConfig(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("switchwright");
    config.setJdbcUrl(settings.driverUrl());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(2, settings.poolSize()));
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setValidationTimeout(Math.min(1_000, settings.connectionTimeout().toMillis()));
    config.setConnectionInitSql(settings.sessionSetup());
    return config;
  }

  private static void checkDurable(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
          row.next();
          if (row.getString(1).equals("off")) {
            throw new DatabaseRefused(
                "Expected a PostgreSQL that keeps what it acknowledges, but its setting '"
                    + setting
                    + "' is off; set it to on");
          }
        }
      }
    } catch (SQLException e) {
      throw new DatabaseRefused(
          "Expected a PostgreSQL that accepts connections, but it answered: " + reason(e), e);
    }
  }

  /** Nodes that start at the same time find the tables made, or make them; not both. */
  private static void oneByOne(DataSource source, Runnable work) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + STARTING + ")");
      // The lock ends with the connection, however this ends.
      work.run();
    } catch (SQLException e) {
      throw new DatabaseRefused(
          "Expected a PostgreSQL that lends a lock, but it answered: " + reason(e), e);
    }
  }

  private static void migrate(DataSource source, Schema schema) {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations(schema.location())
          .table(schema.historyTable())
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseRefused(
          "Expected to bring the tables of "
              + schema
              + " up to date, but the migration failed: "
              + e.getMessage(),
          e);
    }
  }

  private static String reason(SQLException e) {
    return e.getMessage() + " (SQLSTATE " + e.getSQLState() + ")";
  }
}

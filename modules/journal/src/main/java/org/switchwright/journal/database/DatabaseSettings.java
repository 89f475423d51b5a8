package org.switchwright.journal.database;

import java.time.Duration;

/**
 * Where a PostgreSQL database is, and how long anything asked of it may take.
 *
 * @param url JDBC URL without credentials: {@code jdbc:postgresql://host:port/name}
 * @param poolSize connections kept by one pool, 1 to 200
 * @param statementTimeout after which the server aborts a statement; zero lifts the limit
 * @param idleInTransactionTimeout after which the server ends a transaction that does nothing; zero
 *     lifts the limit. An open transaction holds back everybody who reads the journal.
 * @param connectionTimeout how long a caller waits for a connection
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int poolSize,
    Duration statementTimeout,
    Duration idleInTransactionTimeout,
    Duration connectionTimeout) {
  private static final int MAX_POOL_SIZE = 200;

  public DatabaseSettings {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "Expected a database URL that starts with 'jdbc:postgresql:', but got another kind");
    }
    if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
      throw new IllegalArgumentException(
          "Expected a pool of 1 to " + MAX_POOL_SIZE + " connections, but got " + poolSize);
    }
    if (statementTimeout.isNegative() || idleInTransactionTimeout.isNegative()) {
      throw new IllegalArgumentException("Expected timeouts of zero or more, but got less");
    }
    if (connectionTimeout.toMillis() < 1_000) {
      throw new IllegalArgumentException(
          "Expected a connection timeout of at least 1 s, but got " + connectionTimeout);
    }
  }

  /** The measured defaults: 2 s for statements and idle transactions, 3 s for a connection. */
  public static DatabaseSettings of(String url, String user, String password) {
    return new DatabaseSettings(
        url,
        user,
        password,
        16,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3));
  }

  public DatabaseSettings withPoolSize(int connections) {
    return new DatabaseSettings(
        url,
        user,
        password,
        connections,
        statementTimeout,
        idleInTransactionTimeout,
        connectionTimeout);
  }

  public DatabaseSettings withTimeouts(Duration statement, Duration idleInTransaction) {
    return new DatabaseSettings(
        url, user, password, poolSize, statement, idleInTransaction, connectionTimeout);
  }

  /** What each new connection is told first. */
  public String sessionSetup() {
    return "SET statement_timeout = "
        + statementTimeout.toMillis()
        + "; SET idle_in_transaction_session_timeout = "
        + idleInTransactionTimeout.toMillis();
  }

  /**
   * The URL with what the driver must know: inserts of a batch become one statement, a silent
   * server is given up on a little after it should have ended the statement by itself, and no
   * exception repeats the values of a statement, which would end up in a log.
   */
  public String driverUrl() {
    long connectS = Math.max(1, connectionTimeout.toSeconds());
    String limits =
        statementTimeout.isZero() ? "" : "&socketTimeout=" + (statementTimeout.toSeconds() + 5);
    return url
        + (url.contains("?") ? "&" : "?")
        + "reWriteBatchedInserts=true&logServerErrorDetail=false&tcpKeepAlive=true&connectTimeout="
        + connectS
        + "&loginTimeout="
        + connectS
        + limits;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[poolSize=" + poolSize + "]";
  }
}

package org.switchwright.journal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Lets one node of the cluster do what one is to do: advisory locks that belong to a session. A
 * node that is gone without a word loses them after {@link #SESSION_TIMEOUT}, so two may believe
 * for that long that they have one: it spares work, and proves nothing.
 */
public final class SessionLock implements AutoCloseable {
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  /** How often {@link #giveSignOfLife} is to be called. */
  public static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private final Connection session;

  private SessionLock(Connection session) {
    this.session = session;
  }

  public static SessionLock connect(Database database) throws SQLException {
    Connection session = database.ownConnection();
    try (Statement statement = session.createStatement()) {
      statement.execute("SET idle_session_timeout = " + SESSION_TIMEOUT.toMillis());
    } catch (SQLException e) {
      session.close();
      throw e;
    }
    return new SessionLock(session);
  }

  /**
   * True if this session now holds the lock.
   *
   * @param name of what one node is to do
   */
  public boolean take(String name) throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "switchwright." + name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Keeps the session alive, or fails because it, and the lock, is lost. */
  public void giveSignOfLife() throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}

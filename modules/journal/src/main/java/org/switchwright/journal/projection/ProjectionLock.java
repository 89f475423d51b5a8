package org.switchwright.journal.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.switchwright.journal.database.Database;

/**
 * Lets one node of the cluster run a projection: an advisory lock that belongs to a session. A node
 * that is gone without a word loses it after {@link #SESSION_TIMEOUT}. It spares work; what keeps
 * rows from coming twice is the lock on the offset.
 */
final class ProjectionLock implements AutoCloseable {
  static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private final Connection session;
  private final String name;

  private ProjectionLock(Connection session, String name) {
    this.session = session;
    this.name = name;
  }

  static ProjectionLock connect(Database database, String name) throws SQLException {
    Connection session = database.ownConnection();
    try (Statement statement = session.createStatement()) {
      statement.execute("SET idle_session_timeout = " + SESSION_TIMEOUT.toMillis());
    } catch (SQLException e) {
      session.close();
      throw e;
    }
    return new ProjectionLock(session, name);
  }

  /** True if this session now holds the lock. */
  boolean take() throws SQLException {
    try (PreparedStatement statement =
        session.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "switchwright.projection." + name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Keeps the session alive, or fails because it, and the lock, is lost. */
  void giveSignOfLife() throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT 1");
    }
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}

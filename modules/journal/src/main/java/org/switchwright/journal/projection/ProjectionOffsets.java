package org.switchwright.journal.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.switchwright.journal.database.JournalEpoch;
import org.switchwright.journal.reader.Cursor;

/** The table of how far each projection has come. */
final class ProjectionOffsets {
  private ProjectionOffsets() {}

  /** The stored place; the start of the journal is stored first if there is none. */
  static Cursor load(Connection connection, String name) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO projection_offset (name, epoch, xid, ordering)"
                + " SELECT ?, epoch, '0', 0 FROM journal_epoch ON CONFLICT DO NOTHING")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
    return read(connection, name, "");
  }

  /** As {@link #load}, and nobody else changes it before the transaction ends. */
  static Cursor lock(Connection connection, String name) throws SQLException {
    return read(connection, name, " FOR UPDATE");
  }

  static void store(Connection connection, String name, Cursor at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE projection_offset SET epoch = ?, xid = ?, ordering = ?, updated_at = now()"
                + " WHERE name = ?")) {
      update.setObject(1, at.epoch());
      update.setObject(2, Long.toString(at.xid()), Types.OTHER);
      update.setLong(3, at.ordering());
      update.setString(4, name);
      if (update.executeUpdate() != 1) {
        throw new SQLException("Expected one offset of projection " + name + ", but found none");
      }
    }
  }

  static Cursor reset(Connection connection, String name) throws SQLException {
    Cursor start = Cursor.start(JournalEpoch.read(connection));
    store(connection, name, start);
    return start;
  }

  private static Cursor read(Connection connection, String name, String locking)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, xid::text, ordering FROM projection_offset WHERE name = ?" + locking)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("Expected an offset of projection " + name + ", but found none");
        }
        return new Cursor(
            row.getObject(1, UUID.class), Long.parseLong(row.getString(2)), row.getLong(3));
      }
    }
  }
}

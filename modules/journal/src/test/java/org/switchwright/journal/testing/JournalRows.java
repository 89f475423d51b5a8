package org.switchwright.journal.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** Rows of the journal as the plugin writes them, without the plugin. */
public final class JournalRows {
  private JournalRows() {}

  /** Inserts one event in the connection's present transaction. */
  public static void insert(Connection connection, String persistenceId, long sequenceNr)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
                + " event_ser_id, event_ser_manifest, event_payload) VALUES (?, ?, 'w', ?, 1, 'm', ?)")) {
      statement.setString(1, persistenceId);
      statement.setLong(2, sequenceNr);
      statement.setLong(3, Instant.now().toEpochMilli());
      statement.setBytes(4, (persistenceId + "#" + sequenceNr).getBytes(UTF_8));
      statement.executeUpdate();
    }
  }

  /** Inserts events as the plugin would, in the connection's present transaction. */
  public static void insert(Connection connection, List<House.Row> rows) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
                + " event_ser_id, event_ser_manifest, event_payload)"
                + " VALUES (?, ?, 'w', ?, 7001, ?, ?)")) {
      for (House.Row row : rows) {
        statement.setString(1, row.persistenceId());
        statement.setLong(2, row.sequenceNr());
        statement.setLong(3, row.at().toEpochMilli());
        statement.setString(4, row.name());
        statement.setBytes(5, row.payload());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  public static long number(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getLong(1);
    }
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

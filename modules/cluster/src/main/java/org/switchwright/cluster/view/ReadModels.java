package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.switchwright.journal.reader.Cursor;

/** Reads tables of the views together with how far the views have come, all of one moment. */
final class ReadModels {
  private static final String AS_OF =
      """
      SELECT e.epoch, coalesce(o.xid::text, '0'), coalesce(o.ordering, 0),
        coalesce(
          (SELECT to_timestamp(j.write_timestamp / 1000.0) FROM event_journal j
           WHERE (j.xid, j.ordering) > (coalesce(o.xid, '0'), coalesce(o.ordering, 0))
           ORDER BY j.xid, j.ordering LIMIT 1),
          clock_timestamp())
      FROM journal_epoch e
      LEFT JOIN projection_offset o ON o.name = ? AND o.epoch = e.epoch
      """;

  private final DataSource source;

  ReadModels(DataSource source) {
    this.source = source;
  }

  @FunctionalInterface
  interface Reading<T> {
    T read(Connection connection, AsOf asOf) throws SQLException;
  }

  <T> T read(Reading<T> reading) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try {
        return reading.read(connection, asOf(connection));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static AsOf asOf(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(AS_OF)) {
      select.setString(1, Views.NAME);
      ResultSet row = select.executeQuery();
      if (!row.next()) {
        throw new SQLException("Expected one journal epoch, but the table was empty");
      }
      UUID epoch = row.getObject(1, UUID.class);
      Instant at = Objects.requireNonNull(row.getObject(4, OffsetDateTime.class)).toInstant();
      return new AsOf(new Cursor(epoch, Long.parseLong(row.getString(2)), row.getLong(3)), at);
    }
  }
}

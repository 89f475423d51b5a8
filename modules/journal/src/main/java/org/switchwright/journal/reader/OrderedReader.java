package org.switchwright.journal.reader;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.switchwright.journal.database.JournalEpoch;

/**
 * Reads the journal in the order of its commits.
 *
 * <p>Serial numbers are drawn before the commit, so a reader that follows them passes over rows
 * whose transaction is still open. This one follows (transaction, serial number) and stops short of
 * the oldest transaction still open: whatever commits later has a number not below it. Nothing is
 * lost and nothing comes twice; the price is that one open transaction holds up all readers, which
 * the database's timeouts bound.
 */
public final class OrderedReader {
  /** Rows read at once, at most. */
  public static final int MAX_ROWS = 1_000;

  private static final String NEXT_ROWS =
      """
      SELECT e.epoch, j.xid::text, j.ordering, j.persistence_id, j.sequence_number, j.event_ser_id,
             j.event_ser_manifest, j.event_payload, j.write_timestamp
      FROM journal_epoch e LEFT JOIN LATERAL (
        SELECT * FROM event_journal
        WHERE e.epoch = ? AND (xid, ordering) > (?, ?)
          AND xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY xid, ordering LIMIT ?) j ON TRUE
      ORDER BY j.xid, j.ordering
      """;

  private static final String HEAD =
      "SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text FROM journal_epoch";

  private final DataSource source;

  public OrderedReader(DataSource source) {
    this.source = source;
  }

  /**
   * The rows after a cursor.
   *
   * @param limit 1 to {@value #MAX_ROWS}
   */
  public Batch read(Cursor after, int limit) throws SQLException {
    if (limit < 1 || limit > MAX_ROWS) {
      throw new IllegalArgumentException(
          "Expected to read 1 to " + MAX_ROWS + " rows, but got " + limit);
    }
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(NEXT_ROWS)) {
      statement.setObject(1, after.epoch());
      statement.setObject(2, Long.toString(after.xid()), Types.OTHER);
      statement.setLong(3, after.ordering());
      statement.setInt(4, limit);
      try (ResultSet result = statement.executeQuery()) {
        return batch(result, after.epoch());
      }
    }
  }

  /** Before the first row. */
  public Cursor start() throws SQLException {
    try (Connection connection = source.getConnection()) {
      return Cursor.start(JournalEpoch.read(connection));
    }
  }

  /** After all that can be read now: for whoever wants only what comes. */
  public Cursor head() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HEAD)) {
      if (!row.next()) {
        throw new IllegalStateException("Expected one journal epoch, but the table was empty");
      }
      long oldestOpen = Long.parseLong(row.getString(2));
      return new Cursor(row.getObject(1, UUID.class), oldestOpen - 1, Long.MAX_VALUE);
    }
  }

  private static Batch batch(ResultSet result, UUID expected) throws SQLException {
    List<JournalRow> rows = new ArrayList<>();
    while (result.next()) {
      UUID epoch = result.getObject(1, UUID.class);
      if (!epoch.equals(expected)) {
        return new Batch.EpochChanged(Cursor.start(epoch));
      }
      String xid = result.getString(2);
      if (xid != null) {
        rows.add(row(result, new Cursor(epoch, Long.parseLong(xid), result.getLong(3))));
      }
    }
    return new Batch.Rows(rows);
  }

  private static JournalRow row(ResultSet result, Cursor cursor) throws SQLException {
    return new JournalRow(
        cursor,
        result.getString(4),
        result.getLong(5),
        result.getInt(6),
        result.getString(7),
        result.getBytes(8),
        Instant.ofEpochMilli(result.getLong(9)));
  }
}

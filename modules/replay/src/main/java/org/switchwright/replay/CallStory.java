package org.switchwright.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.switchwright.domain.CallId;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.reader.Cursor;
import org.switchwright.journal.reader.JournalRow;

/**
 * Finds every event of one call, in the order of their commits: its own, and those of its site that
 * name it. The latter are found by the views' index, and so are missing for as long as the views
 * lag behind; at most {@value #MAX_EVENTS}.
 */
final class CallStory {
  static final int MAX_EVENTS = 10_000;

  private static final String SELECT =
      """
      SELECT e.epoch, j.xid::text, j.ordering, j.persistence_id, j.sequence_number,
        j.event_ser_id, j.event_ser_manifest, j.event_payload, j.write_timestamp
      FROM journal_epoch e, (
        SELECT * FROM event_journal WHERE persistence_id = ?
        UNION ALL
        SELECT s.* FROM call_mention m JOIN event_journal s ON s.ordering = m.ordering
        WHERE m.call_id = ?) j
      ORDER BY j.xid, j.ordering LIMIT ?
      """;

  private final DataSource source;

  CallStory(DataSource source) {
    this.source = source;
  }

  /** None where there is no such call. */
  List<Told> of(CallId call, EventFormat format) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, "call|" + call);
      select.setString(2, call.value());
      select.setInt(3, MAX_EVENTS);
      List<Told> story = new ArrayList<>();
      ResultSet row = select.executeQuery();
      while (row.next()) {
        story.add(told(row, format));
      }
      return story;
    }
  }

  private static Told told(ResultSet row, EventFormat format) throws SQLException {
    UUID epoch = row.getObject(1, UUID.class);
    JournalRow read =
        new JournalRow(
            new Cursor(epoch, Long.parseLong(row.getString(2)), row.getLong(3)),
            row.getString(4),
            row.getLong(5),
            row.getInt(6),
            row.getString(7),
            row.getBytes(8),
            Instant.ofEpochMilli(row.getLong(9)));
    return new Told(read, format.read(read.manifest(), read.payload()).event());
  }
}

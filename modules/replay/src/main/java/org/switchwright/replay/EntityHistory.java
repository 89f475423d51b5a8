package org.switchwright.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.journal.format.EventFormat;

/** The events of one aggregate in their order, so many at a time. */
public final class EntityHistory {
  private static final int ROWS_AT_ONCE = 1_000;

  private static final String SELECT =
      """
      SELECT sequence_number, event_ser_manifest, event_payload FROM event_journal
      WHERE persistence_id = ? AND sequence_number > ? AND NOT deleted
      ORDER BY sequence_number LIMIT ?
      """;

  /** An event and its number in the aggregate's history. */
  public record Numbered(long sequenceNr, Object event) {}

  private final Connection connection;
  private final EventFormat format;
  private final String persistenceId;
  private long last;

  /**
   * From the first event on.
   *
   * @param persistenceId such as {@code site|berlin}
   */
  public EntityHistory(Connection connection, EventFormat format, String persistenceId) {
    this(connection, format, persistenceId, 0);
  }

  /** From the event on that follows the one of this number. */
  public EntityHistory(
      Connection connection, EventFormat format, String persistenceId, long after) {
    this.connection = connection;
    this.format = format;
    this.persistenceId = persistenceId;
    this.last = after;
  }

  /** The next ones; none at the end. */
  public List<Numbered> next() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, persistenceId);
      select.setLong(2, last);
      select.setInt(3, ROWS_AT_ONCE);
      List<Numbered> events = new ArrayList<>();
      ResultSet result = select.executeQuery();
      while (result.next()) {
        if (result.getLong(1) != ++last) {
          throw new IllegalStateException(
              "Expected event " + last + " of " + persistenceId + ", but it is missing");
        }
        events.add(
            new Numbered(last, format.read(result.getString(2), result.getBytes(3)).event()));
      }
      return events;
    }
  }
}

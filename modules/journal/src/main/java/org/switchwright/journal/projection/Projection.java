package org.switchwright.journal.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.switchwright.journal.reader.JournalRow;

/**
 * Makes rows from events. Both methods work in a transaction that is not theirs: they must neither
 * commit nor roll back nor keep the connection.
 */
public interface Projection {
  /** Stable: the offset is kept under it. 1 to 100 lower-case letters, digits and hyphens. */
  String name();

  /**
   * Stores what the events mean. Each row comes exactly once as far as this database is concerned,
   * in order per entity.
   */
  void handle(Connection connection, List<JournalRow> rows) throws Exception;

  /** Empties the projection's tables, because all events will come again. */
  void clear(Connection connection) throws SQLException;
}

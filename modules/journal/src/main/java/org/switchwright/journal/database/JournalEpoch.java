package org.switchwright.journal.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The span in which the journal's cursors mean something. It ends when the database is restored
 * from a copy: its transaction counter may then run again through numbers already handed out.
 */
public final class JournalEpoch {
  private static final Logger LOG = LoggerFactory.getLogger(JournalEpoch.class);

  private JournalEpoch() {}

  public static UUID read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT epoch FROM journal_epoch")) {
      if (!row.next()) {
        throw new IllegalStateException("Expected one journal epoch, but the table was empty");
      }
      return row.getObject(1, UUID.class);
    }
  }

  /**
   * Begins a new epoch: all rows count as written by the present transaction, in the order they
   * had, which per entity is the order of commit; cursors and offsets of before are void.
   */
  public static void renew(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE event_journal IN EXCLUSIVE MODE");
      statement.execute("UPDATE event_journal SET xid = pg_current_xact_id()");
      statement.execute(
          "UPDATE journal_epoch SET epoch = gen_random_uuid(), since = now(),"
              + " system_identifier = s.system_identifier, timeline_id = c.timeline_id"
              + " FROM pg_control_system() s, pg_control_checkpoint() c");
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  static void renewIfRestored(DataSource unlimited) {
    try (Connection connection = unlimited.getConnection()) {
      if (restored(connection)) {
        LOG.warn("The journal comes from a restore: a new epoch begins, projections start over");
        renew(connection);
      }
    } catch (SQLException e) {
      throw new DatabaseRefused(
          "Expected to read the journal's epoch, but got SQLSTATE " + e.getSQLState(), e);
    }
  }

  private static boolean restored(Connection connection) throws SQLException {
    String question =
        "SELECT e.system_identifier <> s.system_identifier OR e.timeline_id <> c.timeline_id"
            + " OR EXISTS (SELECT 1 FROM event_journal"
            + "   WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()))"
            + " FROM journal_epoch e, pg_control_system() s, pg_control_checkpoint() c";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    }
  }
}

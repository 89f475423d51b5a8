package org.switchwright.journal.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** All or nothing, and what kind of failure may pass by itself. */
final class Transactions {
  /**
   * SQLSTATE classes: connection, rollback by the server, resources, not in the needed state,
   * operator's intervention (time-outs among them), system, and the end of an idle transaction.
   */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57", "58");

  private static final String IDLE_TRANSACTION_ENDED = "25P03";

  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private Transactions() {}

  static void run(Connection connection, Work work) throws Exception {
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (Exception e) {
      if (!connection.isClosed()) {
        try {
          connection.rollback();
        } catch (SQLException rollback) {
          e.addSuppressed(rollback);
        }
      }
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  static boolean isPassing(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        // The pool's own failures carry no SQLSTATE.
        return state == null
            || state.equals(IDLE_TRANSACTION_ENDED)
            || PASSING.contains(state.substring(0, Math.min(2, state.length())));
      }
      cause = cause.getCause();
    }
    return false;
  }
}

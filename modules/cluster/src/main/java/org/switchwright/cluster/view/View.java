package org.switchwright.cluster.view;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps one table, or a few that belong together. Keeps nothing in memory from batch to batch: it
 * reads the rows that a batch concerns, folds the batch over them, and writes what changed, each in
 * one round trip.
 */
interface View {
  /** Every table that it writes; nobody else writes them. */
  List<String> tables();

  void handle(Connection connection, List<Happening> batch) throws SQLException;
}

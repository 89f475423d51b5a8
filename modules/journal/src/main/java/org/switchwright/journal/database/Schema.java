package org.switchwright.journal.database;

/** The groups of tables that may live in databases of their own. */
public enum Schema {
  /** Events, snapshots, projections and their offsets. */
  JOURNAL("classpath:db/migration", "schema_history"),
  /** The keys of personal data, which DESIGN keeps outside the journal. */
  KEYS("classpath:db/keys", "key_schema_history");

  private final String location;
  private final String historyTable;

  Schema(String location, String historyTable) {
    this.location = location;
    this.historyTable = historyTable;
  }

  String location() {
    return location;
  }

  String historyTable() {
    return historyTable;
  }
}

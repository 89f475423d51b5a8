package org.switchwright.journal.reader;

import java.util.List;

/** What a look into the journal brought. */
public sealed interface Batch {
  /** The next rows in the order of their commits; none if there is nothing new. */
  record Rows(List<JournalRow> rows) implements Batch {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** The cursor is of an epoch that is over; whoever follows starts again, from {@code start}. */
  record EpochChanged(Cursor start) implements Batch {}
}

package org.switchwright.cluster.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.Journaled;
import org.switchwright.journal.format.Subjects;
import org.switchwright.journal.reader.JournalRow;

/**
 * A row of the journal, read.
 *
 * @param id the aggregate's own id, without its kind
 * @param due the aggregate's deadline after the event; null for none
 */
record Happening(
    String persistenceId,
    String id,
    long ordering,
    Object event,
    Subjects subjects,
    @Nullable Instant due) {

  static Happening read(EventFormat format, JournalRow row) {
    Journaled<?> journaled = format.read(row.manifest(), row.payload());
    String id = row.persistenceId().substring(row.persistenceId().indexOf('|') + 1);
    Object event = journaled.event();
    Subjects subjects = Subjects.of(id, event);
    return new Happening(row.persistenceId(), id, row.ordering(), event, subjects, journaled.due());
  }

  /**
   * What the database keeps of an instant. Rows are computed with nothing finer, so that it makes
   * no difference whether a row was read back between two events.
   */
  static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  static @Nullable Instant microsOrNull(@Nullable Instant at) {
    return at == null ? null : micros(at);
  }
}

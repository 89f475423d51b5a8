package org.switchwright.journal.reader;

import java.time.Instant;

/**
 * One event as it stands in the journal.
 *
 * @param cursor the place after this row
 * @param sequenceNr of the event in its entity's history, from 1 without gaps
 * @param serializerId and {@code manifest}: what reads the payload
 * @param writtenAt by the clock of the node that wrote it
 */
// Rows are not compared: their cursor is.
@SuppressWarnings("ArrayRecordComponent")
public record JournalRow(
    Cursor cursor,
    String persistenceId,
    long sequenceNr,
    int serializerId,
    String manifest,
    byte[] payload,
    Instant writtenAt) {

  /** The row's serial number in the journal; not the order of commits. */
  public long ordering() {
    return cursor.ordering();
  }

  @Override
  public String toString() {
    return "JournalRow[" + persistenceId + " #" + sequenceNr + ", " + manifest + "]";
  }
}

package org.switchwright.cluster.view;

import java.time.Instant;
import org.switchwright.journal.reader.Cursor;

/**
 * Of which moment an answer is true.
 *
 * @param cursor up to which event the views have taken the journal in; whoever follows the events
 *     from here misses none and sees none twice
 * @param at now, where the views have taken in everything; otherwise when the first event was
 *     written that they have not
 */
public record AsOf(Cursor cursor, Instant at) {}

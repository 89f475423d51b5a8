package org.switchwright.journal.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the journal.
 *
 * @param due the deadline of the aggregate after this event; null where nothing is waited for. Kept
 *     beside the event so that open deadlines can be found without folding.
 */
public record Journaled<E>(E event, @Nullable Instant due) {}

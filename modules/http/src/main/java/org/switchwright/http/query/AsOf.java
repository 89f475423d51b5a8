package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;

/**
 * What an answer knows of.
 *
 * @param at the time of the last event that it contains, or of the question if nothing was missing
 *     then
 * @param cursor where the event stream goes on from there; empty where nothing is known yet
 */
public record AsOf(Instant at, Optional<String> cursor) {}

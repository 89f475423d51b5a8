package org.switchwright.http.query;

import java.time.Instant;

/**
 * A site shows that it is there.
 *
 * @param at by its own clock
 * @param last the number of the last event in its history, 0 before the first
 * @param hash of the state that its history up to that event comes to; persons do not count
 */
public record Heartbeat(String site, Instant at, long last, String hash) {}

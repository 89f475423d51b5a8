package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A call that has arrived; of one that is here still, what is not known yet is empty.
 *
 * @param queue the last; empty where the call ended before the site knew it
 * @param agent who answered
 * @param outcome {@code served}, {@code abandoned}, {@code overflowed}, {@code refused}, {@code
 *     failed}, {@code elsewhere} or {@code handed-on}
 * @param cause of the end, such as {@code hung-up}
 * @param endedBy {@code caller}, {@code agent} or {@code switchwright}
 * @param waitedMs from the arrival until caller and agent were connected, or to the end
 * @param talkedMs from then to the end
 */
public record PastCall(
    String call,
    String interaction,
    String site,
    String routingPoint,
    Optional<String> queue,
    Optional<String> agent,
    Instant arrivedAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Optional<String> outcome,
    Optional<String> cause,
    Optional<String> endedBy,
    int offers,
    Optional<Long> waitedMs,
    Optional<Long> talkedMs) {}

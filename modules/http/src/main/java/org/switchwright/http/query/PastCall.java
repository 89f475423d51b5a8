package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A call that is over.
 *
 * @param outcome {@code served}, {@code abandoned}, {@code overflowed}, {@code refused} or {@code
 *     failed}
 * @param cause of the end, such as {@code hung-up}
 * @param endedBy {@code caller}, {@code agent} or {@code us}
 * @param waitedMs from arrival to the agent's answer, or to the end
 * @param talkedMs from the agent's answer to the end; 0 if there was none
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
    Instant endedAt,
    String outcome,
    String cause,
    String endedBy,
    int offers,
    long waitedMs,
    long talkedMs) {}

package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A call that is not over.
 *
 * @param state {@code greeting}, {@code seeking}, {@code waiting}, {@code offered}, {@code
 *     ringing}, {@code joining}, {@code connected}, {@code ending}
 * @param since since when it is in that state
 * @param position its place in the queue when it was last told; 1 for the next
 * @param agent who it rings at, or talks with
 * @param offers how many offers there were
 */
public record LiveCall(
    String call,
    String interaction,
    String site,
    String routingPoint,
    Optional<String> queue,
    String state,
    Instant since,
    Instant arrivedAt,
    Optional<Integer> position,
    Optional<String> agent,
    int offers) {}

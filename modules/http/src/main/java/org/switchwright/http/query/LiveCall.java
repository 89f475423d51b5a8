package org.switchwright.http.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call that is not over.
 *
 * @param state {@code greeting}, {@code seeking}, {@code waiting}, {@code offered}, {@code
 *     ringing}, {@code joining}, {@code connected}, {@code ending}
 * @param since since when it is in that state
 * @param position its place in the queue when it was last told; 1 for the next
 * @param agent whom it was offered to last, or who talks with it
 * @param offers how many offers there were
 * @param ringing the agents who are reserved for it now; more than one where a queue rings several
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
    int offers,
    List<String> ringing) {}

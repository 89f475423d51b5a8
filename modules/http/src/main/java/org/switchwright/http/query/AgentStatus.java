package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An agent now.
 *
 * @param wish {@code ready}, {@code not-ready} or {@code logged-out}
 * @param reason why not ready
 * @param registered whether a phone is registered
 * @param work {@code free}, {@code reserved}, {@code ringing}, {@code talking}, {@code wrap-up},
 *     {@code resting}, {@code judged}
 * @param since since when all of this is so
 * @param call the call that the agent is reserved for or talks in
 */
public record AgentStatus(
    String agent,
    String site,
    String wish,
    Optional<String> reason,
    boolean registered,
    String work,
    Instant since,
    Optional<String> call,
    SortedMap<String, Integer> skills) {}

package org.switchwright.http.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A queue now, and what it has seen today, in the site's zone.
 *
 * @param oldestSince when the caller arrived that has waited longest; empty when nobody waits
 * @param agentsLoggedIn agents with the queue's skills that are logged in
 * @param agentsReady those of them that would be given a call now
 */
public record QueueStatus(
    String queue,
    String site,
    int waiting,
    Optional<Instant> oldestSince,
    int agentsLoggedIn,
    int agentsReady,
    Today today) {

  public record Today(long offered, long answered, long abandoned, long overflowed) {}
}

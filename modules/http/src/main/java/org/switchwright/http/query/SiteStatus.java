package org.switchwright.http.query;

/**
 * A site in one line.
 *
 * @param nodes of its cluster that are up
 */
public record SiteStatus(
    String site,
    int nodes,
    int queues,
    int agents,
    int agentsLoggedIn,
    int agentsReady,
    int callsWaiting,
    int callsTalking) {}

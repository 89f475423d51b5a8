package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;

/**
 * How a queue stands for one call of it: what every estimate is computed from.
 *
 * @param at when it stood so
 * @param ahead calls of the queue that wait and are served before this one
 * @param waited how long the call has waited in the queue
 * @param agents who serve the queue and are at work: ready, or busy and ready afterwards
 * @param effectiveAgents those agents, of whom each counts for one part in as many as there are
 *     queues with waiting calls that want it; above 0 if there are agents
 * @param ready those agents who would be given a call now
 * @param talking those agents who talk now
 */
public record QueueLoad(
    Instant at,
    int ahead,
    Duration waited,
    int agents,
    double effectiveAgents,
    int ready,
    int talking,
    QueuePace pace) {
  int position() {
    return ahead + 1;
  }
}

package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Optional;

/**
 * The calls that one site has sent to another, and what it believes of that.
 *
 * @param inTransition those that nobody there has answered yet
 * @param talking those that somebody there has answered
 * @param free agents who are free there by the estimate; empty while that site can be asked
 * @param failures how many calls in a row did not get there
 * @param triedAt when one is sent there again, if none is now; empty otherwise
 */
public record Sent(
    int inTransition,
    int talking,
    Optional<Integer> free,
    int failures,
    Optional<Instant> triedAt) {}

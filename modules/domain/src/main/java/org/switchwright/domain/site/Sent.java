package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.routing.QueueFigures;

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
    Optional<Instant> triedAt) {

  /**
   * How the queue of a routing point stands there: by the last report, less the agents who have got
   * calls since where that site cannot be asked.
   *
   * @param now by that site's clock
   */
  public Optional<QueueFigures.Named> carriedOn(
      SiteState mirror, RoutingPointId point, Instant now) {
    return Standings.reported(mirror, point, now)
        .map(it ->
            free.map(left ->
                    new QueueFigures.Named(
                        it.waiting(),
                        it.oldestWait(),
                        it.loggedIn(),
                        Math.min(it.ready(), left),
                        it.estimatedWait()))
                .orElse(it));
  }
}

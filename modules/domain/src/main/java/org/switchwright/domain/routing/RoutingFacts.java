package org.switchwright.domain.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;

/**
 * All that a strategy may look at. It is used for the decision and kept nowhere: what is journaled
 * is which case applied.
 *
 * @param caller empty where it is withheld, erased, or no longer looked at
 * @param attached the interaction's attached data
 * @param waited since the call came to its routing point
 * @param draw from 0 to {@value #DRAWS} - 1, the same for an interaction whenever it is asked for:
 *     what percentage shares go by
 * @param queues how the site's queues stand
 */
public record RoutingFacts(
    Optional<Personal> caller,
    SortedMap<String, String> attached,
    Medium medium,
    RoutingPointId point,
    Instant now,
    Duration waited,
    int draw,
    Queues queues) {
  public static final int DRAWS = 10_000;

  /** How many data may be attached to an interaction. */
  public static final int MAX_ATTACHED = 16;

  public static final int MAX_ATTACHED_CHARS = 256;

  public RoutingFacts {
    attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
    if (draw < 0 || draw >= DRAWS) {
      throw new IllegalArgumentException("Expected a draw below " + DRAWS + ", but got " + draw);
    }
  }

  /** Looked at where a strategy asks, since a site may have a thousand queues. */
  public interface Queues {
    /** Empty where there is no such queue. */
    Optional<QueueFigures> of(QueueId queue);
  }

  /** Evenly spread over what ids look like, and the same in every JVM. */
  public static int draw(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < id.length(); at++) {
      hash = (hash ^ id.charAt(at)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) Long.remainderUnsigned(hash ^ (hash >>> 33), DRAWS);
  }
}

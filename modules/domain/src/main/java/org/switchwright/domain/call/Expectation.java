package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;

/**
 * A call whose caller is at another site and may come here.
 *
 * @param site this one
 * @param point at which it waits here
 * @param place since when the caller has waited, by this site's clock
 * @param until when it is not expected any more, unless its home says so again
 * @param caller who calls: the From as a name-addr
 */
public record Expectation(
    Origin origin,
    InteractionId interaction,
    SiteId site,
    RoutingPointId point,
    Instant place,
    Instant until,
    Personal caller,
    SortedMap<String, Personal> attached) {
  public Expectation {
    attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
  }

  Expectation lasting(Instant next) {
    return new Expectation(origin, interaction, site, point, place, next, caller, attached);
  }
}

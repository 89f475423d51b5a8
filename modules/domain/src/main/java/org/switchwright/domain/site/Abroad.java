package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Origin;

/**
 * What other sites have to do with a call: it waits in one place, and others may look for an agent
 * too.
 *
 * @param origin where it has its place; empty: here
 * @param enlistments how many there were
 * @param enlisted the sites that look for an agent, or shall do so again
 * @param proposed how often what is attached to it was changed here, where its place is elsewhere
 * @param taken how many of those changes its home has
 */
public record Abroad(
    Optional<Origin> origin,
    int enlistments,
    SortedMap<SiteId, Enlistment> enlisted,
    int proposed,
    int taken) {
  static final Abroad NOTHING = new Abroad(Optional.empty(), 0, Collections.emptySortedMap(), 0, 0);

  public Abroad {
    enlisted = Collections.unmodifiableSortedMap(enlisted);
  }

  /**
   * How one other site stands to a call.
   *
   * @param number of the enlistment, 1 for the call's first
   * @param point at which the call waits there
   * @param stand what is known of it
   * @param due when it is asked again
   */
  public record Enlistment(int number, RoutingPointId point, Stand stand, Instant due) {}

  public sealed interface Stand {
    /** Has been asked and has not answered yet. */
    record Asked(Optional<Personal> address) implements Stand {}

    /**
     * Looks for an agent.
     *
     * @param address where the call is expected, as a SIP URI
     */
    record Looking(Personal address) implements Stand {}

    /** Could not serve it; is asked anew then. */
    record Resting() implements Stand {}
  }

  static Abroad of(Optional<Origin> origin) {
    return origin.isEmpty() ? NOTHING : new Abroad(origin, 0, Collections.emptySortedMap(), 0, 0);
  }

  Optional<Enlistment> at(SiteId site) {
    return Optional.ofNullable(enlisted.get(site));
  }

  /** The site where the call is expected by this number. */
  Optional<Enlistment> at(SiteId site, int number) {
    return at(site).filter(it -> it.number() == number && !(it.stand() instanceof Stand.Resting));
  }

  Abroad with(SiteId site, Enlistment next) {
    TreeMap<SiteId, Enlistment> more = new TreeMap<>(enlisted);
    more.put(site, next);
    return new Abroad(origin, Math.max(enlistments, next.number()), more, proposed, taken);
  }

  /** At least so many. */
  Abroad counting(int number) {
    return new Abroad(origin, Math.max(enlistments, number), enlisted, proposed, taken);
  }

  Abroad without(SiteId site) {
    TreeMap<SiteId, Enlistment> fewer = new TreeMap<>(enlisted);
    fewer.remove(site);
    return new Abroad(origin, enlistments, fewer, proposed, taken);
  }

  /** Whether its home is to ask what was changed here. */
  public boolean changed() {
    return proposed > taken;
  }

  Abroad changed(int nowProposed, int nowTaken) {
    return new Abroad(origin, enlistments, enlisted, nowProposed, nowTaken);
  }
}

package org.switchwright.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.SiteEvent;

/**
 * The other sites that look for an agent for a call too, and what was known when they began; and
 * the one that a call was sent to unasked.
 */
final class SitesAsked {
  private final Map<SiteId, Integer> numbers = new TreeMap<>();
  private final Map<SiteId, Asked> sites = new TreeMap<>();

  private record Asked(Instant at, SiteSeen seen, boolean unasked) {}

  /**
   * Takes in what happened next.
   *
   * @return whether a site is asked that was not before, or did not look any more
   */
  boolean heard(Object event) {
    switch (event) {
      case SiteEvent.CallEnlisted it -> {
        it.seen().ifPresent(seen -> sites.put(it.site(), new Asked(it.at(), seen, false)));
        Integer before = numbers.put(it.site(), it.number());
        return before == null || before != it.number();
      }
      case SiteEvent.CallDelisted it -> {
        numbers.remove(it.site());
        sites.remove(it.site());
      }
      case SiteEvent.AgentLent it when it.theirs().isEmpty() -> {
        numbers.remove(it.site());
        sites.remove(it.site());
        it.seen().ifPresent(seen -> sites.put(it.site(), new Asked(it.at(), seen, true)));
      }
      case SiteEvent.OfferEnded _ -> sites.values().removeIf(Asked::unasked);
      // Nothing else changes who is asked; whoever lends an agent was.
      default -> {}
    }
    return false;
  }

  /** As of now. */
  List<Explanation.SiteThen> now(Instant now) {
    return sites.entrySet().stream().map(it -> then(it.getKey(), it.getValue(), now)).toList();
  }

  private static Explanation.SiteThen then(SiteId site, Asked asked, Instant now) {
    Duration since = Duration.between(asked.at(), now);
    String before =
        since.compareTo(Duration.ofSeconds(1)) < 0 ? "" : ", " + Words.span(since) + " before";
    return new Explanation.SiteThen(
        site,
        asked.at(),
        asked.seen(),
        "Site "
            + site
            + (asked.unasked() ? " could not be asked" : " was asked too")
            + before
            + ": "
            + Words.seen(asked.seen())
            + ".");
  }
}

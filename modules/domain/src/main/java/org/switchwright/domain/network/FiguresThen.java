package org.switchwright.domain.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.site.Sent;

/**
 * How the queues of other sites stood at one moment. Worked out for all of them beforehand, because
 * it takes as long as a site is large, and a decision may ask for many sites; asked for what was
 * not worked out, it says what it would be now.
 */
public final class FiguresThen implements NetworkFigures {
  /** For how long figures count as those of now. */
  public static final Duration HOLD = Duration.ofSeconds(1);

  /**
   * What is known of a site.
   *
   * @param estimate of one whose link is cut; empty where there is none
   */
  public record Known(
      MonitorState state, Pulse pulse, Sent sent, Optional<SiteEstimate> estimate) {}

  private final Map<SiteId, Known> sites;
  private final Duration heartbeat;
  private final Instant at;
  private final Map<SiteId, Map<RoutingPointId, Optional<Remote>>> figures = new TreeMap<>();

  /**
   * @param points those that decisions ask for, at most as many as are configured
   * @param heartbeat how often there is to be one
   */
  public FiguresThen(
      Map<SiteId, Known> sites,
      Map<SiteId, Set<RoutingPointId>> points,
      Duration heartbeat,
      Instant at) {
    this.sites = new TreeMap<>(sites);
    this.heartbeat = heartbeat;
    this.at = at;
    points.forEach((site, asked) -> {
      Map<RoutingPointId, Optional<Remote>> worked = new TreeMap<>();
      asked.forEach(point -> worked.put(point, workedOut(site, point, at)));
      figures.put(site, worked);
    });
  }

  /** As of that moment. */
  @Override
  public Optional<Remote> of(SiteId site, RoutingPointId point) {
    return of(site, point, at);
  }

  /** As worked out; or anew, where that is too long ago to say that a site is live. */
  public Optional<Remote> of(SiteId site, RoutingPointId point, Instant now) {
    Map<RoutingPointId, Optional<Remote>> worked =
        now.isAfter(at.plus(HOLD)) ? new TreeMap<>() : figures.getOrDefault(site, new TreeMap<>());
    return worked.containsKey(point)
        ? worked.getOrDefault(point, Optional.empty())
        : workedOut(site, point, now);
  }

  private Optional<Remote> workedOut(SiteId site, RoutingPointId point, Instant now) {
    return Optional.ofNullable(sites.get(site))
        .flatMap(it ->
            SitePicture.figures(
                it.state(), it.pulse(), heartbeat, point, it.sent(), it.estimate(), now));
  }
}

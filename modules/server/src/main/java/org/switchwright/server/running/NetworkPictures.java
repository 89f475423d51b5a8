package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.link.LinkTable;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.FiguresThen;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.replay.Followed;
import org.switchwright.server.configuration.Configuration;

/**
 * How the sites that are watched stand, for decisions on this node: looked up beside them, so that
 * none waits for the database; as old as half a second.
 */
final class NetworkPictures implements NetworkFigures, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkPictures.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Map<SiteId, Followed<MonitorEvent, MonitorState>> monitors = new TreeMap<>();
  private final Followed<SiteEvent, SiteState> own;
  private final LinkTable links;
  private final Duration heartbeat;
  private final SiteEstimates estimates;
  private final InstantSource clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("network-pictures").unstarted(work));

  /** Where calls of this site wait elsewhere. */
  private final Map<SiteId, Set<RoutingPointId>> points = new TreeMap<>();

  /** What has been looked up; replaced as a whole. */
  private volatile Optional<FiguresThen> seen = Optional.empty();

  private NetworkPictures(
      DataSource source,
      Configuration.Site site,
      Configuration.Network network,
      SiteEstimates estimates,
      InstantSource clock) {
    this.estimates = estimates;
    network.sites().forEach(it -> monitors.put(it.site(), Followed.monitor(source, it.site())));
    site.rules()
        .queues()
        .forEach(queue ->
            queue
                .elsewhere()
                .forEach(
                    (at, point) -> points.computeIfAbsent(at, _ -> new TreeSet<>()).add(point)));
    this.own = Followed.site(source, site.id());
    this.links = new LinkTable(source);
    this.heartbeat = network.heartbeat();
    this.clock = clock;
  }

  /** Looks only where a queue of this site is served elsewhere. */
  static NetworkPictures start(
      DataSource source,
      Configuration.Site site,
      Configuration.Network network,
      SiteEstimates estimates,
      InstantSource clock) {
    NetworkPictures pictures = new NetworkPictures(source, site, network, estimates, clock);
    if (!pictures.points.isEmpty()) {
      var _ =
          pictures.looks.scheduleWithFixedDelay(
              pictures::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return pictures;
  }

  private void look() {
    try {
      Map<SiteId, LinkTable.Link> stored = links.read();
      SiteState here = own.now();
      Map<SiteId, FiguresThen.Known> sites = new TreeMap<>();
      for (Map.Entry<SiteId, Followed<MonitorEvent, MonitorState>> it : monitors.entrySet()) {
        Pulse pulse = stored.getOrDefault(it.getKey(), LinkTable.Link.NONE).pulse();
        sites.put(
            it.getKey(),
            new FiguresThen.Known(
                it.getValue().now(), pulse, here.sentTo(it.getKey()), estimates.of(it.getKey())));
      }
      seen = Optional.of(new FiguresThen(sites, points, heartbeat, clock.instant()));
    } catch (SQLException e) {
      // What was seen grows old; by its heartbeat a site is then estimated.
      LOG.debug("The sites could not be looked up: SQLSTATE {}", e.getSQLState());
    } catch (RuntimeException e) {
      LOG.error("The sites could not be looked up: {}", e.getClass().getName());
    }
  }

  @Override
  public Optional<Remote> of(SiteId site, RoutingPointId point) {
    return seen.flatMap(all -> all.of(site, point, clock.instant()));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}

package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.link.LinkTable;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.network.SitePicture;
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

  /** What has been looked up; replaced as a whole. */
  private record Seen(SiteState own, Map<SiteId, Watched> sites) {}

  private record Watched(MonitorState state, Pulse pulse) {}

  private final Map<SiteId, Followed<MonitorEvent, MonitorState>> monitors = new TreeMap<>();
  private final Followed<SiteEvent, SiteState> own;
  private final LinkTable links;
  private final Duration heartbeat;
  private final SiteEstimates estimates;
  private final InstantSource clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("network-pictures").unstarted(work));
  private volatile Optional<Seen> seen = Optional.empty();

  private NetworkPictures(
      DataSource source,
      SiteId own,
      Configuration.Network network,
      SiteEstimates estimates,
      InstantSource clock) {
    this.estimates = estimates;
    network.sites().forEach(it -> monitors.put(it.site(), Followed.monitor(source, it.site())));
    this.own = Followed.site(source, own);
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
    NetworkPictures pictures = new NetworkPictures(source, site.id(), network, estimates, clock);
    if (site.rules().queues().stream().anyMatch(queue -> !queue.elsewhere().isEmpty())) {
      var _ =
          pictures.looks.scheduleWithFixedDelay(
              pictures::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return pictures;
  }

  private void look() {
    try {
      Map<SiteId, LinkTable.Link> stored = links.read();
      Map<SiteId, Watched> sites = new TreeMap<>();
      for (Map.Entry<SiteId, Followed<MonitorEvent, MonitorState>> it : monitors.entrySet()) {
        Pulse pulse = stored.getOrDefault(it.getKey(), LinkTable.Link.NONE).pulse();
        sites.put(it.getKey(), new Watched(it.getValue().now(), pulse));
      }
      seen = Optional.of(new Seen(own.now(), sites));
    } catch (SQLException e) {
      // What was seen grows old; by its heartbeat a site is then estimated.
      LOG.debug("The sites could not be looked up: SQLSTATE {}", e.getSQLState());
    } catch (RuntimeException e) {
      LOG.error("The sites could not be looked up: {}", e.getClass().getName());
    }
  }

  @Override
  public Optional<Remote> of(SiteId site, RoutingPointId point) {
    Instant now = clock.instant();
    return seen.flatMap(all ->
        Optional.ofNullable(all.sites().get(site))
            .flatMap(it ->
                SitePicture.figures(
                    it.state(),
                    it.pulse(),
                    heartbeat,
                    point,
                    all.own().sentTo(site),
                    estimates.of(site),
                    now)));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}

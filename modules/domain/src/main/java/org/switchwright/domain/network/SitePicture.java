package org.switchwright.domain.network;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.site.Sent;
import org.switchwright.domain.site.SiteTotals;

/**
 * What is known of a site at one moment. Until the site is heard again, the last that it reported
 * stands for it, with its age.
 *
 * @param asOf what the figures are of; empty where they are unknown
 * @param totals empty where they are unknown
 */
public record SitePicture(
    SiteId site, Basis basis, Optional<Instant> asOf, Optional<SiteTotals> totals) {

  /** What figures rest on. */
  public enum Basis {
    /** Heartbeats come, and what they tell of has been reported. */
    LIVE,
    /** The last that was reported, or a history that is still being made up for. */
    ESTIMATED,
    /** Nothing was ever reported. */
    UNKNOWN
  }

  /**
   * What it told last is of the last heartbeat, if all that this told of has been reported; else of
   * the last report.
   *
   * @param every how often there is to be a heartbeat
   */
  public static SitePicture of(MonitorState state, Pulse pulse, Duration every, Instant now) {
    if (state.mirror().configuration().isEmpty()) {
      return new SitePicture(state.site(), Basis.UNKNOWN, Optional.empty(), Optional.empty());
    }
    Optional<SiteTotals> totals = Optional.of(SiteTotals.of(state.mirror(), now));
    boolean live = state.linked() && pulse.recent(every, now) && pulse.caughtUp(state.sequence());
    return live
        ? new SitePicture(state.site(), Basis.LIVE, pulse.heardAt(), totals)
        : new SitePicture(
            state.site(),
            Basis.ESTIMATED,
            pulse.complete(state.sequence())
                ? pulse.heardAt()
                : state.reportedAt().map(at -> at.minus(pulse.skew())),
            totals);
  }

  /**
   * How the queue of a routing point stands there, as far as that is known.
   *
   * @param sent what has been sent there
   * @param estimate of a site whose link is cut; where there is none, its last report is carried on
   */
  public static Optional<NetworkFigures.Remote> figures(
      MonitorState state,
      Pulse pulse,
      Duration every,
      RoutingPointId point,
      Sent sent,
      Optional<SiteEstimate> estimate,
      Instant now) {
    SitePicture picture = of(state, pulse, every, now);
    return picture.basis() == Basis.UNKNOWN
        ? Optional.empty()
        : sent.carriedOn(state.mirror(), point, now.plus(pulse.skew()))
            .map(figures ->
                believed(state, picture, point, figures, estimate)
                    .map(it ->
                        new NetworkFigures.Remote(
                            picture.basis(),
                            picture.asOf(),
                            it.figures(),
                            Optional.of(it.believed())))
                    .orElseGet(
                        () -> new NetworkFigures.Remote(picture.basis(), picture.asOf(), figures)));
  }

  private static Optional<EstimatedQueue> believed(
      MonitorState state,
      SitePicture picture,
      RoutingPointId point,
      QueueFigures.Named carriedOn,
      Optional<SiteEstimate> estimate) {
    return estimate
        .filter(_ -> picture.basis() == Basis.ESTIMATED && !state.linked())
        .flatMap(it ->
            state
                .mirror()
                .configuration()
                .flatMap(site ->
                    site.point(point)
                        .map(found -> EstimatedQueue.of(found.queue(), site, carriedOn, it))));
  }
}

package org.switchwright.server.outside;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.link.LinkTable;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Pulse;
import org.switchwright.domain.network.SitePicture;
import org.switchwright.domain.site.Sent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.SiteTotals;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.Heartbeat;
import org.switchwright.http.query.Listing;
import org.switchwright.http.query.NetworkQueries;
import org.switchwright.http.query.NetworkSite;
import org.switchwright.replay.Followed;
import org.switchwright.replay.StateHash;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.running.SiteEstimates;

/** What this server knows of the sites that it watches, and tells whoever watches it. */
final class NetworkAnswers implements NetworkQueries {
  private static final int MAX_SHOWN = 64;

  private record Watched(SiteId site, Followed<MonitorEvent, MonitorState> monitor, Hash hash) {}

  private final SiteId own;
  private final Followed<SiteEvent, SiteState> site;
  private final Duration every;
  private final LinkTable links;
  private final List<Watched> watched;
  private final SiteEstimates estimates;
  private final InstantSource clock;
  private final Hash hash = new Hash();

  NetworkAnswers(
      DataSource source,
      SiteId own,
      Configuration.Network network,
      SiteEstimates estimates,
      InstantSource clock) {
    this.estimates = estimates;
    this.own = own;
    this.site = Followed.site(source, own);
    this.every = network.heartbeat();
    this.links = new LinkTable(source);
    this.watched =
        network.sites().stream()
            .map(it -> new Watched(it.site(), Followed.monitor(source, it.site()), new Hash()))
            .toList();
    this.clock = clock;
  }

  @Override
  public Listing<NetworkSite> sites() {
    List<NetworkSite> sites = new ArrayList<>();
    SiteState here = Asked.of(site::now);
    Map<SiteId, LinkTable.Link> stored = Asked.of(links::read);
    for (Watched each : watched) {
      LinkTable.Link link = stored.getOrDefault(each.site(), LinkTable.Link.NONE);
      sites.add(Asked.of(() -> site(each, link, here)));
    }
    return new Listing<>(new AsOf(clock.instant(), Optional.empty()), sites, Optional.empty());
  }

  /**
   * What is known of a site that is watched.
   *
   * @throws IllegalArgumentException if none of that name is
   */
  MonitorState monitor(String site) {
    return watched.stream()
        .filter(it -> it.site().value().equals(site))
        .findFirst()
        .map(it -> Asked.of(it.monitor()::now))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Expected site to be one of network.sites, but got '"
                    + site.substring(0, Math.min(site.length(), MAX_SHOWN))
                    + "'"));
  }

  SitePicture picture(MonitorState state) {
    Pulse pulse = Asked.of(() -> links.read(state.site())).pulse();
    return SitePicture.of(state, pulse, every, clock.instant());
  }

  private NetworkSite site(Watched it, LinkTable.Link stored, SiteState here) throws SQLException {
    MonitorState state = it.monitor().now();
    Pulse pulse = stored.pulse();
    Instant now = clock.instant();
    SitePicture picture = SitePicture.of(state, pulse, every, now);
    Optional<SiteTotals> totals = picture.totals();
    Sent sent = here.sentTo(it.site());
    return new NetworkSite(
        it.site().value(),
        link(state, stored, it.hash()),
        sent(sent),
        Words.of(picture.basis()),
        picture.asOf(),
        picture.asOf().map(at -> Math.max(0, Duration.between(at, now).toMillis())),
        totals.map(SiteTotals::agents),
        totals.map(SiteTotals::loggedIn),
        picture.basis() == SitePicture.Basis.ESTIMATED
            ? totals.map(all -> sent.free().orElse(all.ready()))
            : totals.map(SiteTotals::ready),
        totals.map(SiteTotals::waiting),
        totals.map(SiteTotals::talking),
        totals.stream()
            .flatMap(all -> all.queues().stream())
            .map(queue ->
                new NetworkSite.OfQueue(
                    queue.queue().value(),
                    queue.waiting(),
                    queue.oldestSince(),
                    queue.ready(),
                    queue.talking()))
            .toList(),
        picture.basis() == SitePicture.Basis.ESTIMATED && !state.linked()
            ? estimates.of(it.site()).map(NetworkAnswers::estimate)
            : Optional.empty(),
        state.scored().map(NetworkAnswers::score));
  }

  static NetworkSite.Estimate estimate(SiteEstimate it) {
    List<NetworkSite.Figure> figures = new ArrayList<>();
    it.figures()
        .forEach((quantity, figure) ->
            figures.add(
                new NetworkSite.Figure(
                    Words.of(quantity),
                    quantity.unit(),
                    rounded(it.reported().getOrDefault(quantity, 0.0)),
                    rounded(figure.mean()),
                    rounded(figure.median()),
                    rounded(figure.low()),
                    rounded(figure.high()))));
    return new NetworkSite.Estimate(
        it.cutAt(), it.at(), it.similarDays(), it.bySchedule(), it.learned(), figures);
  }

  private static NetworkSite.Score score(ScoredCut it) {
    return new NetworkSite.Score(
        it.cutAt(),
        it.similarDays(),
        it.bySchedule(),
        it.learned(),
        it.scores().stream()
            .map(score ->
                new NetworkSite.ScoredFigure(
                    Words.of(score.quantity()),
                    score.quantity().unit(),
                    score.minutes(),
                    rounded(score.mean()),
                    rounded(score.median()),
                    rounded(score.low()),
                    rounded(score.high()),
                    rounded(score.truth())))
            .toList());
  }

  private static double rounded(double value) {
    return Math.rint(value * 1_000) / 1_000;
  }

  private static NetworkSite.Sent sent(Sent sent) {
    return new NetworkSite.Sent(
        sent.inTransition(),
        sent.talking(),
        sent.triedAt().isEmpty() ? "open" : "failed",
        sent.failures(),
        sent.triedAt());
  }

  private static NetworkSite.Link link(MonitorState state, LinkTable.Link stored, Hash hash) {
    Pulse pulse = stored.pulse();
    Optional<Boolean> agrees =
        stored
            .hash()
            .filter(_ -> pulse.told() == state.sequence())
            .map(told -> told.equals(hash.of(state.mirror())));
    String stands = state.since().isEmpty() ? "unheard" : state.linked() ? "up" : "down";
    return new NetworkSite.Link(
        stands,
        state.since(),
        state.trouble().map(Words::of),
        pulse.heardAt(),
        pulse.heardAt().map(_ -> pulse.skew().toMillis()),
        state.sequence(),
        pulse.behind(state.sequence()),
        agrees);
  }

  @Override
  public Heartbeat heartbeat() {
    Followed.At<SiteState> at = Asked.of(site::at);
    return new Heartbeat(own.value(), clock.instant(), at.sequenceNr(), hash.of(at.state()));
  }

  /** Worked out once for each state, however often it is asked for. */
  private static final class Hash {
    private @Nullable SiteState hashed;
    private String hash = "";

    /** States that are equal and not the same are only worked out once more. */
    @SuppressWarnings("ReferenceEquality")
    synchronized String of(SiteState state) {
      if (hashed != state) {
        hash = StateHash.ofMasked(state);
        hashed = state;
      }
      return hash;
    }
  }
}

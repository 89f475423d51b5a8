package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.cluster.view.PlannedDays;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.Calibrations;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.Hindsight;
import org.switchwright.domain.estimate.LiveEstimate;
import org.switchwright.domain.estimate.Lookout;
import org.switchwright.domain.estimate.Schedule;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.estimate.SiteHistory;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.replay.Followed;
import org.switchwright.replay.SiteSince;
import org.switchwright.replay.SiteThen;
import org.switchwright.server.configuration.Configuration;

/**
 * What the sites are believed to be like whose links are cut. One thread carries the estimates on,
 * each second; another one learns once a day of each site how estimates of it are told best.
 * Neither is waited for by a decision.
 */
public final class SiteEstimates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteEstimates.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LEARN_EVERY = Duration.ofMinutes(1);
  private static final Duration LEARN_AGAIN_AFTER = Duration.ofMinutes(30);

  /** An event is in the journal so long after its time, or never: a write takes at most 2 s. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  /** Thirteen weeks before each of the days by which estimates are calibrated. */
  private static final int HISTORY_DAYS = 20 * 7;

  /** Of those, at most: some 150 MB while they are looked at. */
  private static final int MAX_CALLS = 2_000_000;

  /** A site at which nothing happens has nothing to report. */
  private static final Duration REPORT_WITHIN = Duration.ofMinutes(5);

  private static final Duration SHARE_OF = Duration.ofDays(28);
  private static final double LEAST_SHARE = 0.05;

  private final DataSource source;
  private final SiteId own;
  private final ZoneId ownZone;
  private final PastCalls past;
  private final PlannedDays planned;
  private final InstantSource clock;
  private final Map<SiteId, Followed<MonitorEvent, MonitorState>> monitors = new TreeMap<>();
  private final Map<SiteId, Learned> learned = new ConcurrentHashMap<>();
  private final ScheduledExecutorService carrying = thread("estimates");
  private final ScheduledExecutorService learning = thread("estimates-learning");

  /** Those that go on; for the thread that carries them on alone. */
  private final Map<SiteId, Cut> cuts = new TreeMap<>();

  /** Those that are over and were not compared yet: the last one of each site. */
  private final Map<SiteId, Live> ended = new TreeMap<>();

  private volatile NetworkIntake intake =
      (_, _) ->
          CompletableFuture.failedFuture(
              new IllegalStateException("Expected a node that is up, but it is starting"));

  private volatile Map<SiteId, SiteEstimate> told = Map.of();

  /**
   * @param day before which it was learned, by the site's wall clocks
   * @param at when that was done
   */
  private record Learned(LocalDate day, Instant at, Calibrations calibrations) {
    /** What there was too little to learn from, there may be more of. */
    boolean holds(LocalDate of, Instant now) {
      return day.equals(of) && (calibrations.learned() || now.isBefore(at.plus(LEARN_AGAIN_AFTER)));
    }
  }

  /**
   * @param live empty where there is too little history, or it could not be made
   */
  private record Cut(Optional<Live> live) {}

  private record Live(
      LiveEstimate estimate,
      LocalDate day,
      ZoneId zone,
      Followed.At<MonitorState> from,
      SiteSince events,
      Lookout lookout) {}

  private SiteEstimates(
      DataSource source,
      Configuration.Site site,
      Configuration.Network network,
      InstantSource clock) {
    this.source = source;
    this.own = site.id();
    this.ownZone = site.zone();
    this.past = new PastCalls(source);
    this.planned = new PlannedDays(source);
    this.clock = clock;
    network.sites().forEach(it -> monitors.put(it.site(), Followed.monitor(source, it.site())));
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
  }

  /** Begins to look; does nothing where no site is watched. */
  static SiteEstimates start(
      DataSource source,
      Configuration.Site site,
      Configuration.Network network,
      InstantSource clock) {
    SiteEstimates estimates = new SiteEstimates(source, site, network, clock);
    if (!estimates.monitors.isEmpty()) {
      var _ =
          estimates.carrying.scheduleWithFixedDelay(
              estimates::carryOn, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
      var _ =
          estimates.learning.scheduleWithFixedDelay(
              estimates::learn, 0, LEARN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return estimates;
  }

  /** From now on scores are journaled. */
  void scoreBy(NetworkIntake monitors) {
    intake = monitors;
  }

  /** Empty while the site's link is up, and where nobody can say. */
  public Optional<SiteEstimate> of(SiteId site) {
    return Optional.ofNullable(told.get(site));
  }

  private void carryOn() {
    Map<SiteId, SiteEstimate> next = new TreeMap<>();
    for (SiteId site : monitors.keySet()) {
      try {
        carryOn(site).ifPresent(it -> next.put(site, it));
      } catch (SQLException e) {
        LOG.debug("Site {} could not be estimated: SQLSTATE {}", site, e.getSQLState());
        of(site).ifPresent(it -> next.put(site, it));
      } catch (RuntimeException e) {
        LOG.error("Site {} could not be estimated: {}", site, e.getClass().getName(), e);
        cuts.computeIfPresent(site, (_, _) -> new Cut(Optional.empty()));
      }
    }
    told = next;
  }

  private Optional<SiteEstimate> carryOn(SiteId site) throws SQLException {
    Followed.At<MonitorState> monitor = monitor(site);
    MonitorState state = monitor.state();
    Instant since = state.since().orElse(Instant.MIN);
    if (state.linked() || state.trouble().isEmpty() || state.mirror().configuration().isEmpty()) {
      Cut over = cuts.remove(site);
      if (over != null && over.live().isPresent()) {
        ended.put(site, over.live().get());
      }
      judge(site, state, since);
      return Optional.empty();
    }
    Cut cut = cuts.get(site);
    // Why the link is down may change; it was cut when it was lost first.
    if (cut == null) {
      // Known from the first moment on, so that what fails is not tried without end.
      cuts.put(site, new Cut(Optional.empty()));
      cut = new Cut(begin(site, monitor, since));
      cuts.put(site, cut);
    }
    if (cut.live().isEmpty()) {
      return Optional.empty();
    }
    Live live = cut.live().get();
    Optional.ofNullable(learned.get(site))
        .filter(it -> it.day().equals(live.day()))
        .ifPresent(it -> live.estimate().tellBy(it.calibrations()));
    for (SiteEvent event : live.events().next()) {
      live.lookout().see(event).forEach(live.estimate()::see);
    }
    live.estimate().advance(clock.instant().minus(SETTLED));
    return live.estimate().told();
  }

  /**
   * Compares what was estimated of a cut that is over with what the site has reported since. Kept
   * in memory until then: of a cut after which this node was started nothing is said by it.
   */
  private void judge(SiteId site, MonitorState state, Instant restored) throws SQLException {
    Live live = ended.get(site);
    Instant settled = restored.plus(Hindsight.SETTLED);
    boolean reported = state.reportedAt().filter(it -> it.isAfter(restored)).isPresent();
    if (live == null || !state.linked() || clock.instant().isBefore(settled)) {
      return;
    }
    if (!reported && clock.instant().isBefore(settled.plus(REPORT_WITHIN))) {
      return;
    }
    ended.remove(site);
    score(site, live, restored)
        .ifPresent(it -> {
          var _ = intake.submit(site, new SiteMonitor.Score(it));
        });
  }

  private Optional<ScoredCut> score(SiteId site, Live live, Instant restored) throws SQLException {
    Instant cutAt = live.from().state().since().orElse(restored);
    SortedMap<Integer, SiteEstimate> all = live.estimate().atHorizons();
    TreeMap<Integer, SiteEstimate> within = new TreeMap<>();
    TreeMap<Instant, Integer> moments = new TreeMap<>();
    all.forEach((minutes, estimate) -> {
      Instant moment = cutAt.plus(Duration.ofMinutes(minutes));
      if (!moment.isAfter(restored)) {
        within.put(minutes, estimate);
        moments.put(moment, minutes);
      }
    });
    SortedMap<Integer, SiteAtCut> then = new TreeMap<>();
    SiteThen.at(
            source,
            site,
            live.from().sequenceNr(),
            live.from().state().mirror(),
            moments.navigableKeySet())
        .forEach((moment, mirror) ->
            then.put(moments.getOrDefault(moment, 0), SiteAtCut.of(mirror, own, moment)));
    LocalDate last = LocalDate.ofInstant(clock.instant(), live.zone());
    return Hindsight.of(
        within, then, past.between(site, live.day(), last, live.zone(), MAX_CALLS), live.zone());
  }

  private Followed.At<MonitorState> monitor(SiteId site) throws SQLException {
    Followed<MonitorEvent, MonitorState> monitor = monitors.get(site);
    if (monitor == null) {
      throw new IllegalArgumentException("Expected a site that is watched, but got " + site);
    }
    return monitor.at();
  }

  private Optional<Live> begin(SiteId site, Followed.At<MonitorState> monitor, Instant since)
      throws SQLException {
    MonitorState state = monitor.state();
    PastCalls.Span span = past.span(site);
    ZoneId zone = span.zone().orElse(ownZone);
    LocalDate day = LocalDate.ofInstant(since, zone);
    Learned known = learned.get(site);
    Optional<LiveEstimate> estimate =
        LiveEstimate.begin(
            SiteAtCut.of(state.mirror(), own, since),
            calls(site, span, day, day, zone),
            zone,
            schedule(site, day, since),
            known != null && known.day().equals(day) ? known.calibrations() : Calibrations.NONE,
            share(site, day, zone),
            seed(site, since));
    if (estimate.isEmpty()) {
      LOG.info("Site {} is not estimated: fewer than three days of its past are like this", site);
      return Optional.empty();
    }
    SiteSince events = SiteSince.of(source, own, since);
    Lookout lookout = new Lookout(site, events.state(), state.mirror());
    lookout.begin(since).forEach(estimate.get()::see);
    return Optional.of(new Live(estimate.get(), day, zone, monitor, events, lookout));
  }

  /** Of the weeks before a day that matter to it, and up to {@code last}. */
  private List<CallRecord> calls(
      SiteId site, PastCalls.Span span, LocalDate day, LocalDate last, ZoneId zone)
      throws SQLException {
    if (span.first().isEmpty()) {
      return List.of();
    }
    LocalDate oldest = day.minusDays(HISTORY_DAYS);
    LocalDate first = LocalDate.ofInstant(span.first().get(), zone);
    return past.between(site, first.isAfter(oldest) ? first : oldest, last, zone, MAX_CALLS);
  }

  /** As it was at a moment, so that whoever reads it later comes to the same. */
  private Schedule schedule(SiteId site, LocalDate day, Instant asOf) throws SQLException {
    return Schedule.of(planned.between(site, day.minusDays(HISTORY_DAYS), day.plusDays(1), asOf));
  }

  /** The same for whoever estimates this cut of this site. */
  private static long seed(SiteId site, Instant since) {
    return 31L * site.value().hashCode() + since.toEpochMilli();
  }

  /** In twentieths, so that what is learned holds for about as much; never nothing at all. */
  private double share(SiteId site, LocalDate before, ZoneId zone) throws SQLException {
    Instant to = before.atStartOfDay(zone).toInstant();
    double share = past.shareFromElsewhere(site, to.minus(SHARE_OF), to);
    return Math.max(LEAST_SHARE, Math.round(20 * share) / 20.0);
  }

  private void learn() {
    for (SiteId site : monitors.keySet()) {
      try {
        learn(site);
      } catch (SQLException e) {
        LOG.debug("Nothing was learned of site {}: SQLSTATE {}", site, e.getSQLState());
      } catch (RuntimeException e) {
        LOG.error("Nothing was learned of site {}: {}", site, e.getClass().getName(), e);
      }
    }
  }

  private void learn(SiteId site) throws SQLException {
    PastCalls.Span span = past.span(site);
    if (span.first().isEmpty()) {
      return;
    }
    ZoneId zone = span.zone().orElse(ownZone);
    LocalDate day = LocalDate.ofInstant(clock.instant(), zone);
    @Nullable Learned known = learned.get(site);
    if (known != null && known.holds(day, clock.instant())) {
      return;
    }
    List<CallRecord> calls = calls(site, span, day, day.minusDays(1), zone);
    Schedule schedule = schedule(site, day, day.atStartOfDay(zone).toInstant());
    Calibrations calibrations =
        Calibrations.learn(
            SiteHistory.of(calls, zone, schedule),
            (int) day.toEpochDay(),
            share(site, day, zone),
            site.value().hashCode());
    learned.put(site, new Learned(day, clock.instant(), calibrations));
    LOG.info(
        "How to estimate site {} was learned from {} cuts of its past", site, calibrations.cuts());
  }

  @Override
  public void close() {
    carrying.shutdownNow();
    learning.shutdownNow();
  }
}

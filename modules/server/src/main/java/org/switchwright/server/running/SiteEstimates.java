package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.Hindsight;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Outage;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.replay.Followed;
import org.switchwright.server.configuration.Configuration;

/**
 * What the sites are believed to be like whose links are cut. One thread carries the estimates on,
 * each second; another one makes them when a link is cut; a third one learns once a day of each
 * site how estimates of it are told best, and says of cuts that are over how good they were. None
 * is waited for by a decision.
 *
 * <p>What is learned and said is journaled, by whichever node is the first to have it.
 */
public final class SiteEstimates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteEstimates.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK_BACK_EVERY = Duration.ofSeconds(20);

  /** What could not be read is tried again after that. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  /** Where there is too little to learn from, there may be more after that. */
  private static final Duration LEARN_AGAIN = Duration.ofMinutes(30);

  /** What ended before midnight, or before the link was restored, has been reported by then. */
  private static final Duration REPORTED_AFTER = Duration.ofMinutes(2);

  /** A site at which nothing happens has nothing to report. */
  private static final Duration REPORT_WITHIN = Duration.ofMinutes(5);

  /** So often one cut is looked at, at most. */
  private static final int TRIES = 5;

  /** SQLSTATE for what is not in the state that it has to be in. */
  private static final String BEHIND = "55000";

  private final CutEstimates estimates;
  private final InstantSource clock;
  private final Map<SiteId, Followed<MonitorEvent, MonitorState>> monitors = new TreeMap<>();
  private final ScheduledExecutorService carrying = thread("estimates");
  private final ScheduledExecutorService making = thread("estimates-making");
  private final ScheduledExecutorService lookingBack = thread("estimates-looking-back");

  /** For the thread that carries them on alone. */
  private final Map<SiteId, Cut> cuts = new TreeMap<>();

  /** For the thread that looks back alone. */
  private final Map<SiteId, Tried> learned = new TreeMap<>();

  private final Map<SiteId, Judged> judged = new TreeMap<>();

  private volatile NetworkIntake intake =
      (_, _) ->
          CompletableFuture.failedFuture(
              new IllegalStateException("Expected a node that is up, but it is starting"));

  private volatile Map<SiteId, SiteEstimate> told = Map.of();

  /**
   * One that goes on.
   *
   * @param lostAt by which it is known
   * @param made its estimate; empty where too little is known of the site's past
   */
  private record Cut(
      Instant lostAt, Instant begunAt, CompletableFuture<Optional<CutEstimate>> made) {}

  private record Tried(LocalDate day, Instant at) {}

  private record Judged(Instant lostAt, int tries) {}

  private SiteEstimates(
      DataSource source,
      Configuration.Site site,
      Configuration.Network network,
      InstantSource clock) {
    this.estimates = new CutEstimates(source, site);
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
      every(EVERY, estimates.carrying, estimates::carryOn);
      every(LOOK_BACK_EVERY, estimates.lookingBack, estimates::lookBack);
    }
    return estimates;
  }

  private static void every(Duration pause, ScheduledExecutorService thread, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            // What is thrown further is not run again.
            LOG.error("Estimates failed: {}", e.getClass().getName(), e);
          }
        };
    var _ =
        thread.scheduleWithFixedDelay(
            guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** From now on what is learned and said is journaled. */
  void journalBy(NetworkIntake monitors) {
    intake = monitors;
  }

  /** Empty while the site's link is up, and where nobody can say. */
  public Optional<SiteEstimate> of(SiteId site) {
    return Optional.ofNullable(told.get(site));
  }

  private void carryOn() {
    Map<SiteId, SiteEstimate> next = new TreeMap<>();
    monitors.forEach((site, monitor) -> {
      try {
        carryOn(site, monitor.now()).ifPresent(it -> next.put(site, it));
      } catch (SQLException e) {
        LOG.debug("Site {} could not be estimated: SQLSTATE {}", site, e.getSQLState());
        of(site).ifPresent(it -> next.put(site, it));
      } catch (RuntimeException e) {
        LOG.error("Site {} could not be estimated: {}", site, e.getClass().getName(), e);
        cuts.computeIfPresent(
            site,
            (_, cut) ->
                new Cut(
                    cut.lostAt(),
                    cut.begunAt(),
                    CompletableFuture.completedFuture(Optional.empty())));
      }
    });
    told = next;
  }

  private Optional<SiteEstimate> carryOn(SiteId site, MonitorState state) throws SQLException {
    Optional<Instant> lost = state.lostAt().or(state::since);
    if (state.trouble().isEmpty() || lost.isEmpty()) {
      cuts.remove(site);
      return Optional.empty();
    }
    Instant now = clock.instant();
    @Nullable Cut cut = cuts.get(site);
    boolean failed = cut != null && cut.made().isCompletedExceptionally();
    if (cut == null
        || !cut.lostAt().equals(lost.get())
        || (failed && now.isAfter(cut.begunAt().plus(AGAIN)))) {
      cut = new Cut(lost.get(), now, make(site, lost.get()));
      cuts.put(site, cut);
    }
    if (!cut.made().isDone() || cut.made().isCompletedExceptionally()) {
      return Optional.empty();
    }
    Optional<CutEstimate> estimate = cut.made().join();
    if (estimate.isEmpty()) {
      return Optional.empty();
    }
    estimate.get().carryOn(now, state.learned());
    return estimate.get().told();
  }

  private CompletableFuture<Optional<CutEstimate>> make(SiteId site, Instant lostAt) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            if (estimates.known(site).until().isBefore(lostAt)) {
              throw new SQLException("Expected books up to the cut, but they are behind", BEHIND);
            }
            Optional<CutEstimate> made = estimates.now(site, clock.instant());
            if (made.isEmpty()) {
              LOG.info(
                  "Site {} is not estimated: too few days of its past are like this, or it is a day ago",
                  site);
            }
            return made;
          } catch (SQLException e) {
            LOG.warn(
                "Site {} cannot be estimated yet: {}, SQLSTATE {}",
                site,
                e.getMessage(),
                e.getSQLState());
            throw new CompletionException(e);
          } catch (RuntimeException e) {
            LOG.error("Site {} could not be estimated: {}", site, e.getClass().getName(), e);
            return Optional.empty();
          }
        },
        making);
  }

  private void lookBack() {
    monitors.forEach((site, monitor) -> {
      try {
        learn(site, monitor.now());
        judge(site, monitor.now());
      } catch (SQLException e) {
        LOG.warn("The past of site {} cannot be read: SQLSTATE {}", site, e.getSQLState());
      } catch (RuntimeException e) {
        LOG.error("The past of site {} cannot be read: {}", site, e.getClass().getName(), e);
      }
    });
  }

  /**
   * For the day of the cut while there is one: what came to pass since is not reported. Else for
   * today, by what has ended before.
   */
  private void learn(SiteId site, MonitorState state) throws SQLException {
    Instant now = clock.instant();
    boolean cut = state.trouble().isPresent();
    Instant moment = cut ? state.lostAt().or(state::since).orElse(now) : now;
    CutEstimates.Known known = estimates.known(site);
    LocalDate day = known.day(moment);
    Instant reported =
        later(known.midnight(day), state.since().orElse(Instant.EPOCH)).plus(REPORTED_AFTER);
    @Nullable Tried tried = learned.get(site);
    boolean triedNow =
        tried != null && tried.day().equals(day) && now.isBefore(tried.at().plus(LEARN_AGAIN));
    if (triedNow
        || state.learned().filter(it -> !it.day().isBefore(day)).isPresent()
        || (!cut && now.isBefore(reported))
        || known.until().isBefore(cut ? moment : reported)) {
      return;
    }
    Optional<LearnedEstimates> best = estimates.learn(site, day);
    learned.put(site, new Tried(day, now));
    if (best.isPresent()) {
      LOG.info(
          "How to estimate site {} was learned from {} cuts of its past", site, best.get().cuts());
      submit(site, new SiteMonitor.Learn(best.get()), () -> learned.remove(site));
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Of a cut that is over, as soon as it is known what it was like. */
  private void judge(SiteId site, MonitorState state) throws SQLException {
    if (state.unscored().isEmpty() || !state.linked()) {
      return;
    }
    Outage cut = state.unscored().get();
    Instant now = clock.instant();
    Instant settled = cut.restoredAt().plus(Hindsight.SETTLED);
    boolean reported = state.reportedAt().filter(it -> it.isAfter(cut.restoredAt())).isPresent();
    Instant from = reported ? settled : settled.plus(REPORT_WITHIN);
    @Nullable Judged before = judged.get(site);
    int tries = before != null && before.lostAt().equals(cut.lostAt()) ? before.tries() : 0;
    if (now.isBefore(from) || tries == TRIES || estimates.known(site).until().isBefore(settled)) {
      return;
    }
    judged.put(site, new Judged(cut.lostAt(), tries + 1));
    Optional<ScoredCut> score = estimates.score(site, cut, now);
    if (score.isPresent()) {
      submit(site, new SiteMonitor.Score(score.get()), () -> {});
    } else {
      judged.put(site, new Judged(cut.lostAt(), TRIES));
    }
  }

  /**
   * @param otherwise where there is no answer; a score is tried again anyway
   */
  private void submit(SiteId site, SiteMonitor.Command command, Runnable otherwise) {
    var _ =
        intake
            .submit(site, command)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.warn("The monitor of {} gives no answer", site);
                lookingBack.execute(otherwise);
              }
            });
  }

  @Override
  public void close() {
    carrying.shutdownNow();
    making.shutdownNow();
    lookingBack.shutdownNow();
  }
}

package org.switchwright.simulation.rehearsal;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.switchwright.domain.estimate.FigureCuts;
import org.switchwright.domain.estimate.FigureEstimate;
import org.switchwright.domain.estimate.LoadedDay;
import org.switchwright.domain.estimate.LoadedDays;
import org.switchwright.domain.estimate.ObservationLevel;
import org.switchwright.domain.estimate.SiteHistory;

/**
 * What it costs callers that the link to a site is cut, by what is then known of that site. Real
 * days of a call log are played as sites of one network: a day, and days of the same day of the
 * week before it on the same clock. Each caller is sent to the site with the shortest expected
 * wait; the link to the first site is cut at a time of day. All that is the same in each practice,
 * down to every caller's patience and talk, but where callers are sent in the meantime, and what
 * comes of that.
 *
 * <p>The first site's past is played in the same way, with all links up, so that what an estimate
 * or an average learns from is that site's life in this network.
 */
public final class Rehearsal {
  /** Each estimate learns from cuts so far apart. */
  private static final long CALIBRATED_EVERY_MS = Duration.ofMinutes(90).toMillis();

  private static final int PACE_DAYS = 56;

  private final LoadedDays days;
  private final Plan plan;
  private final ExpectedWait wait;
  private final PlayedLog log = new PlayedLog();

  /**
   * What is asked.
   *
   * @param fromDay the first day that is scored, counted from 1 January 1970
   * @param toDay the first one that no longer is
   * @param sites 2 to 8
   * @param cutsAt at what times of day the link is cut, each in a run of its own
   * @param lengths for how long, each in a run of its own; at most 4 h
   * @param particles how many courses an estimate simulates
   */
  public record Plan(
      int fromDay,
      int toDay,
      int sites,
      List<LocalTime> cutsAt,
      List<Duration> lengths,
      int particles,
      long seed) {
    private static final Duration LONGEST = Duration.ofHours(4);

    public Plan {
      cutsAt = List.copyOf(cutsAt);
      lengths = List.copyOf(lengths);
      if (toDay <= fromDay) {
        throw new IllegalArgumentException(
            "Expected an end after the beginning, but got " + fromDay + " to " + toDay);
      }
      if (sites < 2 || sites > 8) {
        throw new IllegalArgumentException("Expected 2 to 8 sites, but got " + sites);
      }
      if (cutsAt.isEmpty() || lengths.isEmpty()) {
        throw new IllegalArgumentException("Expected a time and a length of a cut, but got none");
      }
      for (Duration length : lengths) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(LONGEST) > 0) {
          throw new IllegalArgumentException("Expected a cut of 1 min to 4 h, but got " + length);
        }
      }
      if (particles < 10 || particles > 10_000) {
        throw new IllegalArgumentException("Expected 10 to 10000 particles, but got " + particles);
      }
    }
  }

  /** Of the callers of one day who called while the link was cut. */
  record Tally(int calls, double waitedSeconds, int abandoned, int sentToCut) {
    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          calls + other.calls,
          waitedSeconds + other.waitedSeconds,
          abandoned + other.abandoned,
          sentToCut + other.sentToCut);
    }
  }

  public Rehearsal(SiteHistory recorded, Plan plan) {
    this.days = new LoadedDays(recorded, plan.seed());
    this.plan = plan;
    List<Integer> before = new ArrayList<>();
    for (int day = plan.fromDay() - PACE_DAYS; day < plan.fromDay(); day++) {
      if (days.ordinary(day)) {
        before.add(day);
      }
    }
    LoadedDays.Totals pace = days.recorded(before);
    this.wait = new ExpectedWait(Math.max(1, pace.handleSeconds()), pace.abandonsPerSecond());
  }

  /**
   * Plays everything.
   *
   * @param progress told of each day that is scored
   * @throws IllegalArgumentException where no day can be scored
   */
  public RehearsalReport run(Consumer<Integer> progress) {
    CutRouter linked = CutRouter.withAllLinks(wait);
    for (int day = days.first(); day < Math.min(plan.toDay(), days.end()); day++) {
      List<LoadedDay> sites = days.ordinary(day) ? days.likeDay(day, plan.sites()) : List.of();
      if (sites.size() == plan.sites()) {
        PlayedDay played = new PlayedDay(sites);
        played.playOut(linked, PlayedDay.Watcher.NOBODY);
        log.add(day, played);
      }
    }
    SiteHistory past = log.history();
    Map<ObservationLevel, FigureCuts> cuts = new EnumMap<>(ObservationLevel.class);
    for (ObservationLevel level : ObservationLevel.values()) {
      cuts.put(
          level,
          new FigureCuts(past, wait, level, CALIBRATED_EVERY_MS, plan.particles(), plan.seed()));
    }
    Map<Duration, Map<Practice, NavigableMap<Integer, Tally>>> tallies = new TreeMap<>();
    for (Duration length : plan.lengths()) {
      Map<Practice, NavigableMap<Integer, Tally>> byPractice = new EnumMap<>(Practice.class);
      for (Practice practice : Practice.values()) {
        byPractice.put(practice, new TreeMap<>());
      }
      tallies.put(length, byPractice);
    }
    List<Integer> scored = new ArrayList<>();
    for (int day = plan.fromDay(); day < plan.toDay(); day++) {
      if (log.has(day) && score(day, cuts, tallies)) {
        scored.add(day);
        progress.accept(day);
      }
    }
    if (scored.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected ordinary days with similar ones and other sites' before them, but got none");
    }
    return RehearsalReport.of(plan, tallies, days.recorded(scored), alone(scored));
  }

  /** Whether somebody was there at one of the cuts, at least. */
  private boolean score(
      int day,
      Map<ObservationLevel, FigureCuts> cuts,
      Map<Duration, Map<Practice, NavigableMap<Integer, Tally>>> tallies) {
    PlayedDay played = new PlayedDay(days.likeDay(day, plan.sites()));
    CutRouter linked = CutRouter.withAllLinks(wait);
    boolean any = false;
    for (LocalTime at : plan.cutsAt().stream().sorted().toList()) {
      long cutMs = at.toNanoOfDay() / 1_000_000;
      played.playUntil(cutMs, linked, PlayedDay.Watcher.NOBODY);
      if (played.loggedIn(0) == 0) {
        continue;
      }
      SiteHistory known = log.atCut(day, played, cutMs);
      for (Duration length : plan.lengths()) {
        Map<Practice, NavigableMap<Integer, Tally>> byPractice =
            Objects.requireNonNull(tallies.get(length));
        for (Practice practice : Practice.values()) {
          Tally tally = play(day, played.copy(), cutMs, length, practice, known, cuts);
          Objects.requireNonNull(byPractice.get(practice)).merge(day, tally, Tally::plus);
        }
      }
      any = true;
    }
    return any;
  }

  private Tally play(
      int day,
      PlayedDay played,
      long cutMs,
      Duration length,
      Practice practice,
      SiteHistory known,
      Map<ObservationLevel, FigureCuts> cuts) {
    long untilMs = cutMs + length.toMillis();
    long midnight = PlayedLog.midnight(day);
    double last = CutRouter.live(wait, played, 0);
    ObservationLevel level = practice.level().orElse(ObservationLevel.A);
    FigureEstimate estimate =
        FigureEstimate.of(
            known,
            midnight + cutMs,
            played.idle(0).stream()
                .map(
                    it -> new FigureEstimate.Idle(it.agent(), midnight + it.sinceMs(), it.pauses()))
                .toList(),
            Objects.requireNonNull(cuts.get(level)));
    CutRouter.Known what =
        switch (practice) {
          case ORACLE -> (now, _) -> CutRouter.live(wait, now, 0);
          case FROZEN -> (_, _) -> last;
          case LEFT_OUT -> (_, _) -> Double.POSITIVE_INFINITY;
          case AVERAGE -> (_, at) -> estimate.average(midnight + at);
          case ESTIMATE_A, ESTIMATE_B, ESTIMATE_C -> (_, at) -> estimate.mean(midnight + at);
        };
    PlayedDay.Watcher watcher =
        practice.level().isPresent()
            ? new EstimateWatcher(estimate, played, 0, cutMs, untilMs, midnight)
            : PlayedDay.Watcher.NOBODY;
    CutRouter router = new CutRouter(wait, 0, cutMs, untilMs, what);
    // Until the last of them has been answered or has given up.
    played.playUntil(untilMs + LoadedDay.MAX_PATIENCE_MS, router, watcher);
    return tally(played, cutMs, untilMs);
  }

  private static Tally tally(PlayedDay played, long fromMs, long untilMs) {
    int calls = 0;
    double waited = 0;
    int abandoned = 0;
    int sent = 0;
    for (int caller = 0; caller < played.arrivals().size(); caller++) {
      long at = played.arrivals().get(caller).atMs();
      if (at > fromMs && at <= untilMs) {
        calls++;
        waited += (played.leftAt(caller) - at) / 1_000.0;
        abandoned += played.answered(caller) ? 0 : 1;
        sent += played.siteOf(caller) == 0 ? 1 : 0;
      }
    }
    return new Tally(calls, waited, abandoned, sent);
  }

  /** The days played with nobody sent to another site: how true to life that is. */
  private Tally alone(List<Integer> scored) {
    Tally all = Tally.NONE;
    for (int day : scored) {
      PlayedDay played = new PlayedDay(List.of(days.day(day)));
      played.playOut((_, _, _) -> 0, PlayedDay.Watcher.NOBODY);
      all = all.plus(tally(played, -1, Long.MAX_VALUE));
    }
    return all;
  }
}

package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.cluster.view.PlannedDays;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.Calibrations;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.estimate.Hindsight;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.LiveEstimate;
import org.switchwright.domain.estimate.Lookout;
import org.switchwright.domain.estimate.Schedule;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.estimate.SiteHistory;
import org.switchwright.domain.estimate.SitePast;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.Outage;
import org.switchwright.replay.CutThen;
import org.switchwright.replay.SiteSince;
import org.switchwright.replay.SiteThen;
import org.switchwright.server.configuration.Configuration;

/**
 * Makes estimates of sites whose links are cut, or were once, of the journal and what it is kept
 * in.
 */
public final class CutEstimates {
  /** Thirteen weeks before each of the days by which estimates are calibrated. */
  private static final int HISTORY_DAYS = 20 * 7;

  /** Of those, at most: some 150 MB while they are looked at. */
  private static final int MAX_CALLS = 2_000_000;

  private static final Duration SHARE_OF = Duration.ofDays(28);

  private final DataSource source;
  private final SiteId own;
  private final ZoneId ownZone;
  private final PastCalls past;
  private final PlannedDays planned;

  /**
   * @param own the controller's site
   */
  public CutEstimates(DataSource source, Configuration.Site own) {
    this.source = source;
    this.own = own.id();
    this.ownZone = own.zone();
    this.past = new PastCalls(source);
    this.planned = new PlannedDays(source);
  }

  /**
   * What is known of a site's past.
   *
   * @param zone whose wall clocks it lives by: the controller's, where no log has said otherwise
   * @param until all of what was journaled until then is in the books
   */
  record Known(ZoneId zone, Instant until) {
    LocalDate day(Instant moment) {
      return LocalDate.ofInstant(moment, zone);
    }

    Instant midnight(LocalDate day) {
      return day.atStartOfDay(zone).toInstant();
    }
  }

  Known known(SiteId site) throws SQLException {
    PastCalls.Span span = past.span(site);
    return new Known(span.zone().orElse(ownZone), span.knownUntil());
  }

  /**
   * What was believed of a site at a moment of the past, as it was told then.
   *
   * @return empty where the link was up then, and where nobody could say
   * @throws SQLException if the journal cannot be read
   */
  public Optional<SiteEstimate> at(SiteId site, Instant moment) throws SQLException {
    Optional<CutThen> cut = CutThen.at(source, site, moment);
    return cut.isEmpty()
        ? Optional.empty()
        : begin(site, cut.get(), moment).flatMap(it -> it.told());
  }

  /**
   * The estimate of the cut that goes on, carried on until now.
   *
   * @return empty where the link is up, and where too little is known of the site's past
   */
  Optional<CutEstimate> now(SiteId site, Instant now) throws SQLException {
    Optional<CutThen> cut = CutThen.now(source, site);
    return cut.isEmpty() ? Optional.empty() : begin(site, cut.get(), now);
  }

  private Optional<CutEstimate> begin(SiteId site, CutThen cut, Instant to) throws SQLException {
    MonitorState state = cut.lost().state();
    if (state.mirror().configuration().isEmpty()
        || to.isAfter(cut.at().plus(LiveEstimate.TELLS_FOR).plus(CutEstimate.SETTLED))) {
      return Optional.empty();
    }
    // What was loaded during the cut, or after it, would make another estimate of what was told.
    ZoneId zone = past.zone(site, cut.at()).orElse(ownZone);
    LocalDate day = LocalDate.ofInstant(cut.at(), zone);
    SiteAtCut reported = SiteAtCut.of(state.mirror(), own, cut.at());
    Instant reportedBy = reportedBy(state, day, zone);
    Optional<LiveEstimate> estimate =
        LiveEstimate.begin(
            reported,
            past(site, day, day, zone, reportedBy, cut.at()),
            zone,
            schedule(site, day, cut.at()),
            Calibrations.NONE,
            share(site, day, zone, reportedBy),
            seed(site, cut.at()));
    if (estimate.isEmpty()) {
      return Optional.empty();
    }
    SiteSince events = SiteSince.of(source, own, cut.at());
    Lookout lookout = new Lookout(site, events.state(), state.mirror());
    CutEstimate begun = new CutEstimate(cut, reported, zone, estimate.get(), events, lookout);
    begun.catchUp(to);
    return Optional.of(begun);
  }

  /** What ended later was reported after the cut only, if on the day of the cut. */
  private static Instant reportedBy(MonitorState state, LocalDate day, ZoneId zone) {
    Instant midnight = day.atStartOfDay(zone).toInstant();
    return state.reportedAt().filter(it -> it.isAfter(midnight)).orElse(midnight);
  }

  /**
   * Of the weeks before a day that matter to it, and up to {@code last}.
   *
   * @param over what ended later does not count
   * @param asOf nor does what was loaded later
   */
  private SitePast past(
      SiteId site, LocalDate day, LocalDate last, ZoneId zone, Instant over, Instant asOf)
      throws SQLException {
    // From when on anything is known now says nothing of then: it may have been forgotten.
    return past.between(
        site, day.minusDays(HISTORY_DAYS), last, zone, MAX_CALLS, new PastCalls.AsOf(over, asOf));
  }

  /** As it was at a moment, so that whoever reads it later comes to the same. */
  private Schedule schedule(SiteId site, LocalDate day, Instant asOf) throws SQLException {
    return Schedule.of(planned.between(site, day.minusDays(HISTORY_DAYS), day.plusDays(1), asOf));
  }

  /** The same for whoever estimates this cut of this site. */
  private static long seed(SiteId site, Instant since) {
    return 31L * site.value().hashCode() + since.toEpochMilli();
  }

  /**
   * In twentieths, so that what is learned holds for about as much.
   *
   * @param until where a site reported nothing before that day, what it reported of the day by then
   *     counts
   */
  private double share(SiteId site, LocalDate day, ZoneId zone, Instant until) throws SQLException {
    Instant midnight = day.atStartOfDay(zone).toInstant();
    Optional<Double> share = past.shareFromElsewhere(site, midnight.minus(SHARE_OF), midnight);
    if (share.isEmpty()) {
      share = past.shareFromElsewhere(site, midnight, until);
    }
    return Math.round(20 * share.orElse(0.0)) / 20.0;
  }

  /**
   * How estimates of a day are told best, by the weeks before it.
   *
   * @return empty where there is too little to learn from
   */
  Optional<LearnedEstimates> learn(SiteId site, LocalDate day) throws SQLException {
    Known known = known(site);
    ZoneId zone = known.zone();
    Instant midnight = known.midnight(day);
    SitePast before = past(site, day, day.minusDays(1), zone, midnight, known.until());
    if (before.calls().isEmpty()) {
      return Optional.empty();
    }
    Calibrations calibrations =
        Calibrations.learn(
            SiteHistory.of(before, zone, schedule(site, day, midnight)),
            (int) day.toEpochDay(),
            share(site, day, zone, known.until()),
            site.value().hashCode());
    return calibrations.learned() ? Optional.of(calibrations.before(day)) : Optional.empty();
  }

  /**
   * Compares what was estimated of a cut with what the site has reported since.
   *
   * @return empty where nothing can be compared
   */
  Optional<ScoredCut> score(SiteId site, Outage cut, Instant now) throws SQLException {
    Instant restored = cut.restoredAt().minusMillis(1);
    Instant enough = cut.lostAt().plus(LiveEstimate.SEES_FOR);
    Instant end = restored.isBefore(enough) ? restored : enough;
    Optional<CutThen> then = CutThen.at(source, site, end);
    Optional<CutEstimate> estimated =
        then.isEmpty() ? Optional.empty() : begin(site, then.get(), end);
    return estimated.isEmpty() ? Optional.empty() : score(site, estimated.get(), cut, now);
  }

  private Optional<ScoredCut> score(SiteId site, CutEstimate estimated, Outage cut, Instant now)
      throws SQLException {
    SortedMap<Integer, SiteEstimate> told = estimated.atHorizons();
    TreeMap<Instant, Integer> moments = new TreeMap<>();
    told.keySet()
        .forEach(minutes -> moments.put(cut.lostAt().plus(Duration.ofMinutes(minutes)), minutes));
    SortedMap<Integer, SiteAtCut> then = new TreeMap<>();
    SiteThen.at(
            source,
            site,
            estimated.cut().lost().sequenceNr(),
            estimated.cut().lost().state().mirror(),
            moments.navigableKeySet())
        .forEach((moment, mirror) ->
            then.put(moments.getOrDefault(moment, 0), SiteAtCut.of(mirror, own, moment)));
    ZoneId zone = estimated.zone();
    LocalDate last = LocalDate.ofInstant(now, zone);
    List<CallRecord> calls =
        past.withOpen(site, estimated.day().minusDays(1), last, zone, MAX_CALLS, now);
    return Hindsight.of(told, then, calls, zone);
  }
}

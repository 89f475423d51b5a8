package org.switchwright.server.running;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.estimate.Calibrations;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.LiveEstimate;
import org.switchwright.domain.estimate.Lookout;
import org.switchwright.domain.estimate.SiteAtCut;
import org.switchwright.domain.estimate.SiteEstimate;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.replay.CutThen;
import org.switchwright.replay.SiteSince;

/**
 * The estimate of one cut, carried on by what the journal has of it: the same live, after a restart
 * and years later. Not for several threads.
 */
final class CutEstimate {
  /** An event is in the journal so long after its time, or never: a write takes at most 2 s. */
  static final Duration SETTLED = Duration.ofSeconds(3);

  private final CutThen cut;
  private final LocalDate day;
  private final ZoneId zone;
  private final LiveEstimate estimate;
  private final SiteSince events;
  private final Lookout lookout;

  /** Nothing that comes now changes the estimate. */
  private boolean seenAll;

  /**
   * @param zone whose wall clocks the site lives by
   * @param events of the controller's own site since the cut
   */
  CutEstimate(
      CutThen cut,
      SiteAtCut reported,
      ZoneId zone,
      LiveEstimate estimate,
      SiteSince events,
      Lookout lookout) {
    this.cut = cut;
    this.day = LocalDate.ofInstant(cut.at(), zone);
    this.zone = zone;
    this.estimate = estimate;
    this.events = events;
    this.lookout = lookout;
    lookout.begin(reported).forEach(estimate::see);
  }

  CutThen cut() {
    return cut;
  }

  /** Of the cut, by the site's wall clocks. */
  LocalDate day() {
    return day;
  }

  ZoneId zone() {
    return zone;
  }

  /** From the cut on to a moment, by what was known at each time between. */
  void catchUp(Instant to) throws SQLException {
    Optional<LearnedEstimates> learned = cut.lost().state().learned();
    for (MonitorEvent.EstimatesLearned each : cut.learned()) {
      carryOn(each.at(), learned);
      learned = Optional.of(each.learned());
    }
    carryOn(to, learned);
  }

  /**
   * Goes on.
   *
   * @param learned last; counts if it is for the day of the cut
   */
  void carryOn(Instant to, Optional<LearnedEstimates> learned) throws SQLException {
    learned.filter(it -> it.day().equals(day)).map(Calibrations::of).ifPresent(estimate::tellBy);
    if (!seenAll) {
      Instant end = cut.at().plus(LiveEstimate.SEES_FOR);
      events.until(to.isBefore(end) ? to : end, event -> lookout.see(event).forEach(estimate::see));
      // What happened before the end may be written a little after it.
      seenAll = to.isAfter(end.plus(SETTLED));
    }
    estimate.advance(to.minus(SETTLED));
  }

  /** Empty after a day. */
  Optional<SiteEstimate> told() {
    return estimate.told();
  }

  /** What was told at the horizons that have been passed, by the minutes after the cut. */
  SortedMap<Integer, SiteEstimate> atHorizons() {
    return estimate.atHorizons();
  }
}

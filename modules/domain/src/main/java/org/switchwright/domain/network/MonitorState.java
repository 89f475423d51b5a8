package org.switchwright.domain.network;

import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.LearnedEstimates;
import org.switchwright.domain.estimate.ScoredCut;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.SiteTotals;

/**
 * A site as it has reported itself.
 *
 * @param cursor the place in its stream of events after its last report; empty before the first
 * @param sequence of its last report; 0 before the first
 * @param reportedAt when that happened, by the site's clock
 * @param since since when the link is as it is; empty before anything was heard
 * @param trouble why the site cannot be followed; empty where it can, or was never heard
 * @param mirror what the reports fold to
 * @param lostAt when the link was lost last, whether or not it is up again; empty if never
 * @param unscored the cut of which it is still to be said how good the estimates were
 * @param learned how estimates are told best, as learned last
 * @param scored how good the estimates were of the last cut of which that is known
 */
public record MonitorState(
    SiteId site,
    Optional<String> cursor,
    long sequence,
    Optional<Instant> reportedAt,
    Optional<Instant> since,
    Optional<Trouble> trouble,
    SiteState mirror,
    Optional<Instant> lostAt,
    Optional<Outage> unscored,
    Optional<LearnedEstimates> learned,
    Optional<ScoredCut> scored) {

  static MonitorState initial(SiteId site) {
    return new MonitorState(
        site,
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Site.AGGREGATE.initial(site.value()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether heartbeats come. */
  public boolean linked() {
    return since.isPresent() && trouble.isEmpty();
  }

  /** How many agents could be given a call by the last report. */
  int free() {
    return SiteTotals.ready(mirror);
  }

  MonitorState with(MonitorEvent event) {
    return switch (event) {
      case MonitorEvent.Reported it -> reported(it);
      case MonitorEvent.StartedOver it ->
          new MonitorState(
              site,
              Optional.of(it.from()),
              0,
              Optional.empty(),
              since,
              trouble,
              Site.AGGREGATE.initial(site.value()),
              lostAt,
              Optional.empty(),
              learned,
              scored);
      case MonitorEvent.LinkRestored it -> link(it.at(), Optional.empty());
      case MonitorEvent.LinkLost it -> link(it.at(), Optional.of(it.why()));
      // What estimates are made from is read beside it.
      case MonitorEvent.HistoryLoaded _,
          MonitorEvent.HistoryForgotten _,
          MonitorEvent.ScheduleLoaded _ ->
          this;
      case MonitorEvent.EstimatesLearned it ->
          estimated(unscored, Optional.of(it.learned()), scored);
      case MonitorEvent.EstimateScored it ->
          estimated(
              unscored.filter(cut -> cut.lostAt().isAfter(it.cut().cutAt())),
              learned,
              Optional.of(it.cut()));
    };
  }

  private MonitorState estimated(
      Optional<Outage> open, Optional<LearnedEstimates> best, Optional<ScoredCut> last) {
    return new MonitorState(
        site, cursor, sequence, reportedAt, since, trouble, mirror, lostAt, open, best, last);
  }

  private MonitorState reported(MonitorEvent.Reported it) {
    SiteState next = mirror;
    for (Report report : it.reports()) {
      next = Site.AGGREGATE.evolve(next, report.event());
    }
    Report last = it.reports().getLast();
    return new MonitorState(
        site,
        Optional.of(it.upTo()),
        last.sequence(),
        Optional.of(last.event().at()),
        since,
        trouble,
        next,
        lostAt,
        unscored,
        learned,
        scored);
  }

  private Optional<Outage> unscored(Instant restoredAt) {
    return lostAt
        .map(it -> new Outage(it, restoredAt))
        .filter(it -> unscored.map(it::comesBefore).orElse(!it.comesToNothing()))
        .or(() -> unscored);
  }

  /** Why it is lost may change; it was lost when it was lost first. */
  private MonitorState link(Instant at, Optional<Trouble> why) {
    return new MonitorState(
        site,
        cursor,
        sequence,
        reportedAt,
        Optional.of(at),
        why,
        mirror,
        why.isPresent() && trouble.isEmpty() ? Optional.of(at) : lostAt,
        why.isEmpty() && trouble.isPresent() ? unscored(at) : unscored,
        learned,
        scored);
  }
}

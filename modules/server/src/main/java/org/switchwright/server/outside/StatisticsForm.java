package org.switchwright.server.outside;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.Occupancy;
import org.switchwright.domain.statistics.ServiceLevel;
import org.switchwright.domain.statistics.Spans;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.EstimateReport;
import org.switchwright.http.query.SiteStatistics;
import org.switchwright.http.query.SiteStatistics.Question;
import org.switchwright.http.query.SiteStatistics.Span;
import org.switchwright.http.query.StatisticsReport;
import org.switchwright.http.query.StatisticsReport.Calls;
import org.switchwright.http.query.StatisticsReport.Measured;
import org.switchwright.replay.statistics.EstimateScores;
import org.switchwright.replay.statistics.WaitSketch;

/** Statistics as they are told outside: in milliseconds and percent, the unknown left out. */
record StatisticsForm(
    SiteId site,
    SitePicture.Basis basis,
    Optional<Instant> reportedAt,
    ZoneId zone,
    Question question) {
  StatisticsReport report(Statistics it, AsOf asOf) {
    SortedMap<String, String> formulas = new TreeMap<>();
    for (ServiceLevel level : ServiceLevel.values()) {
      formulas.put(level.text(), level.formula());
    }
    for (Occupancy occupancy : Occupancy.values()) {
      formulas.put(occupancy.text(), occupancy.formula());
    }
    return new StatisticsReport(
        asOf,
        site.value(),
        Words.of(basis),
        reportedAt,
        question.span() instanceof Span.Named named
            ? Optional.of(SiteStatistics.text(named.window()))
            : Optional.empty(),
        it.interval().from(),
        it.interval().to(),
        zone.getId(),
        it.thresholds().target().toMillis(),
        it.thresholds().shortAbandon().toMillis(),
        formulas,
        calls(it.site()),
        it.queues().entrySet().stream()
            .map(queue ->
                new StatisticsReport.OfQueue(queue.getKey().value(), calls(queue.getValue())))
            .toList(),
        it.skills().entrySet().stream()
            .map(skill ->
                new StatisticsReport.OfSkill(skill.getKey().value(), calls(skill.getValue())))
            .toList(),
        it.agents().entrySet().stream()
            .map(agent -> agent(agent.getKey().value(), agent.getValue()))
            .toList());
  }

  private static Calls calls(Statistics.CallFigures it) {
    SortedMap<String, Double> levels = new TreeMap<>();
    for (ServiceLevel level : ServiceLevel.values()) {
      level.percent(it.service()).ifPresent(percent -> levels.put(level.text(), percent));
    }
    return new Calls(
        it.offered(),
        it.answered(),
        it.abandoned(),
        it.overflowed(),
        it.refused(),
        it.failed(),
        it.handleTimes().count(),
        measured(it.answeredWaits()),
        measured(it.abandonedWaits()),
        measured(it.talkTimes()),
        measured(it.consultTimes()),
        measured(it.handleTimes()),
        offers(it.offers()),
        levels);
  }

  private static StatisticsReport.OfAgent agent(String agent, Statistics.AgentFigures it) {
    SortedMap<String, Long> times = new TreeMap<>();
    it.times().forEach((activity, time) -> times.put(Words.of(activity), time.toMillis()));
    SortedMap<String, Long> notReady = new TreeMap<>();
    it.notReady().forEach((reason, time) -> notReady.put(reason, time.toMillis()));
    SortedMap<String, Double> occupancies = new TreeMap<>();
    for (Occupancy occupancy : Occupancy.values()) {
      occupancy
          .percent(it.times())
          .ifPresent(percent -> occupancies.put(occupancy.text(), percent));
    }
    return new StatisticsReport.OfAgent(
        agent,
        it.handleTimes().count(),
        measured(it.talkTimes()),
        measured(it.consultTimes()),
        measured(it.handleTimes()),
        offers(it.offers()),
        times,
        notReady,
        occupancies);
  }

  private static SortedMap<String, Long> offers(SortedMap<OfferOutcome, Long> offers) {
    SortedMap<String, Long> told = new TreeMap<>();
    offers.forEach((outcome, count) -> told.put(Words.of(outcome), count));
    return told;
  }

  private static Measured measured(Spans spans) {
    return new Measured(
        spans.count(),
        spans.mean().map(Duration::toMillis),
        spans.quantile(0.5).map(Duration::toMillis),
        spans.quantile(0.9).map(Duration::toMillis),
        spans.longest().map(Duration::toMillis),
        spans.count() == 0 ? Optional.empty() : Optional.of(WaitSketch.of(spans).text()));
  }

  static EstimateReport estimates(SiteId site, EstimateScores.Report it) {
    return new EstimateReport(
        site.value(),
        it.interval().from(),
        it.interval().to(),
        it.answered(),
        it.notAnswered(),
        scores(it.all()),
        it.queues().entrySet().stream()
            .map(queue ->
                new EstimateReport.OfQueue(queue.getKey().value(), scores(queue.getValue())))
            .toList());
  }

  private static List<EstimateReport.Score> scores(
      SortedMap<EstimatedWait, EstimateScores.Score> scores) {
    return scores.entrySet().stream()
        .map(entry -> score(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static EstimateReport.Score score(EstimatedWait formula, EstimateScores.Score it) {
    return new EstimateReport.Score(
        formula.text(),
        it.told(),
        it.unknown(),
        it.errors().map(EstimateScores.Errors::meanAbsolute),
        it.errors().map(EstimateScores.Errors::bias),
        it.errors().map(EstimateScores.Errors::rootMeanSquare),
        it.interval().map(EstimateScores.Coverage::within));
  }
}

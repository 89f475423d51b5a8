package org.switchwright.server.outside;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.switchwright.cluster.view.AgentStates;
import org.switchwright.cluster.view.QueueStates;
import org.switchwright.domain.statistics.ServiceLevel;
import org.switchwright.http.query.NetworkQueries;
import org.switchwright.http.query.NetworkSite;
import org.switchwright.http.query.SiteStatistics;
import org.switchwright.http.query.SiteStatistics.Question;
import org.switchwright.http.query.SiteStatistics.Span;
import org.switchwright.http.query.SiteStatistics.Window;
import org.switchwright.http.query.StatisticsReport;
import org.switchwright.http.query.Unavailable;
import org.switchwright.http.query.WaitReport;

/**
 * The site's own figures, read when they are asked for. Every node tells the same ones: take the
 * maximum over nodes, not the sum.
 */
final class SiteFigures {
  private static final Logger LOG = LoggerFactory.getLogger(SiteFigures.class);

  /** One of each family; all are in the statistics over HTTP. */
  private static final List<ServiceLevel> TOLD =
      List.of(
          ServiceLevel.ASTERISK_SL2,
          ServiceLevel.CISCO_NEGATIVE,
          ServiceLevel.GENESYS_SERVICE_FACTOR_1,
          ServiceLevel.GENESYS_CLOUD);

  private static final Question TODAY =
      new Question(
          Optional.empty(),
          new Span.Named(Window.DAY),
          Duration.ofSeconds(20),
          Duration.ZERO,
          false);

  private final QueueStates queues;
  private final AgentStates agents;
  private final SiteStatistics statistics;
  private final MultiGauge waiting;
  private final MultiGauge oldest;
  private final MultiGauge ready;
  private final MultiGauge states;
  private final MultiGauge calls;
  private final MultiGauge levels;
  private final MultiGauge estimates;
  private final MultiGauge errors;
  private final NetworkQueries network;

  SiteFigures(
      DataSource source,
      SiteStatistics statistics,
      NetworkQueries network,
      MeterRegistry registry) {
    this.statistics = statistics;
    this.network = network;
    this.errors =
        MultiGauge.builder("switchwright.estimate.error")
            .description(
                "Of the last cut of a watched site's link: how far the median was from what the"
                    + " site then reported")
            .register(registry);
    this.queues = new QueueStates(source);
    this.agents = new AgentStates(source);
    this.waiting =
        MultiGauge.builder("switchwright.queue.waiting")
            .description("Calls that wait")
            .register(registry);
    this.oldest =
        MultiGauge.builder("switchwright.queue.oldest.seconds")
            .description("How long the one has waited that has waited longest; absent if none")
            .register(registry);
    this.ready =
        MultiGauge.builder("switchwright.queue.ready")
            .description("Agents that would be given a call of this queue now")
            .register(registry);
    this.states =
        MultiGauge.builder("switchwright.agents").description("Agents by state").register(registry);
    this.calls =
        MultiGauge.builder("switchwright.queue.calls.today")
            .description("Calls since the site's day began, by what became of them")
            .register(registry);
    this.levels =
        MultiGauge.builder("switchwright.queue.service.level.percent")
            .description("Since the site's day began, for 20 s; absent where no call counts")
            .register(registry);
    this.estimates =
        MultiGauge.builder("switchwright.queue.estimated.wait.seconds")
            .description("What a caller who came now would wait; absent where it is unknown")
            .register(registry);
  }

  /** What cannot be read now is not told, rather than told wrong. */
  void refresh() {
    try {
      queues();
      agents();
      today();
      waits();
      scores();
    } catch (SQLException | Unavailable | IllegalArgumentException e) {
      LOG.warn("The site's figures cannot be read now: {}", e.getMessage());
      List.of(waiting, oldest, ready, states, calls, levels, estimates, errors)
          .forEach(it -> it.register(List.of(), true));
    }
  }

  private void scores() {
    List<Row<?>> rows = new ArrayList<>();
    for (NetworkSite site : network.sites().items()) {
      for (NetworkSite.ScoredFigure it :
          site.lastScore().map(NetworkSite.Score::figures).orElse(List.of())) {
        Tags tags =
            Tags.of(
                "site",
                site.site(),
                "quantity",
                it.quantity(),
                "minutes",
                Integer.toString(it.horizonMinutes()));
        rows.add(Row.of(tags, Math.abs(it.median() - it.truth())));
      }
    }
    errors.register(rows, true);
  }

  private void queues() throws SQLException {
    Instant now = InstantSource.system().instant();
    List<Row<?>> waitingRows = new ArrayList<>();
    List<Row<?>> oldestRows = new ArrayList<>();
    List<Row<?>> readyRows = new ArrayList<>();
    for (QueueStates.QueueNow queue : queues.read(now).queues()) {
      Tags tags = Tags.of("site", queue.site().value(), "queue", queue.queue().value());
      waitingRows.add(Row.of(tags, queue.waiting()));
      readyRows.add(Row.of(tags, queue.ready()));
      queue
          .oldestArrivedAt()
          .ifPresent(
              at -> oldestRows.add(Row.of(tags, Duration.between(at, now).toMillis() / 1_000.0)));
    }
    waiting.register(waitingRows, true);
    oldest.register(oldestRows, true);
    ready.register(readyRows, true);
  }

  private void today() {
    StatisticsReport today = statistics.statistics(TODAY);
    List<Row<?>> callRows = new ArrayList<>();
    List<Row<?>> levelRows = new ArrayList<>();
    for (StatisticsReport.OfQueue queue : today.queues()) {
      Tags tags = Tags.of("site", today.site(), "queue", queue.queue());
      StatisticsReport.Calls told = queue.calls();
      callRows.add(Row.of(tags.and("became", "offered"), told.offered()));
      callRows.add(Row.of(tags.and("became", "answered"), told.answered()));
      callRows.add(Row.of(tags.and("became", "abandoned"), told.abandoned()));
      callRows.add(Row.of(tags.and("became", "overflowed"), told.overflowed()));
      for (ServiceLevel level : TOLD) {
        Double percent = told.serviceLevels().get(level.text());
        if (percent != null) {
          levelRows.add(Row.of(tags.and("definition", level.text()), percent));
        }
      }
    }
    calls.register(callRows, true);
    levels.register(levelRows, true);
  }

  private void waits() {
    WaitReport report = statistics.waits();
    List<Row<?>> rows = new ArrayList<>();
    for (WaitReport.OfQueue queue : report.queues()) {
      Tags tags = Tags.of("site", report.site(), "queue", queue.queue());
      for (WaitReport.Estimate estimate : queue.next()) {
        estimate
            .expectedMs()
            .ifPresent(
                ms -> rows.add(Row.of(tags.and("formula", estimate.formula()), ms / 1_000.0)));
      }
    }
    estimates.register(rows, true);
  }

  private void agents() throws SQLException {
    Map<String, Integer> counts = new TreeMap<>();
    for (AgentStates.StateCount count : agents.counts()) {
      boolean works = count.work() != AgentStates.Work.FREE;
      String state = works ? Words.of(count.work()) : Words.of(count.wish());
      counts.merge(state, count.agents(), Integer::sum);
    }
    List<Row<?>> rows = new ArrayList<>();
    counts.forEach((state, count) -> rows.add(Row.of(Tags.of("state", state), count)));
    states.register(rows, true);
  }
}

package org.switchwright.server.outside;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.cluster.view.StatisticsFacts;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.domain.statistics.ServiceCounts.Thresholds;
import org.switchwright.domain.statistics.Statistics;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.EstimateReport;
import org.switchwright.http.query.SiteStatistics;
import org.switchwright.http.query.StatisticsReport;
import org.switchwright.http.query.WaitReport;
import org.switchwright.replay.statistics.EstimateScores;
import org.switchwright.replay.statistics.StatisticsReplay;

/**
 * Answers about the site's statistics from what the read models noted down, or from the journal.
 * However many look at the same window every second, it is computed once a second; the whole
 * journal is read by one at a time.
 */
final class StatisticsAnswers implements SiteStatistics {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private record Answer(Question question, Instant at, StatisticsReport report) {}

  private record Looked(Optional<SiteId> other, Window window) {}

  private static final class Slot {
    private @Nullable Answer answer;
  }

  private final SiteId site;
  private final ZoneId zone;
  private final StatisticsFacts facts;
  private final StatisticsReplay replay;
  private final EstimateScores scores;
  private final ExpectedWaits waits;
  private final InstantSource clock;
  private final NetworkAnswers network;

  /** At most one for each window of each site that there is. */
  private final Map<Looked, Slot> slots = new ConcurrentHashMap<>();

  StatisticsAnswers(
      DataSource source, SiteId site, ZoneId zone, NetworkAnswers network, InstantSource clock) {
    this.site = site;
    this.network = network;
    this.zone = zone;
    this.facts = new StatisticsFacts(source);
    this.replay = new StatisticsReplay(source);
    this.scores = new EstimateScores(source);
    this.waits = new ExpectedWaits(source, site, clock);
    this.clock = clock;
  }

  @Override
  public StatisticsReport statistics(Question question) {
    return question.span() instanceof Span.Named named && !question.fromJournal()
        ? fresh(question, named.window())
        : computed(question);
  }

  private StatisticsReport fresh(Question question, Window window) {
    Optional<SiteId> other = other(question).map(MonitorState::site);
    Slot slot = slots.computeIfAbsent(new Looked(other, window), _ -> new Slot());
    synchronized (slot) {
      Answer last = slot.answer;
      if (last != null
          && last.question().equals(question)
          && last.at().plus(FRESH).isAfter(clock.instant())) {
        return last.report();
      }
      StatisticsReport report = computed(question);
      slot.answer = new Answer(question, clock.instant(), report);
      return report;
    }
  }

  private Optional<MonitorState> other(Question question) {
    return question.site().filter(it -> !it.equals(site.value())).map(network::monitor);
  }

  private StatisticsReport computed(Question question) {
    Instant now = clock.instant();
    Interval interval = interval(question.span(), now);
    Thresholds thresholds = new Thresholds(question.target(), question.shortAbandon());
    Optional<MonitorState> other = other(question);
    SiteId of = other.map(MonitorState::site).orElse(site);
    StatisticsForm form =
        new StatisticsForm(
            of,
            other.map(it -> network.picture(it).basis()).orElse(Basis.LIVE),
            other.flatMap(MonitorState::reportedAt),
            zone,
            question);
    if (question.fromJournal()) {
      synchronized (replay) {
        Statistics statistics =
            Asked.of(() ->
                other.isPresent()
                    ? replay.ofWatched(of, interval, thresholds)
                    : replay.of(of, interval, thresholds));
        return form.report(statistics, new AsOf(now, Optional.empty()));
      }
    }
    StatisticsFacts.FactsReport read = Asked.of(() -> facts.read(of, interval));
    return form.report(
        Statistics.of(read.facts(), interval, thresholds), ViewQueries.asOf(read.asOf()));
  }

  private Interval interval(Span span, Instant now) {
    return switch (span) {
      case Span.Between it -> new Interval(it.from(), it.to());
      case Span.Named it ->
          switch (it.window()) {
            case LAST_5_MINUTES -> Interval.last(Duration.ofMinutes(5), now);
            case QUARTER_HOUR -> Interval.current(Duration.ofMinutes(15), now, zone);
            case HALF_HOUR -> Interval.current(Duration.ofMinutes(30), now, zone);
            case DAY -> Interval.today(now, zone);
          };
    };
  }

  @Override
  public WaitReport waits() {
    return waits.now();
  }

  @Override
  public EstimateReport estimates(Span span) {
    Interval interval = interval(span, clock.instant());
    synchronized (replay) {
      return StatisticsForm.estimates(site, Asked.of(() -> scores.of(site, interval)));
    }
  }
}

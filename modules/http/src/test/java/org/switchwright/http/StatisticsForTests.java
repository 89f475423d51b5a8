package org.switchwright.http;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.switchwright.http.query.AsOf;
import org.switchwright.http.query.EstimateReport;
import org.switchwright.http.query.SiteStatistics;
import org.switchwright.http.query.StatisticsReport;
import org.switchwright.http.query.StatisticsReport.Calls;
import org.switchwright.http.query.StatisticsReport.Measured;
import org.switchwright.http.query.WaitReport;

/** Fixed figures, some of them unknown. */
final class StatisticsForTests implements SiteStatistics {
  private static final Measured UNKNOWN =
      new Measured(
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final Measured KNOWN =
      new Measured(
          3,
          Optional.of(2_000L),
          Optional.of(1_900L),
          Optional.of(4_000L),
          Optional.of(4_100L),
          Optional.of("AAAA"));

  @Override
  public StatisticsReport statistics(Question question) {
    TreeMap<String, Double> levels = new TreeMap<>();
    levels.put("asterisk-sl", 75.0);
    TreeMap<String, Long> counts = new TreeMap<>();
    counts.put("accepted", 3L);
    Calls calls =
        new Calls(5, 3, 1, 0, 0, 0, 3, KNOWN, UNKNOWN, KNOWN, UNKNOWN, KNOWN, counts, levels);
    return new StatisticsReport(
        new AsOf(SiteForTests.AT, Optional.of("1")),
        question.site().orElse("berlin"),
        "live",
        Optional.empty(),
        question.span() instanceof Span.Named it
            ? Optional.of(SiteStatistics.text(it.window()))
            : Optional.empty(),
        SiteForTests.AT,
        SiteForTests.AT.plusSeconds(60),
        "Europe/Berlin",
        question.target().toMillis(),
        question.shortAbandon().toMillis(),
        new TreeMap<>(),
        calls,
        List.of(new StatisticsReport.OfQueue("sales", calls)),
        List.of(new StatisticsReport.OfSkill("selling", calls)),
        List.of(
            new StatisticsReport.OfAgent(
                "agent-01", 3, KNOWN, UNKNOWN, KNOWN, counts, counts, new TreeMap<>(), levels)));
  }

  @Override
  public WaitReport waits() {
    WaitReport.Estimate known =
        new WaitReport.Estimate(
            "erlang-a",
            Optional.of(60_000L),
            Optional.of(3_000L),
            Optional.of(180_000L),
            Optional.empty());
    WaitReport.Estimate unknown =
        new WaitReport.Estimate(
            "last-to-enter-service",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("no-answer"));
    return new WaitReport(
        "berlin",
        SiteForTests.AT,
        List.of(
            new WaitReport.OfQueue(
                "sales",
                1,
                List.of(known, unknown),
                List.of(new WaitReport.OfCall("c1", 1, 3_000, known)))));
  }

  @Override
  public EstimateReport estimates(Span span) {
    EstimateReport.Score score =
        new EstimateReport.Score(
            "erlang-a",
            3,
            1,
            Optional.of(12.5),
            Optional.of(-3.0),
            Optional.of(15.0),
            Optional.of(0.9));
    return new EstimateReport(
        "berlin",
        SiteForTests.AT,
        SiteForTests.AT.plusSeconds(60),
        4,
        1,
        List.of(score),
        List.of(new EstimateReport.OfQueue("sales", List.of(score))));
  }
}

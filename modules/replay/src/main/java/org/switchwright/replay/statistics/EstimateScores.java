package org.switchwright.replay.statistics;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.domain.statistics.Interval;
import org.switchwright.journal.format.EventFormat;
import org.switchwright.journal.format.SealedPersonal;
import org.switchwright.replay.EntityHistory;

/**
 * How good each formula for the expected wait was: what it would have told each caller who came to
 * wait in a queue, beside how long that caller then waited for an answer. Callers who were not
 * answered there cannot be compared; they are counted. A fold over the site's journal.
 */
public final class EstimateScores {
  /**
   * @param told callers to whom a wait could have been told
   * @param unknown callers to whom none could
   * @param errors of what was told; empty where nothing was
   * @param interval of those who were told an interval
   */
  public record Score(
      long told, long unknown, Optional<Errors> errors, Optional<Coverage> interval) {}

  /**
   * In seconds.
   *
   * @param bias mean of told less waited: above zero, it told too much
   */
  public record Errors(double meanAbsolute, double bias, double rootMeanSquare) {}

  /**
   * @param within which part of the waits was in the interval that was to hold 90% of them
   */
  public record Coverage(long told, double within) {}

  /**
   * @param answered callers who waited in a queue and were answered there in the interval
   * @param notAnswered those who left it otherwise
   * @param queues the same of each queue that had any
   */
  public record Report(
      Interval interval,
      long answered,
      long notAnswered,
      SortedMap<EstimatedWait, Score> all,
      SortedMap<QueueId, SortedMap<EstimatedWait, Score>> queues) {}

  private record Pending(QueueId queue, Instant since, Map<EstimatedWait, Estimate> told) {}

  private final DataSource source;
  private final EventFormat format = new EventFormat(new SealedPersonal());

  public EstimateScores(DataSource source) {
    this.source = source;
  }

  /** Of the callers whose wait ended in the interval. */
  public Report of(SiteId site, Interval interval) throws SQLException {
    Fold fold = new Fold(site, interval);
    try (Connection connection = source.getConnection()) {
      EntityHistory history = new EntityHistory(connection, format, "site|" + site);
      for (var some = history.next(); !some.isEmpty(); some = history.next()) {
        some.forEach(each -> fold.take((SiteEvent) each.event()));
      }
    }
    return fold.report();
  }

  private static final class Fold {
    private final Interval interval;
    private final Map<CallId, Pending> pending = new HashMap<>();
    private final Map<EstimatedWait, Sums> all = new EnumMap<>(EstimatedWait.class);
    private final SortedMap<QueueId, Map<EstimatedWait, Sums>> queues = new TreeMap<>();
    private SiteState state;
    private long answered;
    private long notAnswered;

    Fold(SiteId site, Interval interval) {
      this.interval = interval;
      this.state = Site.AGGREGATE.initial(site.value());
    }

    void take(SiteEvent event) {
      state = Site.AGGREGATE.evolve(state, event);
      if (event instanceof SiteEvent.CallQueued it && !pending.containsKey(it.call())) {
        pending.put(it.call(), tell(it));
      } else if (event instanceof SiteEvent.OfferAccepted it) {
        @Nullable Pending waited = pending.remove(it.offer().call());
        if (waited != null && interval.holds(it.at())) {
          answered++;
          score(waited, Duration.between(waited.since(), it.at()));
        }
      } else if (event instanceof SiteEvent.CallOverflowed it) {
        left(it.call(), it.at());
      } else if (event instanceof SiteEvent.CallLeft it) {
        left(it.call(), it.at());
      }
    }

    private void left(CallId call, Instant at) {
      if (pending.remove(call) != null && interval.holds(at)) {
        notAnswered++;
      }
    }

    private Pending tell(SiteEvent.CallQueued it) {
      Map<EstimatedWait, Estimate> told = new EnumMap<>(EstimatedWait.class);
      for (EstimatedWait formula : EstimatedWait.values()) {
        told.put(formula, state.estimatedWait(it.call(), formula, it.at()));
      }
      return new Pending(it.queue(), it.at(), told);
    }

    private void score(Pending waited, Duration actual) {
      double seconds = Math.max(0, actual.toMillis()) / 1_000.0;
      Map<EstimatedWait, Sums> ofQueue =
          queues.computeIfAbsent(waited.queue(), _ -> new EnumMap<>(EstimatedWait.class));
      waited
          .told()
          .forEach((formula, estimate) -> {
            all.computeIfAbsent(formula, _ -> new Sums()).add(estimate, seconds);
            ofQueue.computeIfAbsent(formula, _ -> new Sums()).add(estimate, seconds);
          });
    }

    Report report() {
      SortedMap<QueueId, SortedMap<EstimatedWait, Score>> byQueue = new TreeMap<>();
      queues.forEach((queue, sums) -> byQueue.put(queue, scores(sums)));
      return new Report(interval, answered, notAnswered, scores(all), byQueue);
    }

    private static SortedMap<EstimatedWait, Score> scores(Map<EstimatedWait, Sums> sums) {
      SortedMap<EstimatedWait, Score> scores = new TreeMap<>();
      sums.forEach((formula, sum) -> scores.put(formula, sum.score()));
      return scores;
    }
  }

  private static final class Sums {
    private long told;
    private long unknown;
    private double absolute;
    private double signed;
    private double squared;
    private long spreads;
    private long within;

    void add(Estimate estimate, double waited) {
      switch (estimate) {
        case Estimate.Unknown _ -> unknown++;
        case Estimate.Known it -> {
          double error = it.expected().toMillis() / 1_000.0 - waited;
          told++;
          absolute += Math.abs(error);
          signed += error;
          squared += error * error;
          it.spread()
              .ifPresent(spread -> {
                spreads++;
                within += holds(spread, waited) ? 1 : 0;
              });
        }
      }
    }

    private static boolean holds(Estimate.Spread spread, double waited) {
      return spread.low().toMillis() / 1_000.0 <= waited
          && waited <= spread.high().toMillis() / 1_000.0;
    }

    Score score() {
      return new Score(
          told,
          unknown,
          told == 0
              ? Optional.empty()
              : Optional.of(new Errors(absolute / told, signed / told, Math.sqrt(squared / told))),
          spreads == 0
              ? Optional.empty()
              : Optional.of(new Coverage(spreads, (double) within / spreads)));
    }
  }
}

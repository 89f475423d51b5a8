package org.switchwright.server.outside;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;
import org.switchwright.http.query.WaitReport;
import org.switchwright.replay.Followed;

/** What the site would tell its callers now; computed once a second, whoever asks. */
final class ExpectedWaits {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MAX_CALLS = 100;

  private final SiteId site;
  private final Followed<SiteEvent, SiteState> followed;
  private final InstantSource clock;
  private @Nullable WaitReport last;

  ExpectedWaits(DataSource source, SiteId site, InstantSource clock) {
    this.site = site;
    this.followed = Followed.site(source, site);
    this.clock = clock;
  }

  synchronized WaitReport now() {
    Instant now = clock.instant();
    WaitReport report = last;
    if (report == null || !report.at().plus(FRESH).isAfter(now)) {
      report = report(Asked.of(followed::now), now);
      last = report;
    }
    return report;
  }

  private WaitReport report(SiteState state, Instant now) {
    List<WaitReport.OfQueue> queues = new ArrayList<>();
    state
        .configuration()
        .ifPresent(configuration ->
            configuration.queues().forEach(queue -> queues.add(queue(state, queue.id(), now))));
    return new WaitReport(site.value(), now, queues);
  }

  private static WaitReport.OfQueue queue(SiteState state, QueueId queue, Instant now) {
    List<WaitReport.Estimate> next = new ArrayList<>();
    state
        .estimatedWaits(queue, now)
        .forEach((formula, estimate) -> next.add(told(formula, estimate)));
    List<SiteCall> line = state.line(queue);
    List<WaitReport.OfCall> calls = new ArrayList<>();
    for (int i = 0; i < Math.min(MAX_CALLS, line.size()); i++) {
      SiteCall call = line.get(i);
      Estimate estimate = state.estimatedWait(call.id(), EstimatedWait.ERLANG_A, now);
      calls.add(
          new WaitReport.OfCall(
              call.id().value(),
              i + 1,
              Math.max(0, Duration.between(call.arrivedAt(), now).toMillis()),
              told(EstimatedWait.ERLANG_A, estimate)));
    }
    return new WaitReport.OfQueue(queue.value(), line.size(), next, calls);
  }

  private static WaitReport.Estimate told(EstimatedWait formula, Estimate estimate) {
    return switch (estimate) {
      case Estimate.Unknown it ->
          new WaitReport.Estimate(
              formula.text(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(Words.of(it.why())));
      case Estimate.Known it ->
          new WaitReport.Estimate(
              formula.text(),
              Optional.of(it.expected().toMillis()),
              it.spread().map(spread -> spread.low().toMillis()),
              it.spread().map(spread -> spread.high().toMillis()),
              Optional.empty());
    };
  }
}

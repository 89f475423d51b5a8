package org.switchwright.server.outside;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.http.query.SiteHistories;
import org.switchwright.http.query.Unavailable;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.running.CutEstimates;

/** The past of the sites that this server watches. */
final class HistoryAnswers implements SiteHistories {
  /** Ten seconds of looking; a view is rarely a second behind. */
  private static final int MAX_LOOKS = 200;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  private final WatchedSites watched;
  private final ZoneId ownZone;
  private final PastCalls past;
  private final NetworkIntake intake;

  /** One at a time is made: it is some seconds of work. */
  private final CutEstimates estimates;

  /**
   * @param own this server's site, by whose zone sites live of which no log has told theirs
   */
  HistoryAnswers(
      DataSource source,
      Configuration.Network network,
      Configuration.Site own,
      NetworkIntake intake) {
    this.watched = WatchedSites.of(network);
    this.ownZone = own.zone();
    this.estimates = new CutEstimates(source, own);
    this.past = new PastCalls(source);
    this.intake = intake;
  }

  @Override
  public Overview overview(SiteId site) {
    PastCalls.Span span = span(site);
    ZoneId zone = span.zone().orElse(ownZone);
    return new Overview(
        site.value(),
        zone.getId(),
        span.first().map(it -> LocalDate.ofInstant(it, zone)),
        span.last().map(it -> LocalDate.ofInstant(it, zone)),
        Asked.of(() -> past.loaded(site)));
  }

  @Override
  public Day day(SiteId site, LocalDate day, int after) {
    ZoneId zone = span(site).zone().orElse(ownZone);
    PastCalls.Day found = Asked.of(() -> past.day(site, day, zone));
    List<CallRecord> calls = found.past().calls();
    int from = Math.min(after, calls.size());
    int to = Math.min(from + PAGE, calls.size());
    return new Day(
        day,
        found.source().name().toLowerCase(Locale.ROOT),
        calls.subList(from, to).stream().map(HistoryAnswers::told).toList(),
        after > 0 ? List.of() : found.past().presences(),
        to < calls.size() ? Optional.of(to) : Optional.empty());
  }

  @Override
  public Believed believed(SiteId site, Instant at) {
    watched.check(site);
    synchronized (estimates) {
      return new Believed(
          site.value(), at, Asked.of(() -> estimates.at(site, at)).map(NetworkAnswers::estimate));
    }
  }

  @Override
  public CompletionStage<Loaded> load(SiteId site, SiteMonitor.Load load) {
    watched.check(site);
    Set<LoadedCall> known = Asked.of(() -> past.known(site, load.calls()));
    List<LoadedCall> fresh = load.calls().stream().filter(it -> !known.contains(it)).toList();
    int there = load.calls().size() - fresh.size();
    if (fresh.isEmpty() && !span(site).zone().equals(Optional.of(load.zone()))) {
      // A log is loaded again because the zone was wrong, which comes with calls.
      return intake
          .submit(site, new SiteMonitor.Load(load.zone(), load.calls().subList(0, 1)))
          .thenApply(receipt -> new Loaded(0, there, receipt));
    }
    return fresh.isEmpty()
        ? CompletableFuture.completedStage(new Loaded(0, there, new Receipt.Taken()))
        : intake
            .submit(site, new SiteMonitor.Load(load.zone(), fresh))
            .thenApply(receipt -> new Loaded(fresh.size(), there, receipt));
  }

  @Override
  public CompletionStage<Forgotten> forget(SiteId site) {
    watched.check(site);
    long before = Asked.of(() -> past.generation(site));
    long loaded = Asked.of(() -> past.loaded(site));
    return intake
        .submit(site, new SiteMonitor.Forget())
        .thenCompose(receipt ->
            receipt instanceof Receipt.Taken
                ? forgotten(site, before, MAX_LOOKS).thenApply(_ -> new Forgotten(loaded, receipt))
                : CompletableFuture.completedStage(new Forgotten(0, receipt)));
  }

  /** What is loaded is compared with what is seen, which follows the journal a little later. */
  private CompletionStage<Long> forgotten(SiteId site, long before, int looks) {
    return CompletableFuture.supplyAsync(() -> Asked.of(() -> past.generation(site)), LATER)
        .thenCompose(now -> {
          if (now > before) {
            return CompletableFuture.completedStage(now);
          }
          return looks > 0
              ? forgotten(site, before, looks - 1)
              : CompletableFuture.failedStage(
                  new Unavailable(
                      "views are behind",
                      new TimeoutException("Expected to see what was forgotten")));
        });
  }

  private PastCalls.Span span(SiteId site) {
    watched.check(site);
    return Asked.of(() -> past.span(site));
  }

  private static HistoryCall told(CallRecord call) {
    return new HistoryCall(
        call.enteredMs(),
        call.answered() ? Optional.of(call.answeredMs()) : Optional.empty(),
        call.endedMs(),
        call.answered() ? Optional.of(call.agent()) : Optional.empty(),
        call.queue(),
        call.headStartMs());
  }
}

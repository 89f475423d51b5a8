package org.switchwright.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.http.query.NetworkSite;
import org.switchwright.http.query.SiteHistories;

/** One site, with two calls on one day; remembers what is loaded. */
final class HistoriesForTests implements SiteHistories {
  private static final List<HistoryCall> CALLS =
      List.of(
          new HistoryCall(1_000, Optional.of(2_000L), 9_000, Optional.of("a1"), "help", 0),
          new HistoryCall(3_000, Optional.empty(), 4_000, Optional.empty(), "help", 90_000));

  final List<SiteMonitor.Load> loaded = new CopyOnWriteArrayList<>();
  volatile boolean refuses;

  @Override
  public Overview overview(SiteId site) {
    check(site);
    return new Overview(
        site.value(), "UTC", Optional.of(LocalDate.EPOCH), Optional.of(LocalDate.EPOCH), 2);
  }

  @Override
  public Day day(SiteId site, LocalDate day, int after) {
    check(site);
    return day.equals(LocalDate.EPOCH)
        ? new Day(
            day,
            "loaded",
            CALLS.subList(Math.min(after, 1), after == 0 ? 1 : 2),
            List.of(),
            after == 0 ? Optional.of(1) : Optional.empty())
        : new Day(day, "none", List.of(), List.of(), Optional.empty());
  }

  /** Something was, from the second minute on. */
  @Override
  public Believed believed(SiteId site, Instant at) {
    check(site);
    return new Believed(
        site.value(),
        at,
        at.isBefore(Instant.EPOCH.plusSeconds(60))
            ? Optional.empty()
            : Optional.of(
                new NetworkSite.Estimate(
                    Instant.EPOCH,
                    at,
                    8,
                    false,
                    true,
                    List.of(new NetworkSite.Figure("waiting", "calls", 2, 3.25, 3, 1, 6)))));
  }

  @Override
  public CompletionStage<Loaded> load(SiteId site, SiteMonitor.Load load) {
    check(site);
    loaded.add(load);
    return CompletableFuture.completedStage(
        new Loaded(
            load.calls().size(),
            3,
            refuses
                ? new Receipt.Refused(Reason.UNREADABLE, "Expected calls that are over")
                : new Receipt.Taken()));
  }

  @Override
  public CompletionStage<Forgotten> forget(SiteId site) {
    check(site);
    loaded.clear();
    return CompletableFuture.completedStage(
        new Forgotten(
            2,
            refuses
                ? new Receipt.Refused(Reason.UNREADABLE, "Expected to forget")
                : new Receipt.Taken()));
  }

  private static void check(SiteId site) {
    if (!site.value().equals("hamburg")) {
      throw new IllegalArgumentException("Expected a site of network.sites");
    }
  }
}

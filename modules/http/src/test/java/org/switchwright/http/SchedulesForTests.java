package org.switchwright.http;

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
import org.switchwright.http.query.SiteSchedules;

/** One site, with one day that is planned; remembers what is loaded. */
final class SchedulesForTests implements SiteSchedules {
  final List<SiteMonitor.Plan> loaded = new CopyOnWriteArrayList<>();
  volatile boolean refuses;

  @Override
  public Overview overview(SiteId site) {
    check(site);
    return new Overview(
        site.value(), "UTC", Optional.of(LocalDate.EPOCH), Optional.of(LocalDate.EPOCH), 1);
  }

  @Override
  public Day day(SiteId site, LocalDate day) {
    check(site);
    return day.equals(LocalDate.EPOCH)
        ? new Day(day, true, List.of(new Step(480, 12), new Step(960, 0)))
        : new Day(day, false, List.of());
  }

  @Override
  public CompletionStage<Loaded> load(SiteId site, SiteMonitor.Plan plan) {
    check(site);
    loaded.add(plan);
    return CompletableFuture.completedStage(
        new Loaded(
            plan.days().size(),
            3,
            refuses
                ? new Receipt.Refused(Reason.UNREADABLE, "Expected a schedule of days up to then")
                : new Receipt.Taken()));
  }

  private static void check(SiteId site) {
    if (!site.value().equals("hamburg")) {
      throw new IllegalArgumentException("Expected a site of network.sites");
    }
  }
}

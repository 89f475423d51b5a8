package org.switchwright.server.outside;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.switchwright.cluster.view.PastCalls;
import org.switchwright.cluster.view.PlannedDays;
import org.switchwright.domain.CallIntake.Receipt;
import org.switchwright.domain.NetworkIntake;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.http.query.SiteSchedules;
import org.switchwright.server.configuration.Configuration;

/** What the sites plan that this server watches. */
final class ScheduleAnswers implements SiteSchedules {
  private final WatchedSites watched;
  private final ZoneId ownZone;
  private final PastCalls past;
  private final PlannedDays planned;
  private final NetworkIntake intake;
  private final InstantSource clock;

  /**
   * @param ownZone of this server's site, for sites of which nothing has told theirs
   */
  ScheduleAnswers(
      DataSource source,
      Configuration.Network network,
      ZoneId ownZone,
      NetworkIntake intake,
      InstantSource clock) {
    this.watched = WatchedSites.of(network);
    this.ownZone = ownZone;
    this.past = new PastCalls(source);
    this.planned = new PlannedDays(source);
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  public Overview overview(SiteId site) {
    watched.check(site);
    ZoneId zone = Asked.of(() -> past.span(site)).zone().orElse(ownZone);
    PlannedDays.Span span = Asked.of(() -> planned.span(site));
    return new Overview(site.value(), zone.getId(), span.first(), span.last(), span.days());
  }

  @Override
  public Day day(SiteId site, LocalDate day) {
    watched.check(site);
    return Asked.of(() -> planned.between(site, day, day, clock.instant())).stream()
        .findFirst()
        .map(ScheduleAnswers::told)
        .orElseGet(() -> new Day(day, false, List.of()));
  }

  @Override
  public CompletionStage<Loaded> load(SiteId site, SiteMonitor.Plan plan) {
    watched.check(site);
    Set<PlannedDay> known = Asked.of(() -> planned.known(site, plan.days(), clock.instant()));
    List<PlannedDay> changed = plan.days().stream().filter(it -> !known.contains(it)).toList();
    int asBefore = plan.days().size() - changed.size();
    return changed.isEmpty()
        ? CompletableFuture.completedStage(new Loaded(0, asBefore, new Receipt.Taken()))
        : intake
            .submit(site, new SiteMonitor.Plan(plan.zone(), changed))
            .thenApply(receipt -> new Loaded(changed.size(), asBefore, receipt));
  }

  private static Day told(PlannedDay it) {
    return new Day(
        it.day(),
        true,
        it.steps().stream().map(step -> new Step(step.minute(), step.agents())).toList());
  }
}

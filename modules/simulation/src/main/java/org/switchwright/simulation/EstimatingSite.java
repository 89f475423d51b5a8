package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.EstimatedFigures;
import org.switchwright.domain.routing.EstimatedFigures.Range;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * The rules of a site to which some of the sites that are cut off are estimated, from a while after
 * the cut. What an estimate says is drawn by the moment of the cut and holds for a while: a site
 * must do right by any estimate, however wrong it is.
 */
final class EstimatingSite implements Aggregate<Site.Command, SiteEvent, SiteState> {
  /** For how long an estimate says the same. */
  private static final Duration HOLDS = Duration.ofSeconds(40);

  /** How long it takes to make one. */
  private static final Duration MADE_AFTER = Duration.ofSeconds(5);

  /** How far behind the clock it is. */
  private static final Duration BEHIND = Duration.ofSeconds(3);

  private static final Site RULES = Site.routingBy(Strategist.COMPILER);

  /** What is known at a site of others, at a moment by its own clock. */
  static NetworkFigures figures(SiteState state, Instant now) {
    return (site, point) ->
        Optional.ofNullable(state.neighbours().get(site))
            .flatMap(Neighbour::cut)
            .flatMap(cut -> remote(site, point, cut.at(), now));
  }

  private static Optional<NetworkFigures.Remote> remote(
      SiteId site, RoutingPointId point, Instant cutAt, Instant now) {
    Duration since = Duration.between(cutAt, now);
    Dice of = new Dice(Simulation.generator(31L * cutAt.toEpochMilli() + site.value().hashCode()));
    if (of.chance(0.4) || since.compareTo(MADE_AFTER) < 0) {
      return Optional.empty();
    }
    long seed = cutAt.toEpochMilli() + 1_009L * since.dividedBy(HOLDS) + site.value().hashCode();
    Dice dice = new Dice(Simulation.generator(seed));
    int readyInAll = dice.between(0, 5);
    int waitingInAll = dice.between(0, 4);
    Dice queue = new Dice(Simulation.generator(seed + 31L * point.value().hashCode()));
    int ready = queue.between(0, readyInAll);
    int waiting = queue.between(0, waitingInAll);
    Range range = new Range(ready, 0, 9);
    return Optional.of(
        new NetworkFigures.Remote(
            Basis.ESTIMATED,
            Optional.of(cutAt),
            new QueueFigures.Named(waiting, Duration.ZERO, 5, ready, Optional.empty()),
            Optional.of(
                new NetworkFigures.Believed(
                    new EstimatedFigures(8, false, true, range, range, range, Optional.empty()),
                    now.minus(BEHIND).truncatedTo(ChronoUnit.SECONDS),
                    readyInAll,
                    waitingInAll))));
  }

  @Override
  public SiteState initial(String id) {
    return RULES.initial(id);
  }

  @Override
  public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
    return Site.routingBy(Strategist.COMPILER, figures(state, now)).decide(state, command, now);
  }

  @Override
  public SiteState evolve(SiteState state, SiteEvent event) {
    return RULES.evolve(state, event);
  }

  @Override
  public List<Effect> react(SiteState state, SiteEvent event) {
    return RULES.react(state, event);
  }

  @Override
  public List<Effect> owed(SiteState state) {
    return RULES.owed(state);
  }

  @Override
  public List<Effect> resume(SiteState state) {
    return RULES.resume(state);
  }

  @Override
  public Optional<Instant> due(SiteState state) {
    return RULES.due(state);
  }

  @Override
  public Site.Command expire() {
    return RULES.expire();
  }

  @Override
  public boolean over(SiteState state) {
    return RULES.over(state);
  }
}

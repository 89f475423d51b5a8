package org.switchwright.http;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;

/** A strategy that is sound and says nothing. */
record NoStrategy() implements Strategy {
  @Override
  public StrategyId id() {
    return new StrategyId("none");
  }

  @Override
  public List<RoutingPointId> points() {
    return List.of();
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public SortedSet<QueueId> queues() {
    return new TreeSet<>();
  }

  @Override
  public SortedSet<Skill> skills() {
    return new TreeSet<>();
  }

  @Override
  public Route route(RoutingFacts facts) {
    return new Route(
        0,
        "",
        false,
        new Route.Aim(Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Override
  public Optional<Route.Aim> step(int number, int step, RoutingFacts facts) {
    return Optional.empty();
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.Route;

/**
 * What a strategy has said to a call, and may say yet.
 *
 * @param version which the call keeps until its end, whatever is published meanwhile
 * @param number of the case that applied
 * @param since from when its steps count
 * @param steps when something else may be said
 * @param done how many of the steps are past
 * @param required what will do instead of what the queue asks for; empty: the queue's
 * @param alternatives what will do as well as that
 * @param treatment the name of the music that the caller hears; empty: the queue's
 */
public record Routing(
    StrategyId strategy,
    int version,
    int number,
    RoutingPointId point,
    Instant since,
    List<Duration> steps,
    int done,
    Optional<SortedMap<Skill, Integer>> required,
    List<SortedMap<Skill, Integer>> alternatives,
    Optional<String> treatment) {
  public Routing {
    steps = List.copyOf(steps);
    alternatives = List.copyOf(alternatives);
  }

  static Routing of(SiteEvent.CallRouted it) {
    return new Routing(
        it.strategy(),
        it.version(),
        it.route().number(),
        it.point(),
        it.at(),
        it.route().steps(),
        0,
        it.route().aim().required(),
        it.route().aim().alternatives(),
        it.route().treatment());
  }

  /** All that will do, any of it; empty: what the queue asks for. */
  public List<SortedMap<Skill, Integer>> anyOf() {
    return Stream.concat(required.stream(), alternatives.stream()).toList();
  }

  /** Whether the version is needed yet. */
  boolean goesOn() {
    return done < steps.size();
  }

  Optional<Instant> nextStepAt() {
    return goesOn() ? Optional.of(since.plus(steps.get(done))) : Optional.empty();
  }

  Routing stepped(Optional<Route.Aim> aim) {
    boolean asksAnew = aim.flatMap(Route.Aim::required).isPresent();
    return with(
        done + 1,
        asksAnew ? aim.get().required() : required,
        asksAnew ? aim.get().alternatives() : alternatives,
        treatment);
  }

  /** The queue has passed the call on: what will do and what is heard is as the next one says. */
  Routing passedOn() {
    return with(done, Optional.empty(), List.of(), Optional.empty());
  }

  private Routing with(
      int past,
      Optional<SortedMap<Skill, Integer>> need,
      List<SortedMap<Skill, Integer>> others,
      Optional<String> music) {
    return new Routing(strategy, version, number, point, since, steps, past, need, others, music);
  }
}

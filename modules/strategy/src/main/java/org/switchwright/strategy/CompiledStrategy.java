package org.switchwright.strategy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;

/**
 * Which case applies.
 *
 * <ol>
 *   <li>Cases are looked at in their order.
 *   <li>A case applies if its condition holds (or it has none) and one of its targets may be taken
 *       (or it refuses).
 *   <li>A condition that looks at something unknown does not hold; the case is noted as unclear.
 *   <li>Where no case applies, which takes a site that has lost the last case's queues, the answer
 *       is case 0: the routing point's own queue.
 * </ol>
 */
record CompiledStrategy(
    StrategyId id,
    List<RoutingPointId> points,
    SortedSet<QueueId> queues,
    SortedSet<Skill> skills,
    Calendars calendars,
    List<Case> cases)
    implements Strategy {

  /**
   * @param targets empty: the caller is refused
   */
  record Case(
      String name,
      Optional<Condition> when,
      Optional<Targets> targets,
      Need need,
      Optional<String> treatment,
      List<Step> steps) {}

  /**
   * @param targets empty: the call stays where it is
   */
  record Step(Duration after, Optional<Condition> when, Optional<Targets> targets, Need need) {}

  /**
   * What a case or step changes; empty: nothing.
   *
   * @param anyOf the skills of which any will do
   */
  record Need(List<SortedMap<Skill, Integer>> anyOf, Optional<Integer> priority) {
    Route.Aim aim(Optional<Route.Target> target) {
      return new Route.Aim(
          target, anyOf.stream().findFirst(), anyOf.stream().skip(1).toList(), priority);
    }
  }

  private static final Route.Aim NOWHERE =
      new Route.Aim(Optional.empty(), Optional.empty(), Optional.empty());

  @Override
  public ZoneId zone() {
    return calendars.zone();
  }

  @Override
  public Route route(RoutingFacts facts) {
    Looked looked = new Looked(facts, calendars);
    List<Integer> unclear = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case one = cases.get(i);
      Condition.Judgement judgement =
          one.when().map(it -> it.judge(looked)).orElse(Condition.Judgement.HOLDS);
      switch (judgement) {
        case HOLDS -> {
          Optional<Route.Target> target = one.targets().flatMap(it -> it.choose(looked));
          if (target.isPresent() || one.targets().isEmpty()) {
            return route(i + 1, one, target, unclear);
          }
        }
        case UNCLEAR -> unclear.add(i + 1);
        case DOES_NOT_HOLD -> {}
      }
    }
    return new Route(0, "", false, NOWHERE, Optional.empty(), List.of(), unclear);
  }

  private static Route route(
      int number, Case one, Optional<Route.Target> target, List<Integer> unclear) {
    return new Route(
        number,
        one.name(),
        target.isEmpty(),
        one.need().aim(target),
        one.treatment(),
        one.steps().stream().map(Step::after).toList(),
        unclear);
  }

  @Override
  public Optional<Route.Aim> step(int number, int step, RoutingFacts facts) {
    if (number < 1 || number > cases.size()) {
      return Optional.empty();
    }
    List<Step> steps = cases.get(number - 1).steps();
    if (step < 1 || step > steps.size()) {
      return Optional.empty();
    }
    Step due = steps.get(step - 1);
    Looked looked = new Looked(facts, calendars);
    if (!due.when().map(it -> it.holds(looked)).orElse(true)) {
      return Optional.empty();
    }
    Optional<Route.Target> target = due.targets().flatMap(it -> it.choose(looked));
    return due.targets().isPresent() && target.isEmpty()
        ? Optional.empty()
        : Optional.of(due.need().aim(target));
  }
}

package org.switchwright.domain.routing;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;

/** The rules of routing points, compiled. Says the same to the same facts, and always something. */
public interface Strategy {
  StrategyId id();

  /** The routing points that it is for; at least one. */
  List<RoutingPointId> points();

  /** In which its times of day are. */
  ZoneId zone();

  /** Every queue that it names. */
  SortedSet<QueueId> queues();

  /** Every skill that it names. */
  SortedSet<Skill> skills();

  Route route(RoutingFacts facts);

  /**
   * What becomes of a call that has waited until one of its case's steps. Looks at neither caller
   * nor attached data: they have been looked at when the case was chosen.
   *
   * @param number of the case, 1 for the first
   * @param step 1 for the first
   * @return empty where the step's condition does not hold
   */
  Optional<Route.Aim> step(int number, int step, RoutingFacts facts);
}

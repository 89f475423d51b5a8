package org.switchwright.domain.site;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.Skill;

/**
 * From when on an agent will do for a call who has not what the queue asks for. Who has it still
 * comes first.
 *
 * @param after counted from the call's coming to the queue
 * @param required each skill with the lowest level that will do then
 * @param onlyIf holds at the moment of matching; empty: always
 */
public record Widening(
    Duration after, SortedMap<Skill, Integer> required, Optional<Condition> onlyIf) {

  /**
   * @param atLeast whether the figure must be the limit or more; otherwise the limit or less
   */
  public record Condition(Figure figure, boolean atLeast, long limit) {
    boolean holds(long value) {
      return atLeast ? value >= limit : value <= limit;
    }
  }

  /** What a condition looks at. */
  public enum Figure {
    /** Calls that wait in the call's queue, this one too. */
    WAITING,
    /** Agents who are free and have what the widening asks for. */
    FREE_AGENTS,
    /** Agents who are logged in and have what the queue asked for at first. */
    STAFFED
  }
}

package org.switchwright.domain.routing;

import java.util.Optional;
import org.switchwright.domain.routing.QueueFigures.Figure;

/**
 * What is told to people of a queue of another site whose link is cut, beside the means by which
 * calls are routed.
 *
 * @param similarDays of how many days like this one it is made
 * @param bySchedule whether who is logged in follows a schedule of the day of the cut
 * @param learned whether it is told as fitted the last weeks best; else the ranges are no intervals
 * @param loggedIn in agents, as {@code ready}
 * @param ready from the fewest that are logged in without the most that are busy to the opposite,
 *     which holds the truth at least as often as the others
 * @param waiting in calls
 * @param estimatedWait in milliseconds; empty where it is unknown
 */
public record EstimatedFigures(
    int similarDays,
    boolean bySchedule,
    boolean learned,
    Range loggedIn,
    Range ready,
    Range waiting,
    Optional<Range> estimatedWait) {

  /**
   * In whole units, and none of it too narrow for that.
   *
   * @param median to show
   * @param low and {@code high}, between which the truth is nine times in ten
   */
  public record Range(long median, long low, long high) {
    public static Range of(double median, double low, double high) {
      return new Range(
          Math.round(median), (long) StrictMath.floor(low), (long) StrictMath.ceil(high));
    }
  }

  /** Empty where there is none: nobody estimates who has waited for longest. */
  public Optional<Range> of(Figure figure) {
    return switch (figure) {
      case WAITING -> Optional.of(waiting);
      case LOGGED_IN -> Optional.of(loggedIn);
      case READY -> Optional.of(ready);
      case ESTIMATED_WAIT -> estimatedWait;
      case OLDEST_WAIT -> Optional.empty();
    };
  }
}

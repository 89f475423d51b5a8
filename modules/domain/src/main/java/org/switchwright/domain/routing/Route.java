package org.switchwright.domain.routing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.network.SitePicture;

/**
 * What a strategy says to a call.
 *
 * @param number of the case that applied, 1 for the first
 * @param refused whether the caller is told that nobody is there; then there is no target
 * @param treatment the name of the music that a caller who waits hears; empty: the queue's
 * @param steps when something else may be said, each counted from the call's coming to its routing
 *     point; in order
 * @param unclear earlier cases that could not be judged, because what they look at was not known
 */
public record Route(
    int number,
    String name,
    boolean refused,
    Aim aim,
    Optional<String> treatment,
    List<Duration> steps,
    List<Integer> unclear) {
  public static final int MAX_STEPS = 20;
  public static final int MAX_TARGETS = 20;

  /** How many requirements there may be of which any will do. */
  public static final int MAX_ALTERNATIVES = 10;

  public Route {
    steps = List.copyOf(steps);
    unclear = List.copyOf(unclear);
  }

  /**
   * Where a call goes and what it needs.
   *
   * @param target empty: where it is
   * @param required what will do instead of what its queue asks for; empty: no change
   * @param alternatives what will do as well as what is required, whoever has it
   * @param priority empty: no change
   */
  public record Aim(
      Optional<Target> target,
      Optional<SortedMap<Skill, Integer>> required,
      List<SortedMap<Skill, Integer>> alternatives,
      Optional<Integer> priority) {
    public Aim {
      alternatives = List.copyOf(alternatives);
    }

    /** With one requirement, if any. */
    public Aim(
        Optional<Target> target,
        Optional<SortedMap<Skill, Integer>> required,
        Optional<Integer> priority) {
      this(target, required, List.of(), priority);
    }

    /** All that will do, any of it; empty: no change. */
    public List<SortedMap<Skill, Integer>> anyOf() {
      return Stream.concat(required.stream(), alternatives.stream()).toList();
    }

    public Optional<QueueId> queue() {
      return target.map(Target::queue);
    }
  }

  /**
   * A queue, and why this one.
   *
   * @param figure by which the queues were compared, for {@link Rule#LEAST} and {@link Rule#MOST}
   * @param weighed the queues that were looked at, in the strategy's order
   */
  public record Target(
      QueueId queue, Rule rule, Optional<QueueFigures.Figure> figure, List<Weighed> weighed) {
    public Target {
      weighed = List.copyOf(weighed);
    }
  }

  /**
   * @param value the figure, or the share in percent; empty while it is not known
   * @param basis what the figure rests on, where other sites' reports are in it: estimated if one
   *     of them is; empty: on this site alone
   * @param age how old the oldest of those reports is that are carried on; empty where none is
   * @param corrected what the figure was compared as, where the strategy corrects it
   * @param unimproved by how much the wait would have to be shorter than where the call goes
   *     otherwise, of a queue that is left out because it is not, or is not known to be; empty: it
   *     was not left out
   * @param estimated the sites whose part of the figure is estimated by their past
   */
  public record Weighed(
      QueueId queue,
      Optional<Long> value,
      Optional<SitePicture.Basis> basis,
      Optional<Duration> age,
      Optional<Long> corrected,
      Optional<Duration> unimproved,
      List<Estimated> estimated) {
    public Weighed {
      estimated = List.copyOf(estimated);
    }

    /** By reports alone. */
    public Weighed(
        QueueId queue,
        Optional<Long> value,
        Optional<SitePicture.Basis> basis,
        Optional<Duration> age,
        Optional<Long> corrected,
        Optional<Duration> unimproved) {
      this(queue, value, basis, age, corrected, unimproved, List.of());
    }

    /** On this site alone, as it is. */
    public Weighed(QueueId queue, Optional<Long> value) {
      this(queue, value, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * What was believed of a figure at one site whose link was cut.
   *
   * @param mean what of it is in the figure that was compared, or for a wait may be
   * @param range in the figure's unit
   * @param similarDays of how many days like that one it was made
   * @param bySchedule whether who was logged in followed a schedule of the day of the cut
   * @param learned whether it was told as fitted the weeks before best; else the range is none
   */
  public record Estimated(
      SiteId site,
      long mean,
      EstimatedFigures.Range range,
      int similarDays,
      boolean bySchedule,
      boolean learned) {}

  /** How one of several queues is taken. */
  public enum Rule {
    /** The first in the strategy's order. */
    FIRST,
    /** The first whose own condition holds. */
    THRESHOLD,
    LEAST,
    MOST,
    SHARE
  }
}

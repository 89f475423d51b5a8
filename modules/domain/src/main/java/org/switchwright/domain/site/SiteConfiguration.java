package org.switchwright.domain.site;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.call.TreatmentMode;

/**
 * What a site is told to be: its queues and routing points, each with a defined order.
 *
 * @param queues at most {@value #MAX_QUEUES}
 * @param notReadyReasons the reasons that agents may give, besides those of the system
 */
public record SiteConfiguration(
    List<Queue> queues,
    List<RoutingPoint> points,
    Delays delays,
    List<String> notReadyReasons,
    Rules rules) {
  static final int MAX_QUEUES = 1_000;

  public SiteConfiguration {
    queues = QueueIndex.of(queues);
    points = List.copyOf(points);
    notReadyReasons = List.copyOf(notReadyReasons);
    if (queues.size() > MAX_QUEUES) {
      throw new IllegalArgumentException(
          "Expected at most " + MAX_QUEUES + " queues, but got " + queues.size());
    }
  }

  /** A site with the usual rules. */
  public SiteConfiguration(
      List<Queue> queues, List<RoutingPoint> points, Delays delays, List<String> notReadyReasons) {
    this(queues, points, delays, notReadyReasons, Rules.USUAL);
  }

  public Optional<Queue> queue(QueueId id) {
    return index().find(id);
  }

  QueueIndex index() {
    return QueueIndex.of(queues);
  }

  public Optional<RoutingPoint> point(RoutingPointId id) {
    return points.stream().filter(point -> point.id().equals(id)).findFirst();
  }

  /**
   * @param required each skill with the lowest level that will do, 0 to 10
   * @param maxWaiting how many may wait; one more overflows
   * @param maxWait how long one may wait from its coming to this queue; then it overflows
   * @param overflowTo where it overflows to; empty: the caller is released
   * @param ringTimeout how long a station rings
   * @param wrapUp after-call work after each conversation; may be zero
   * @param weight added to the priority of each call that waits here
   * @param choosing whom of the free agents it takes
   * @param widenings what else will do after a while, in order of time; at most {@value
   *     #MAX_WIDENINGS}
   * @param presence when nobody counts as there
   * @param keepPlace for how long the place of a caller who hung up is kept for a call back; zero:
   *     not at all
   * @param announcements what those who wait are told
   * @param music the name of what they hear; empty: what is built in
   * @param elsewhere the other sites that look for agents too, and the routing points there at
   *     which its calls wait; at most {@value #MAX_ELSEWHERE}
   */
  public record Queue(
      QueueId id,
      SortedMap<Skill, Integer> required,
      int maxWaiting,
      Duration maxWait,
      Optional<QueueId> overflowTo,
      Duration ringTimeout,
      Duration wrapUp,
      TreatmentMode treatment,
      int weight,
      Choosing choosing,
      List<Widening> widenings,
      Presence presence,
      Duration keepPlace,
      Announcements announcements,
      Optional<String> music,
      SortedMap<SiteId, RoutingPointId> elsewhere) {
    static final int MAX_WIDENINGS = 20;

    /** Each asks for each call that waits. */
    public static final int MAX_ELSEWHERE = 20;

    public Queue {
      widenings = List.copyOf(widenings);
      elsewhere = Collections.unmodifiableSortedMap(new TreeMap<>(elsewhere));
      if (elsewhere.size() > MAX_ELSEWHERE) {
        throw new IllegalArgumentException(
            "Expected at most " + MAX_ELSEWHERE + " other sites, but got " + elsewhere.size());
      }
      if (widenings.size() > MAX_WIDENINGS) {
        throw new IllegalArgumentException(
            "Expected at most " + MAX_WIDENINGS + " widenings, but got " + widenings.size());
      }
    }

    /** A queue that takes the longest idle, and asks for the same until the end. */
    public Queue(
        QueueId id,
        SortedMap<Skill, Integer> required,
        int maxWaiting,
        Duration maxWait,
        Optional<QueueId> overflowTo,
        Duration ringTimeout,
        Duration wrapUp,
        TreatmentMode treatment) {
      this(
          id,
          required,
          maxWaiting,
          maxWait,
          overflowTo,
          ringTimeout,
          wrapUp,
          treatment,
          0,
          Choosing.LONGEST_IDLE,
          List.of(),
          Presence.ALWAYS,
          Duration.ZERO,
          Announcements.NONE,
          Optional.empty(),
          Collections.emptySortedMap());
    }

    /** A queue that tells nothing to those who wait. */
    public Queue(
        QueueId id,
        SortedMap<Skill, Integer> required,
        int maxWaiting,
        Duration maxWait,
        Optional<QueueId> overflowTo,
        Duration ringTimeout,
        Duration wrapUp,
        TreatmentMode treatment,
        int weight,
        Choosing choosing,
        List<Widening> widenings,
        Presence presence,
        Duration keepPlace) {
      this(
          id,
          required,
          maxWaiting,
          maxWait,
          overflowTo,
          ringTimeout,
          wrapUp,
          treatment,
          weight,
          choosing,
          widenings,
          presence,
          keepPlace,
          Announcements.NONE,
          Optional.empty(),
          Collections.emptySortedMap());
    }

    /** The same queue, which tells those who wait how it stands. */
    public Queue announcing(Announcements next) {
      return with(choosing, next, elsewhere);
    }

    /** The same queue, for which other sites look for agents too. */
    public Queue lookingElsewhere(SortedMap<SiteId, RoutingPointId> next) {
      return with(choosing, announcements, next);
    }

    /** The same queue, which takes agents otherwise. */
    public Queue taking(Choosing next) {
      return with(next, announcements, elsewhere);
    }

    private Queue with(
        Choosing taking, Announcements told, SortedMap<SiteId, RoutingPointId> sites) {
      return new Queue(
          id,
          required,
          maxWaiting,
          maxWait,
          overflowTo,
          ringTimeout,
          wrapUp,
          treatment,
          weight,
          taking,
          widenings,
          presence,
          keepPlace,
          told,
          music,
          sites);
    }
  }

  /**
   * @param priority the higher is served first
   */
  public record RoutingPoint(RoutingPointId id, QueueId queue, int priority) {}

  /**
   * How long an agent is left alone after an offer ended in one of these ways.
   *
   * @param missesToNotReady after how many misses in a row the agent is made not ready; 1: at once
   * @param failuresToLost after how many unreachable offers in a row the station is given up
   */
  public record Delays(
      Duration rejected,
      Duration busy,
      Duration missed,
      Duration unreachable,
      int missesToNotReady,
      int failuresToLost) {

    /** One miss makes not ready, one failure gives the station up. */
    public Delays(Duration rejected, Duration busy) {
      this(rejected, busy, Duration.ZERO, Duration.ZERO, 1, 1);
    }
  }

  /**
   * @param priorityWorth how much waiting one point of priority is worth, so that whoever waits for
   *     long overtakes whoever is important; zero: the higher priority always comes first
   * @param longestWrapUp how long wrap-up may become by being extended
   * @param capacity how much an agent may have at once
   */
  public record Rules(Duration priorityWorth, Duration longestWrapUp, Capacity capacity) {
    public static final Rules USUAL =
        new Rules(Duration.ZERO, Duration.ofMinutes(30), Capacity.ONE_CALL);

    public Rules(Duration priorityWorth, Duration longestWrapUp) {
      this(priorityWorth, longestWrapUp, Capacity.ONE_CALL);
    }
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.network.SitePicture.Basis;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.NetworkFigures.Remote;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;

/**
 * How the queues of a site stand for one decision; nothing is looked at that nobody asks for. Where
 * other sites look for agents too, what they have counts with what is here; while one of them is
 * unknown, so is the sum.
 */
final class Standings implements RoutingFacts.Queues {
  private final SiteState state;
  private final NetworkFigures network;
  private final Instant now;
  private final Loads loads;

  Standings(SiteState state, NetworkFigures network, Instant now) {
    this.state = state;
    this.network = network;
    this.now = now;
    this.loads = new Loads(state, now);
  }

  @Override
  public Optional<QueueFigures> of(QueueId id) {
    return state.configured().queue(id).map(queue -> new Standing(queue, remotes(queue)));
  }

  /** Empty where one of them is unknown. */
  private Optional<SortedMap<SiteId, Remote>> remotes(SiteConfiguration.Queue queue) {
    SortedMap<SiteId, Remote> all = new TreeMap<>();
    for (Map.Entry<SiteId, RoutingPointId> it : queue.elsewhere().entrySet()) {
      Optional<Remote> remote = network.of(it.getKey(), it.getValue());
      if (remote.isEmpty()) {
        return Optional.empty();
      }
      all.put(it.getKey(), remote.get());
    }
    return Optional.of(all);
  }

  /** Of one queue. */
  private final class Standing implements QueueFigures {
    private final SiteConfiguration.Queue queue;
    private final Optional<SortedMap<SiteId, Remote>> remotes;

    Standing(SiteConfiguration.Queue queue, Optional<SortedMap<SiteId, Remote>> remotes) {
      this.queue = queue;
      this.remotes = remotes;
    }

    @Override
    public Optional<Basis> basis() {
      if (queue.elsewhere().isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          remotes
              .map(all ->
                  all.values().stream().map(Remote::basis).max(Basis::compareTo).orElseThrow())
              .orElse(Basis.UNKNOWN));
    }

    @Override
    public Optional<Duration> age() {
      return remotes.stream()
          .flatMap(all -> all.values().stream())
          .flatMap(it -> it.age(now).stream())
          .max(Duration::compareTo);
    }

    @Override
    public Optional<Long> of(Figure figure) {
      return remotes.flatMap(all ->
          switch (figure) {
            case WAITING, LOGGED_IN, READY -> sum(figure, all.values());
            case OLDEST_WAIT -> longest(all.values());
            case ESTIMATED_WAIT -> shortest(all.values());
          });
    }

    @Override
    public List<Route.Estimated> estimated(Figure figure) {
      List<Route.Estimated> estimated = new ArrayList<>();
      remotes
          .orElseGet(TreeMap::new)
          .forEach((site, remote) ->
              remote
                  .estimate()
                  .ifPresent(it ->
                      it.of(figure)
                          .ifPresent(range ->
                              estimated.add(
                                  new Route.Estimated(
                                      site,
                                      remote.figures().of(figure).orElse(0L),
                                      range,
                                      it.similarDays(),
                                      it.bySchedule(),
                                      it.learned())))));
      return estimated;
    }

    private Optional<Long> sum(Figure figure, Collection<Remote> all) {
      long sum = figure(queue, figure).orElse(0L);
      for (Remote it : all) {
        sum += it.figures().of(figure).orElse(0L);
      }
      return Optional.of(sum);
    }

    private Optional<Long> longest(Collection<Remote> all) {
      long longest = oldestWait(queue);
      for (Remote it : all) {
        longest = Math.max(longest, it.figures().oldestWait().toMillis());
      }
      return Optional.of(longest);
    }

    /** Whoever has an agent first gets the call. */
    private Optional<Long> shortest(Collection<Remote> all) {
      Optional<Long> shortest = figure(queue, Figure.ESTIMATED_WAIT);
      for (Remote it : all) {
        Optional<Long> there = it.figures().of(Figure.ESTIMATED_WAIT);
        shortest =
            shortest.isEmpty() || (there.isPresent() && there.get() < shortest.get())
                ? there
                : shortest;
      }
      return shortest;
    }
  }

  private Optional<Long> figure(SiteConfiguration.Queue queue, QueueFigures.Figure figure) {
    return switch (figure) {
      case WAITING -> Optional.of((long) loads.line(queue.id()).waiting());
      case OLDEST_WAIT -> Optional.of(oldestWait(queue));
      case LOGGED_IN -> Optional.of(count(queue, SiteAgent::staffed));
      case READY -> Optional.of(count(queue, agent -> state.hasRoom(agent, Medium.VOICE)));
      case ESTIMATED_WAIT ->
          switch (EstimatedWait.ERLANG_A.of(loads.of(queue.id()))) {
            case Estimate.Known known -> Optional.of(known.expected().toMillis());
            case Estimate.Unknown _ -> Optional.empty();
          };
    };
  }

  private long oldestWait(SiteConfiguration.Queue queue) {
    Instant oldest = loads.line(queue.id()).oldest();
    return oldest == null || oldest.isAfter(now) ? 0 : Duration.between(oldest, now).toMillis();
  }

  private long count(SiteConfiguration.Queue queue, Predicate<SiteAgent> which) {
    long count = 0;
    for (SiteAgent agent : state.agents().values()) {
      if (which.test(agent)
          && queue.choosing().knows(agent.id())
          && agent.missing(queue.required()) == null) {
        count++;
      }
    }
    return count;
  }

  /**
   * How the queue of a routing point stands at a site that has reported itself.
   *
   * @param now by that site's clock
   */
  static Optional<QueueFigures.Named> reported(
      SiteState mirror, RoutingPointId point, Instant now) {
    return mirror
        .configuration()
        .flatMap(it -> it.point(point).flatMap(found -> it.queue(found.queue())))
        .map(queue -> {
          Standings all = new Standings(mirror, NetworkFigures.NONE, now);
          return new QueueFigures.Named(
              all.loads.line(queue.id()).waiting(),
              Duration.ofMillis(all.oldestWait(queue)),
              (int) all.count(queue, SiteAgent::staffed),
              (int) all.count(queue, agent -> mirror.hasRoom(agent, Medium.VOICE)),
              all.figure(queue, QueueFigures.Figure.ESTIMATED_WAIT).map(Duration::ofMillis));
        });
  }
}

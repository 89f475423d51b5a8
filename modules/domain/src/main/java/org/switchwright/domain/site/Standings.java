package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;

/** How the queues of a site stand for one decision; nothing is looked at that nobody asks for. */
final class Standings implements RoutingFacts.Queues {
  private final SiteState state;
  private final Instant now;
  private final Loads loads;

  Standings(SiteState state, Instant now) {
    this.state = state;
    this.now = now;
    this.loads = new Loads(state, now);
  }

  @Override
  public Optional<QueueFigures> of(QueueId id) {
    return state.configured().queue(id).map(queue -> figure -> figure(queue, figure));
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
}

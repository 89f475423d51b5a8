package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.statistics.Estimate;
import org.switchwright.domain.statistics.EstimatedWait;

/** How the queues of a site stand for one decision; each is looked at once, where it is asked. */
final class Standings implements RoutingFacts.Queues {
  private final SiteState state;
  private final Instant now;
  private final Map<QueueId, QueueFigures> looked = new HashMap<>();

  Standings(SiteState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  @Override
  public Optional<QueueFigures> of(QueueId id) {
    return state.configured().queue(id).map(queue -> looked.computeIfAbsent(id, _ -> look(queue)));
  }

  private QueueFigures look(SiteConfiguration.Queue queue) {
    int waiting = 0;
    @Nullable Instant oldest = null;
    for (SiteCall call : state.calls().values()) {
      if (call.waiting() && call.queue().equals(queue.id())) {
        waiting++;
        oldest =
            oldest == null || call.enteredQueueAt().isBefore(oldest)
                ? call.enteredQueueAt()
                : oldest;
      }
    }
    int loggedIn = 0;
    int ready = 0;
    for (SiteAgent agent : state.agents().values()) {
      if (agent.staffed()
          && queue.choosing().knows(agent.id())
          && agent.missing(queue.required()) == null) {
        loggedIn++;
        ready += agent.free() ? 1 : 0;
      }
    }
    return new QueueFigures(
        waiting,
        oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now),
        loggedIn,
        ready,
        switch (state.estimatedWait(queue.id(), EstimatedWait.ERLANG_A, now)) {
          case Estimate.Known known -> Optional.of(known.expected());
          case Estimate.Unknown _ -> Optional.empty();
        });
  }
}

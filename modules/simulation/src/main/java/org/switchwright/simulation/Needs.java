package org.switchwright.simulation;

import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.site.Routing;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteState;
import org.switchwright.domain.site.Widening;

/** What a call needs, told from the configuration and from what was written of its waiting. */
final class Needs {
  private Needs() {}

  /**
   * Which of the requirements an agent meets: 0 for the strategy's or else the queue's own, n for
   * the queue's n-th widening's, less than 0 for none.
   */
  static int met(SiteState state, SiteAgent agent, SiteCall call) {
    if (call.directedTo().isPresent()) {
      return call.directedTo().get().equals(agent.id()) ? 0 : -1;
    }
    Optional<Routing> routing = call.routing().filter(it -> it.required().isPresent());
    if (routing.isPresent()) {
      boolean own = has(agent, routing.get().required().get());
      return own || routing.get().alternatives().stream().anyMatch(it -> has(agent, it)) ? 0 : -1;
    }
    Queue queue = queue(state, call.queue());
    if (has(agent, queue.required())) {
      return 0;
    }
    for (int at = 0; at < queue.widenings().size(); at++) {
      Widening widening = queue.widenings().get(at);
      if (widening.after().compareTo(call.widened()) <= 0 && has(agent, widening.required())) {
        return at + 1;
      }
    }
    return -1;
  }

  static Queue queue(SiteState state, QueueId id) {
    for (Queue each : state.configuration().orElseThrow().queues()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    throw new IllegalStateException("Expected queue " + id + ", but there is none");
  }

  private static boolean has(SiteAgent agent, SortedMap<Skill, Integer> required) {
    for (var need : required.entrySet()) {
      if (agent.skills().getOrDefault(need.getKey(), -1) < need.getValue()) {
        return false;
      }
    }
    return true;
  }
}

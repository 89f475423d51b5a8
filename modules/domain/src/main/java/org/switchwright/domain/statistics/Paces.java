package org.switchwright.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;

/**
 * The pace of each queue of a site, and what each agent is handling that will count for one.
 *
 * @param queues those of the configuration that have had anything to count
 * @param handlings at most one an agent
 */
public record Paces(
    PSortedMap<QueueId, QueuePace> queues, PSortedMap<AgentId, Handling> handlings) {
  public static final Paces NONE = new Paces(TreePMap.empty(), TreePMap.empty());

  /** A conversation with its wrap-up, and the queue whose it is. */
  public record Handling(QueueId queue, Instant since) {}

  public QueuePace of(QueueId queue) {
    return queues.getOrDefault(queue, QueuePace.NONE);
  }

  public Paces change(QueueId queue, UnaryOperator<QueuePace> change) {
    return new Paces(queues.plus(queue, change.apply(of(queue))), handlings);
  }

  public Paces started(AgentId agent, QueueId queue, Instant at) {
    return new Paces(queues, handlings.plus(agent, new Handling(queue, at)));
  }

  /** Nothing, where the start was not seen. */
  public Paces finished(AgentId agent, Instant at) {
    Handling handling = handlings.get(agent);
    return handling == null
        ? this
        : new Paces(queues, handlings.minus(agent))
            .change(
                handling.queue(), pace -> pace.handled(at, Duration.between(handling.since(), at)));
  }

  public Paces without(Iterable<QueueId> gone) {
    PSortedMap<QueueId, QueuePace> kept = queues;
    for (QueueId queue : gone) {
      kept = kept.minus(queue);
    }
    return new Paces(kept, handlings);
  }
}

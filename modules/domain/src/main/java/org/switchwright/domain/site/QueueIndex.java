package org.switchwright.domain.site;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.site.SiteConfiguration.Queue;

/**
 * A list of queues that finds each by its name at once, and knows which rules none of them has:
 * both are asked for every call that waits.
 */
final class QueueIndex extends AbstractList<Queue> implements RandomAccess {
  private final List<Queue> queues;
  private final Map<QueueId, Queue> byName = new HashMap<>();
  private final boolean widening;
  private final boolean conditional;
  private final boolean leaving;
  private final boolean elsewhere;

  private QueueIndex(List<Queue> queues) {
    this.queues = List.copyOf(queues);
    this.queues.forEach(queue -> byName.putIfAbsent(queue.id(), queue));
    this.widening = queues.stream().anyMatch(queue -> !Need.moments(queue).isEmpty());
    this.conditional =
        queues.stream()
            .anyMatch(queue -> queue.widenings().stream().anyMatch(it -> it.onlyIf().isPresent()));
    this.leaving = queues.stream().anyMatch(queue -> !queue.presence().leave().isEmpty());
    this.elsewhere = queues.stream().anyMatch(queue -> !queue.elsewhere().isEmpty());
  }

  static QueueIndex of(List<Queue> queues) {
    return queues instanceof QueueIndex indexed ? indexed : new QueueIndex(queues);
  }

  Optional<Queue> find(QueueId id) {
    return Optional.ofNullable(byName.get(id));
  }

  /** Whether in some queue more will do after a while. */
  boolean widening() {
    return widening;
  }

  /** Whether that depends on figures somewhere. */
  boolean conditional() {
    return conditional;
  }

  /** Whether some queue lets callers go when nobody is there. */
  boolean leaving() {
    return leaving;
  }

  /** Whether other sites look for agents for some queue. */
  boolean elsewhere() {
    return elsewhere;
  }

  @Override
  public Queue get(int index) {
    return queues.get(index);
  }

  @Override
  public int size() {
    return queues.size();
  }
}

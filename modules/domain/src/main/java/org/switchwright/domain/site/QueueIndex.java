package org.switchwright.domain.site;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.site.SiteConfiguration.Queue;

/** A list of queues that finds each by its name at once: it is asked for every call that waits. */
final class QueueIndex extends AbstractList<Queue> implements RandomAccess {
  private final List<Queue> queues;
  private final Map<QueueId, Queue> byName = new HashMap<>();

  private QueueIndex(List<Queue> queues) {
    this.queues = List.copyOf(queues);
    this.queues.forEach(queue -> byName.putIfAbsent(queue.id(), queue));
  }

  static QueueIndex of(List<Queue> queues) {
    return queues instanceof QueueIndex indexed ? indexed : new QueueIndex(queues);
  }

  Optional<Queue> find(QueueId id) {
    return Optional.ofNullable(byName.get(id));
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

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.statistics.QueueLoad;

/** How the site's queues stand for those who wait in them. */
final class Loads {
  private Loads() {}

  /** How its queue stands for a call that waits in it. */
  static QueueLoad of(SiteState state, SiteCall call, Instant now) {
    Duration waited = Duration.between(call.enteredQueueAt(), now);
    return of(state, call.queue(), state.position(call) - 1, waited, now);
  }

  /** How a queue stands for a call that comes to its end. */
  static QueueLoad of(SiteState state, QueueId queue, Instant now) {
    return of(state, queue, (int) state.waitingIn(queue), Duration.ZERO, now);
  }

  private static QueueLoad of(
      SiteState state, QueueId queue, int ahead, Duration waited, Instant now) {
    Want own = Want.of(state.queue(queue));
    Map<Want, Integer> others = wanted(state, queue);
    int agents = 0;
    int ready = 0;
    int talking = 0;
    double effective = 0;
    for (SiteAgent agent : state.agents().values()) {
      if (!atWork(agent) || !own.metBy(agent)) {
        continue;
      }
      agents++;
      ready += agent.free() ? 1 : 0;
      talking += agent.work() instanceof SiteAgent.Work.Talking ? 1 : 0;
      effective += 1.0 / (1 + queuesThatWant(agent, others));
    }
    return new QueueLoad(
        now, ahead, waited, agents, effective, ready, talking, state.paces().of(queue));
  }

  /** Whom a queue takes from the beginning; what it widens to later does not count. */
  private record Want(SortedMap<Skill, Integer> required, Choosing choosing) {
    static Want of(SiteConfiguration.Queue queue) {
      return new Want(queue.required(), queue.choosing());
    }

    boolean metBy(SiteAgent agent) {
      return choosing.knows(agent.id()) && agent.has(required);
    }
  }

  /** Whom other queues want in which somebody waits, and how many want the same. */
  private static Map<Want, Integer> wanted(SiteState state, QueueId besides) {
    Set<QueueId> queues = new LinkedHashSet<>();
    for (SiteCall other : state.calls().values()) {
      if (other.waiting() && !other.queue().equals(besides)) {
        queues.add(other.queue());
      }
    }
    Map<Want, Integer> wanted = new LinkedHashMap<>();
    for (QueueId queue : queues) {
      state.configured().queue(queue).ifPresent(it -> wanted.merge(Want.of(it), 1, Integer::sum));
    }
    return wanted;
  }

  private static int queuesThatWant(SiteAgent agent, Map<Want, Integer> wanted) {
    int queues = 0;
    for (var want : wanted.entrySet()) {
      queues += want.getKey().metBy(agent) ? want.getValue() : 0;
    }
    return queues;
  }

  /** Gets calls now, or will after what keeps the agent. */
  private static boolean atWork(SiteAgent agent) {
    return agent.wish() instanceof Wish.Ready
        && agent.station().isPresent()
        && !(agent.work() instanceof SiteAgent.Work.Judged);
  }
}

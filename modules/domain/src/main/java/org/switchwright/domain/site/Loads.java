package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.statistics.QueueLoad;

/**
 * How the site's queues stand at one moment for those who wait in them. Each thing is found out
 * once, when it is first asked for: a decision may ask about many queues.
 */
final class Loads {
  private final SiteState state;
  private final Instant now;
  private @Nullable Map<QueueId, Line> lines;
  private @Nullable Map<Want, Integer> wanted;
  private final Map<AgentId, Integer> wantedBy = new HashMap<>();

  Loads(SiteState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  /** The calls that wait in a queue. */
  record Line(int waiting, @Nullable Instant oldest) {
    private static final Line EMPTY = new Line(0, null);

    private Line longer(Instant entered) {
      return new Line(waiting + 1, oldest == null || entered.isBefore(oldest) ? entered : oldest);
    }
  }

  Line line(QueueId queue) {
    return lines().getOrDefault(queue, Line.EMPTY);
  }

  /** How its queue stands for a call that waits in it. */
  QueueLoad of(SiteCall call) {
    Duration waited = Duration.between(call.enteredQueueAt(), now);
    return of(call.queue(), state.position(call) - 1, waited);
  }

  /** How a queue stands for a call that comes to its end. */
  QueueLoad of(QueueId queue) {
    return of(queue, line(queue).waiting(), Duration.ZERO);
  }

  private QueueLoad of(QueueId queue, int ahead, Duration waited) {
    Want own = Want.of(state.queue(queue));
    int itself = line(queue).waiting() > 0 ? 1 : 0;
    int agents = 0;
    int ready = 0;
    int talking = 0;
    double effective = 0;
    for (SiteAgent agent : state.agents().values()) {
      if (!atWork(agent) || !own.metBy(agent)) {
        continue;
      }
      agents++;
      ready += state.hasRoom(agent, Medium.VOICE) ? 1 : 0;
      talking += agent.work() instanceof SiteAgent.Work.Talking ? 1 : 0;
      effective += 1.0 / (1 + queuesThatWant(agent) - itself);
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

  private Map<QueueId, Line> lines() {
    @Nullable Map<QueueId, Line> known = lines;
    if (known == null) {
      known = new LinkedHashMap<>();
      for (SiteCall call : state.calls().values()) {
        if (call.waiting()) {
          known.put(
              call.queue(),
              known.getOrDefault(call.queue(), Line.EMPTY).longer(call.enteredQueueAt()));
        }
      }
      lines = known;
    }
    return known;
  }

  /** Whom queues want in which somebody waits, and how many want the same. */
  private Map<Want, Integer> wanted() {
    @Nullable Map<Want, Integer> known = wanted;
    if (known == null) {
      known = new LinkedHashMap<>();
      for (QueueId id : lines().keySet()) {
        SiteConfiguration.@Nullable Queue queue = state.configured().queue(id).orElse(null);
        if (queue != null) {
          known.merge(Want.of(queue), 1, Integer::sum);
        }
      }
      wanted = known;
    }
    return known;
  }

  private int queuesThatWant(SiteAgent agent) {
    @Nullable Integer known = wantedBy.get(agent.id());
    if (known == null) {
      int queues = 0;
      for (var want : wanted().entrySet()) {
        queues += want.getKey().metBy(agent) ? want.getValue() : 0;
      }
      known = queues;
      wantedBy.put(agent.id(), known);
    }
    return known;
  }

  /** Gets calls now, or will after what keeps the agent. */
  private static boolean atWork(SiteAgent agent) {
    return agent.wish() instanceof Wish.Ready
        && agent.station().isPresent()
        && !(agent.work() instanceof SiteAgent.Work.Judged);
  }
}

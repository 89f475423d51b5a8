package org.switchwright.domain.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.statistics.QueueLoad;

/**
 * How a site stands at one moment.
 *
 * @param agents that the site has
 * @param loggedIn of those
 * @param ready who would be given a call now
 * @param waiting calls that have their place here
 * @param talking callers who talk to an agent, as far as the site knows
 * @param queues in the order of the configuration
 */
public record SiteTotals(
    int agents, int loggedIn, int ready, int waiting, int talking, List<OfQueue> queues) {

  /**
   * @param oldestSince when the call arrived that has waited the longest; empty where none waits
   * @param ready agents who would be given a call of this queue now
   * @param talking agents who serve this queue and talk now, to whomever
   */
  public record OfQueue(
      QueueId queue, int waiting, Optional<Instant> oldestSince, int ready, int talking) {}

  public SiteTotals {
    queues = List.copyOf(queues);
  }

  /** Of a site that is configured. */
  public static SiteTotals of(SiteState state, Instant now) {
    int loggedIn = state.count(SiteAgent::staffed);
    int talking = 0;
    Map<QueueId, List<SiteCall>> lines = new HashMap<>();
    for (SiteCall call : state.calls().values()) {
      // What agents ask each other is no caller, and the caller of that waits for nobody.
      boolean asked = call.consult().filter(it -> !it.attends()).isPresent();
      boolean expected = call.abroad().origin().isPresent();
      if (call.waiting() && !asked && !expected) {
        lines.computeIfAbsent(call.queue(), _ -> new ArrayList<>()).add(call);
      }
      talking += call.stand() instanceof SiteCall.Stand.Talking && !asked ? 1 : 0;
    }
    Loads loads = new Loads(state, now);
    List<OfQueue> queues = new ArrayList<>();
    for (SiteConfiguration.Queue queue : state.configured().queues()) {
      queues.add(of(loads, queue.id(), lines.getOrDefault(queue.id(), List.of())));
    }
    int waiting = lines.values().stream().mapToInt(List::size).sum();
    return new SiteTotals(state.agents().size(), loggedIn, ready(state), waiting, talking, queues);
  }

  /** How many agents would be given a call now. */
  public static int ready(SiteState state) {
    return state.configuration().isEmpty()
        ? 0
        : state.count(agent -> state.hasRoom(agent, Medium.VOICE));
  }

  private static OfQueue of(Loads loads, QueueId queue, List<SiteCall> line) {
    QueueLoad load = loads.of(queue);
    Optional<Instant> oldest = line.stream().map(SiteCall::arrivedAt).min(Instant::compareTo);
    return new OfQueue(queue, line.size(), oldest, load.ready(), load.talking());
  }
}

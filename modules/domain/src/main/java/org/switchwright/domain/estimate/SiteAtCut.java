package org.switchwright.domain.estimate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteState;

/**
 * A site as it stood when its reports stopped, by what they fold to. The site's clock is taken for
 * the controller's.
 *
 * <p>A call that has its place elsewhere does not wait here. Who is not ready is not there; who is
 * in wrap-up or rests is, and is free when that ends at the latest.
 *
 * @param waiting calls of the site's own, the oldest first
 * @param talking calls that agents of the site talk to, by agent
 * @param idle agents without a call, by name
 */
public record SiteAtCut(Instant at, List<Waiting> waiting, List<Talking> talking, List<Idle> idle) {
  /** A call that waits. */
  public record Waiting(Instant entered, String queue) {}

  /**
   * @param ours the call by the controller's own name, where it has its place there
   */
  public record Talking(
      Instant entered, Instant since, String agent, String queue, Optional<SentCall> ours) {}

  /**
   * @param since when the agent could last have been given a call, or else the cut
   * @param pausesUntil at the latest; empty for who is free
   */
  public record Idle(String agent, Instant since, Optional<Instant> pausesUntil) {}

  public SiteAtCut {
    waiting = List.copyOf(waiting);
    talking = List.copyOf(talking);
    idle = List.copyOf(idle);
  }

  /**
   * @param home the controller's own site
   */
  public static SiteAtCut of(SiteState mirror, SiteId home, Instant at) {
    List<Waiting> waiting = new ArrayList<>();
    List<Talking> talking = new ArrayList<>();
    List<Idle> idle = new ArrayList<>();
    for (SiteCall call : mirror.calls().values()) {
      Optional<Origin> origin = call.abroad().origin();
      switch (call.stand()) {
        case SiteCall.Stand.Waiting _, SiteCall.Stand.Offered _ -> {
          if (origin.isEmpty() || call.talked() > 0) {
            waiting.add(new Waiting(earlier(call.enteredQueueAt(), at), call.queue().value()));
          }
        }
        case SiteCall.Stand.Talking it -> {
          if (mirror.agents().containsKey(it.agent())) {
            talking.add(talking(mirror, call, it.agent(), home, at));
          }
        }
        case SiteCall.Stand.Released _ -> {}
      }
    }
    for (SiteAgent agent : mirror.agents().values()) {
      switch (agent.work()) {
        case SiteAgent.Work.Talking _ -> {}
        case SiteAgent.Work.WrappingUp it -> pausing(agent, it.until(), at).ifPresent(idle::add);
        case SiteAgent.Work.Resting it -> pausing(agent, it.until(), at).ifPresent(idle::add);
        case SiteAgent.Work.Judged it -> pausing(agent, it.until(), at).ifPresent(idle::add);
        case SiteAgent.Work.Free _, SiteAgent.Work.Reserved _ -> {
          if (agent.wish() instanceof Wish.Ready && agent.station().isPresent()) {
            Instant since = earlier(agent.idleSince(), at);
            idle.add(new Idle(agent.id().value(), since, Optional.empty()));
          }
        }
      }
    }
    waiting.sort(Comparator.comparing(Waiting::entered).thenComparing(Waiting::queue));
    talking.sort(Comparator.comparing(Talking::agent));
    idle.sort(Comparator.comparing(Idle::agent));
    return new SiteAtCut(at, waiting, talking, idle);
  }

  private static Optional<Idle> pausing(SiteAgent agent, Instant until, Instant at) {
    return agent.wish() instanceof Wish.Ready
        ? Optional.of(new Idle(agent.id().value(), at, Optional.of(until)))
        : Optional.empty();
  }

  private static Talking talking(
      SiteState mirror, SiteCall call, AgentId agent, SiteId home, Instant at) {
    SiteAgent who = mirror.agents().get(agent);
    Instant since =
        who != null && who.work() instanceof SiteAgent.Work.Talking it ? it.since() : at;
    return new Talking(
        earlier(call.enteredQueueAt(), earlier(since, at)),
        earlier(since, at),
        agent.value(),
        call.queue().value(),
        call.abroad()
            .origin()
            .filter(origin -> origin.home().equals(home))
            .map(origin -> new SentCall(origin.call(), origin.number())));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}

package org.switchwright.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Probing;
import org.switchwright.domain.agent.StationWatch;

/** The edge's OPTIONS to registered phones. */
final class Probes {
  static final Probing.Times TIMES =
      new Probing.Times(Duration.ofSeconds(15), Duration.ofSeconds(4));

  private final Edge edge;
  private final Surroundings world;
  private final Map<AgentId, Watched> watched = new HashMap<>();

  private static final class Watched {
    private final AgentId agent;
    private StationWatch watch;
    private Probing probing;

    Watched(AgentId agent, StationWatch watch, Probing probing) {
      this.agent = agent;
      this.watch = watch;
      this.probing = probing;
    }
  }

  Probes(Edge edge, Surroundings world) {
    this.edge = edge;
    this.world = world;
  }

  void watch(AgentId agent, StationWatch watch) {
    Watched known = watched.get(agent);
    if (known == null || !known.watch.contact().equals(watch.contact())) {
      double share = world.dice().upTo(100) / 100.0;
      Watched fresh = new Watched(agent, watch, Probing.begun(TIMES, world.now(), share));
      watched.put(agent, fresh);
      plan(fresh);
    } else if (!known.watch.equals(watch)) {
      known.watch = watch;
      next(known, known.probing.answered(world.now()));
    }
  }

  private void next(Watched phone, Probing probing) {
    phone.probing = probing;
    plan(phone);
  }

  private void plan(Watched phone) {
    Probing planned = phone.probing;
    edge.after(
        Duration.between(world.now(), planned.due()),
        () -> {
          if (watched.get(phone.agent) == phone && phone.probing.equals(planned)) {
            due(phone);
          }
        });
  }

  private void due(Watched phone) {
    if (!phone.watch.expiresAt().isAfter(world.now())) {
      watched.remove(phone.agent);
    } else if (!phone.probing.out()) {
      send(phone);
      next(phone, phone.probing.sent(world.now()));
    } else {
      Probing after = phone.probing.unanswered(world.now());
      if (after.silent()) {
        watched.remove(phone.agent);
        report(phone);
      } else {
        next(phone, after);
      }
    }
  }

  private void send(Watched phone) {
    Phone there = edge.phone(phone.watch.contact());
    if (there != null) {
      world
          .wire()
          .toPhone(there, () -> world.wire().answerEdge(edge, _ -> answered(phone)), () -> {});
    }
  }

  private void answered(Watched phone) {
    if (watched.get(phone.agent) == phone) {
      next(phone, phone.probing.answered(world.now()));
    }
  }

  private void report(Watched phone) {
    world.trace().note("edge", "hears nothing of", phone.watch);
    edge.intake()
        .submit(phone.agent, new Agent.Silent(phone.watch.binding(), phone.watch.cseq()), _ -> {});
  }
}

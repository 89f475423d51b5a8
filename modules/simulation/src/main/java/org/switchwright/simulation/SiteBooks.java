package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Who came, who was served before whom, who holds whom: what a site's state must agree with. */
final class SiteBooks {
  private final Map<CallId, Place> places = new HashMap<>();
  private long entered;
  private long left;

  private record Place(boolean front, int priority, Instant arrivedAt, CallId call) {
    private static final Comparator<Place> FIRST =
        Comparator.comparing((Place place) -> !place.front())
            .thenComparing(Comparator.comparingInt(Place::priority).reversed())
            .thenComparing(Place::arrivedAt)
            .thenComparing(Place::call);
  }

  void check(SiteState before, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it -> {
        entered++;
        places.put(it.call(), new Place(false, it.priority(), it.arrivedAt(), it.call()));
      }
      case SiteEvent.CallLeft _ -> left++;
      case SiteEvent.AgentReserved it -> fair(before, it);
      case SiteEvent.CallTransferred it -> sentOn(it);
      case SiteEvent.CallRequeued it -> requeued(it);
      default -> {}
    }
  }

  private void sentOn(SiteEvent.CallTransferred it) {
    Place was = Objects.requireNonNull(places.get(it.offer().call()));
    promise(
        it.place().equals(it.placeKept() ? was.arrivedAt() : it.at())
            && it.priority() >= was.priority(),
        "the place is kept",
        it,
        "but was",
        was);
    places.put(was.call(), new Place(false, it.priority(), it.place(), was.call()));
  }

  private void requeued(SiteEvent.CallRequeued it) {
    Place was = Objects.requireNonNull(places.get(it.offer().call()));
    places.put(was.call(), new Place(true, was.priority(), was.arrivedAt(), was.call()));
  }

  /** Of the calls that this agent could serve, the one with the best place; and of the agents... */
  private void fair(SiteState before, SiteEvent.AgentReserved it) {
    SiteAgent chosen = Objects.requireNonNull(before.agents().get(it.agent()));
    SiteCall served = Objects.requireNonNull(before.calls().get(it.offer().call()));
    promise(
        free(chosen) && fits(before, chosen, served),
        "only a free agent who can is reserved",
        it,
        chosen);
    Place place = Objects.requireNonNull(places.get(served.id()));
    for (SiteCall other : before.calls().values()) {
      if (other.stand() instanceof Stand.Waiting
          && !other.id().equals(served.id())
          && fits(before, chosen, other)) {
        Place better = Objects.requireNonNull(places.get(other.id()));
        promise(
            Place.FIRST.compare(place, better) < 0,
            "the place is kept",
            chosen.id(),
            "goes to",
            place,
            "while there waits",
            better);
      }
    }
    for (SiteAgent other : before.agents().values()) {
      if (free(other) && fits(before, other, served)) {
        promise(
            !other.idleSince().isBefore(chosen.idleSince()),
            "longest idle first",
            it,
            "but longer idle is",
            other);
      }
    }
  }

  void check(SiteState state) {
    Map<AgentId, CallId> held = new HashMap<>();
    for (SiteCall call : state.calls().values()) {
      Place place = Objects.requireNonNull(places.get(call.id()));
      promise(
          call.arrivedAt().equals(place.arrivedAt())
              && call.priority() == place.priority()
              && call.front() == place.front(),
          "the place is kept",
          call,
          place);
      switch (call.stand()) {
        case Stand.Offered it -> {
          hold(held, it.agent(), call.id());
          Work work = Objects.requireNonNull(state.agents().get(it.agent())).work();
          promise(
              work instanceof Work.Reserved reserved && reserved.offer().equals(it.offer()),
              "call and agent agree at the site",
              call,
              work);
        }
        case Stand.Talking it -> {
          hold(held, it.agent(), call.id());
          Work work = Objects.requireNonNull(state.agents().get(it.agent())).work();
          promise(
              work instanceof Work.Talking talking && talking.offer().equals(it.offer()),
              "call and agent agree at the site",
              call,
              work);
        }
        case Stand.Waiting _ -> unserved(state, call);
        case Stand.Released _ -> {}
      }
    }
    for (SiteAgent agent : state.agents().values()) {
      boolean works = agent.work() instanceof Work.Reserved || agent.work() instanceof Work.Talking;
      promise(
          works == held.containsKey(agent.id()), "call and agent agree at the site", agent, held);
    }
    SiteState.Tally tally = state.tally();
    promise(
        tally.arrived() == tally.ended() + state.calls().size()
            && tally.arrived() == entered
            && tally.ended() == left,
        "nobody is lost",
        tally,
        "with",
        state.calls().size(),
        "present,",
        entered,
        "entered and",
        left,
        "left");
  }

  private static void hold(Map<AgentId, CallId> held, AgentId agent, CallId call) {
    CallId other = held.put(agent, call);
    promise(other == null, "no agent with two interactions", agent, call, other);
  }

  private static void unserved(SiteState state, SiteCall call) {
    for (SiteAgent agent : state.agents().values()) {
      promise(
          !free(agent) || !fits(state, agent, call),
          "no call waits beside an agent who could serve it",
          call,
          agent);
    }
  }

  private static boolean free(SiteAgent agent) {
    return agent.work() instanceof Work.Free
        && agent.wish() instanceof Wish.Ready
        && agent.station().isPresent();
  }

  private static boolean fits(SiteState state, SiteAgent agent, SiteCall call) {
    if (call.directedTo().isPresent()) {
      return call.directedTo().get().equals(agent.id());
    }
    SortedMap<Skill, Integer> required = required(state, call.queue());
    return required.entrySet().stream()
        .allMatch(it -> agent.skills().getOrDefault(it.getKey(), -1) >= it.getValue());
  }

  private static SortedMap<Skill, Integer> required(SiteState state, QueueId queue) {
    return state.configuration().orElseThrow().queues().stream()
        .filter(it -> it.id().equals(queue))
        .findFirst()
        .orElseThrow()
        .required();
  }
}

package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Routing;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Who came, who was served before whom, who holds whom: what a site's state must agree with. */
final class SiteBooks {
  static final String CAPACITY = "no agent above capacity";

  /** What an agent has of a medium. */
  private record Holding(AgentId agent, Medium medium) {}

  private final Map<CallId, Place> places = new HashMap<>();
  private final Map<CallId, Integer> versions = new HashMap<>();
  private final Turns turns = new Turns();
  private long entered;
  private long left;

  /** A call's place: only a new priority, or being sent on, changes that. */
  private record Place(boolean front, int priority, Instant arrivedAt, CallId call) {}

  /**
   * @param looked the site when those were looked for whom the event reserves
   */
  void check(SiteState before, SiteState looked, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it -> {
        entered += it.origin().isEmpty() ? 1 : 0;
        places.put(it.call(), new Place(false, it.priority(), it.arrivedAt(), it.call()));
      }
      case SiteEvent.CallTakenOver _ -> entered++;
      case SiteEvent.CallReprioritised it ->
          places.computeIfPresent(
              it.call(),
              (call, place) -> new Place(place.front(), it.to(), place.arrivedAt(), call));
      case SiteEvent.CallRouted it -> versions.put(it.call(), it.version());
      case SiteEvent.CallStepped it -> {
        stepped(before, it);
        Place place = Objects.requireNonNull(places.get(it.call()));
        it.aim()
            .flatMap(Route.Aim::priority)
            .ifPresent(next ->
                places.put(
                    it.call(), new Place(place.front(), next, place.arrivedAt(), place.call())));
      }
      case SiteEvent.CallLeft it -> {
        left += ours(Objects.requireNonNull(before.calls().get(it.call()))) ? 1 : 0;
        versions.remove(it.call());
      }
      case SiteEvent.AgentReserved it when before.lent().containsKey(it.agent()) ->
          lent(before, it);
      case SiteEvent.AgentReserved it -> {
        room(before, it);
        fair(before, looked, it);
      }
      case SiteEvent.CallTransferred it -> sentOn(it);
      case SiteEvent.CallRequeued it -> requeued(it);
      case SiteEvent.ConsultEnded it -> consulted(before, it);
      default -> {}
    }
    turns.happened(before, event);
  }

  /** Whose place is here. */
  private static boolean ours(SiteCall call) {
    return call.abroad().origin().isEmpty();
  }

  /** An agent of another site serves one who waits here for anybody. */
  private static void lent(SiteState before, SiteEvent.AgentReserved it) {
    SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
    boolean waits =
        call.stand() instanceof Stand.Waiting
            && ours(call)
            && call.directedTo().isEmpty()
            && call.consults().now().isEmpty();
    promise(waits, "an agent is lent for a call that waits for anybody", it, call);
  }

  /** With the agent who was asked a caller may have come to another queue. */
  private void consulted(SiteState before, SiteEvent.ConsultEnded it) {
    SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
    boolean elsewhere =
        call.consults()
            .now()
            .filter(asked -> !asked.offer().equals(it.offer()))
            .filter(asked -> !asked.from().equals(call.queue()))
            .isPresent();
    if (elsewhere) {
      versions.remove(call.id());
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
    if (!it.to().equals(it.from())) {
      versions.remove(was.call());
    }
  }

  private void requeued(SiteEvent.CallRequeued it) {
    Place was = Objects.requireNonNull(places.get(it.offer().call()));
    places.put(was.call(), new Place(true, was.priority(), was.arrivedAt(), was.call()));
  }

  private static void room(SiteState before, SiteEvent.AgentReserved it) {
    Medium medium = Objects.requireNonNull(before.calls().get(it.offer().call())).medium();
    Map<Holding, Integer> held = new HashMap<>();
    before.calls().values().forEach(call -> hold(held, call));
    int has = held.getOrDefault(new Holding(it.agent(), medium), 0);
    promise(has < capacity(before, medium), CAPACITY, it, "has", has);
  }

  private static int capacity(SiteState state, Medium medium) {
    return state.configuration().orElseThrow().rules().capacity().of(medium);
  }

  /** Of the calls that this agent could serve, the one with the best place; and of the agents... */
  private void fair(SiteState before, SiteState looked, SiteEvent.AgentReserved it) {
    SiteAgent chosen = Objects.requireNonNull(before.agents().get(it.agent()));
    SiteCall served = Objects.requireNonNull(before.calls().get(it.offer().call()));
    int met = Needs.met(before, looked, chosen, served);
    promise(free(chosen) && met >= 0, "only a free agent who can is reserved", it, chosen);
    Comparator<SiteCall> first = first(before);
    boolean ringsAlready =
        served.stand() instanceof Stand.Offered rings && rings.steppedAt().isBefore(it.at());
    for (SiteCall other : before.calls().values()) {
      if (other.stand() instanceof Stand.Waiting && !other.id().equals(served.id())) {
        promise(
            !overtakes(served, other),
            "nobody is overtaken without a reason",
            it,
            "while there waits",
            other);
        promise(
            Needs.met(before, looked, chosen, other) < 0
                || (!ringsAlready && first.compare(served, other) < 0),
            "the place is kept",
            it,
            "while there waits",
            other);
      }
    }
    byTheRule(before, looked, chosen, served, met, it.at());
    inTurn(before, looked, chosen, served, met);
  }

  /** Where a queue takes agents in turn, it is this one's. */
  private void inTurn(
      SiteState before, SiteState looked, SiteAgent chosen, SiteCall served, int met) {
    Choosing choosing = Needs.queue(before, served.queue()).choosing();
    int tier = Needs.tier(choosing, chosen);
    List<AgentId> equals =
        before.agents().values().stream()
            .filter(it -> free(it) && Needs.met(before, looked, it, served) == met)
            .filter(it -> Needs.tier(choosing, it) == tier)
            .map(SiteAgent::id)
            .toList();
    turns
        .next(choosing, served, equals)
        .ifPresent(next ->
            promise(
                next.equals(chosen.id()),
                "a queue takes agents by its rule",
                served,
                chosen.id(),
                "but the turn is of",
                next));
  }

  /**
   * Whether one who came later is served first, though both wait in the same queue with the same
   * needs and priority, and the later one has not waited there for longer.
   */
  private boolean overtakes(SiteCall served, SiteCall other) {
    Place its = Objects.requireNonNull(places.get(served.id()));
    Place better = Objects.requireNonNull(places.get(other.id()));
    return served.queue().equals(other.queue())
        && its.priority() == better.priority()
        && better.arrivedAt().isBefore(its.arrivedAt())
        && !other.enteredQueueAt().isAfter(served.enteredQueueAt())
        && ownNeeds(served).equals(ownNeeds(other))
        && !its.front()
        && served.directedTo().isEmpty()
        && other.directedTo().isEmpty();
  }

  private static List<SortedMap<Skill, Integer>> ownNeeds(SiteCall call) {
    return call.routing().map(Routing::anyOf).orElse(List.of());
  }

  /**
   * Nobody else who is free meets more of what is asked for, or comes first by the queue's rule.
   */
  private static void byTheRule(
      SiteState before, SiteState looked, SiteAgent chosen, SiteCall served, int met, Instant now) {
    for (SiteAgent other : before.agents().values()) {
      int others = free(other) ? Needs.met(before, looked, other, served) : -1;
      promise(
          others < 0
              || others > met
              || (others == met && !Needs.rather(before, served, met, other, chosen, now)),
          "a queue takes agents by its rule",
          served,
          chosen,
          "but before comes",
          other);
    }
  }

  /** Who is served first, by the books and the configuration. */
  private Comparator<SiteCall> first(SiteState state) {
    Duration worth = state.configuration().orElseThrow().rules().priorityWorth();
    Comparator<SiteCall> byRank =
        worth.isZero()
            ? Comparator.comparingInt((SiteCall call) -> points(state, call))
                .reversed()
                .thenComparing(this::arrivedAt)
            : Comparator.comparing(
                (SiteCall call) -> arrivedAt(call).minus(worth.multipliedBy(points(state, call))));
    return Comparator.comparing(
            (SiteCall call) -> !Objects.requireNonNull(places.get(call.id())).front())
        .thenComparing(byRank)
        .thenComparing(SiteCall::id);
  }

  private Instant arrivedAt(SiteCall call) {
    return Objects.requireNonNull(places.get(call.id())).arrivedAt();
  }

  private int points(SiteState state, SiteCall call) {
    return Objects.requireNonNull(places.get(call.id())).priority()
        + Needs.queue(state, call.queue()).weight();
  }

  /** Steps come in their order and not before their time. */
  private static void stepped(SiteState before, SiteEvent.CallStepped it) {
    Routing routing = Objects.requireNonNull(before.calls().get(it.call())).routing().orElseThrow();
    promise(
        it.step() == routing.done() + 1
            && !it.at().isBefore(routing.since().plus(routing.steps().get(routing.done()))),
        "a call is told each step in its time",
        it,
        routing);
  }

  /**
   * Whatever is published meanwhile; until it is sent to another queue, where that one's rules
   * count.
   */
  private void keepsItsVersion(SiteState state, SiteCall call) {
    Optional<Routing> routing = call.callersRouting();
    promise(
        Optional.ofNullable(versions.get(call.id())).equals(routing.map(Routing::version)),
        "a call keeps the version it began with",
        call,
        versions.get(call.id()));
    routing.ifPresent(it -> goesOn(state, call, it));
  }

  private static void goesOn(SiteState state, SiteCall call, Routing routing) {
    boolean known =
        Objects.requireNonNull(state.strategies().get(routing.strategy()))
            .version(routing.version())
            .isPresent();
    promise(
        known || routing.done() == routing.steps().size(),
        "a call keeps the version it began with",
        call,
        state.strategies());
  }

  void check(SiteState state) {
    Map<Holding, Integer> held = new HashMap<>();
    for (SiteCall call : state.calls().values()) {
      keepsItsVersion(state, call);
      Place place = Objects.requireNonNull(places.get(call.id()));
      promise(
          call.arrivedAt().equals(place.arrivedAt())
              && call.priority() == place.priority()
              && call.front() == place.front(),
          "the place is kept",
          call,
          place);
      for (SiteCall.Ring ring : call.out().values()) {
        Work work = agent(state, ring.agent()).work();
        promise(
            work instanceof Work.Reserved reserved && reserved.offer().equals(ring.offer()),
            "call and agent agree at the site",
            call,
            work);
      }
      call.consults()
          .now()
          .ifPresent(asking -> {
            Work work = agent(state, asking.agent()).work();
            promise(
                work instanceof Work.Talking talking && talking.offer().equals(asking.offer()),
                "call and agent agree at the site",
                call,
                work);
          });
      hold(held, call);
      promise(call.out().size() <= Call.MAX_RINGING, "no more ring than may", call);
      switch (call.stand()) {
        case Stand.Offered _ -> promise(!call.out().isEmpty(), "who is offered rings", call);
        case Stand.Talking it -> {
          Work work = agent(state, it.agent()).work();
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
    List<SiteAgent> agents = new ArrayList<>(state.agents().values());
    state.lent().values().forEach(lent -> agents.add(lent.agent()));
    for (SiteAgent agent : agents) {
      boolean works = agent.work() instanceof Work.Reserved || agent.work() instanceof Work.Talking;
      promise(
          works == held.containsKey(new Holding(agent.id(), Medium.VOICE)),
          "call and agent agree at the site",
          agent,
          held);
    }
    held.forEach((holding, has) ->
        promise(has <= capacity(state, holding.medium()), CAPACITY, holding, "has", has));
    state
        .lent()
        .forEach((agent, _) ->
            promise(
                held.containsKey(new Holding(agent, Medium.VOICE)),
                "an agent is lent for as long as there is a call",
                agent));
    SiteState.Tally tally = state.tally();
    long present = state.calls().values().stream().filter(SiteBooks::ours).count();
    promise(
        tally.arrived() == tally.ended() + present
            && tally.arrived() == entered
            && tally.ended() == left,
        "nobody is lost",
        tally,
        "with",
        present,
        "present,",
        entered,
        "entered and",
        left,
        "left");
  }

  /** Who has a call, be it that it rings, that they talk, or that they ask another one about it. */
  private static void hold(Map<Holding, Integer> held, SiteCall call) {
    call.out().values().forEach(ring -> hold(held, call, ring.agent()));
    call.consults().now().ifPresent(asking -> hold(held, call, asking.agent()));
    if (call.stand() instanceof Stand.Talking it) {
      hold(held, call, it.agent());
    }
  }

  private static void hold(Map<Holding, Integer> held, SiteCall call, AgentId agent) {
    held.merge(new Holding(agent, call.medium()), 1, Integer::sum);
  }

  private static void unserved(SiteState state, SiteCall call) {
    for (SiteAgent agent : state.agents().values()) {
      promise(
          !free(agent) || Needs.met(state, agent, call) < 0,
          "no call waits beside an agent who could serve it",
          call,
          agent);
    }
  }

  /** One of its own, or one who is lent to it. */
  private static SiteAgent agent(SiteState state, AgentId id) {
    SiteAgent own = state.agents().get(id);
    return own == null ? Objects.requireNonNull(state.lent().get(id)).agent() : own;
  }

  static boolean free(SiteAgent agent) {
    return agent.work() instanceof Work.Free
        && agent.wish() instanceof Wish.Ready
        && agent.station().isPresent();
  }
}

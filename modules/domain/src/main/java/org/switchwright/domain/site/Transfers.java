package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.Route;

/**
 * Callers whom agents send on. That it happened is the call's to say, and never refused: where the
 * destination is gone meanwhile, or its strategy would refuse, the caller waits in the queue that
 * he came from.
 */
final class Transfers {
  private Transfers() {}

  /** What a destination is at this site now: one of the two. */
  record Found(Optional<SiteConfiguration.RoutingPoint> queue, Optional<SiteAgent> agent) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

    boolean nothing() {
      return queue.isEmpty() && agent.isEmpty();
    }
  }

  static Found find(SiteState state, Destination to) {
    return switch (to) {
      case Destination.ToQueue(var queue) -> new Found(queue(state, queue), Optional.empty());
      case Destination.ToAgent(var agent) ->
          new Found(Optional.empty(), Optional.ofNullable(state.agents().get(agent)));
      case Destination.ToAddress(var address) -> {
        Optional<SiteConfiguration.RoutingPoint> point =
            state
                .configured()
                .point(address)
                .filter(it -> state.configured().queue(it.queue()).isPresent())
                .or(() -> queue(state, new QueueId(address.value())));
        yield point.isPresent()
            ? new Found(point, Optional.empty())
            : new Found(
                Optional.empty(),
                Optional.ofNullable(state.agents().get(new AgentId(address.value()))));
      }
      case Destination.Back _ -> Found.NOTHING;
    };
  }

  /** A queue as if it had a routing point of its own, which raises nobody's priority. */
  private static Optional<SiteConfiguration.RoutingPoint> queue(SiteState state, QueueId queue) {
    return state
        .configured()
        .queue(queue)
        .map(it ->
            new SiteConfiguration.RoutingPoint(
                new RoutingPointId(it.id().value()), it.id(), Integer.MIN_VALUE));
  }

  static Decision<SiteEvent> check(SiteState state, Site.CheckDestination it) {
    Found found = find(state, it.to());
    if (it.to() instanceof Destination.Back) {
      return accepted(List.of());
    }
    if (found.nothing()) {
      return rejected(
          switch (it.to()) {
            case Destination.ToQueue _ -> Reason.UNKNOWN_QUEUE;
            case Destination.ToAgent _ -> Reason.UNKNOWN_AGENT;
            case Destination.ToAddress _, Destination.Back _ -> Reason.UNKNOWN_ROUTING_POINT;
          },
          "Expected a destination of site " + state.id() + ", but there is no " + it.to());
    }
    if (found.agent().filter(agent -> agent.wish() instanceof Wish.LoggedOut).isPresent()) {
      return rejected(
          Reason.LOGGED_OUT, "Expected an agent who is logged in, but " + it.to() + " is not");
    }
    if (found.queue().filter(point -> full(state, point.queue())).isPresent()) {
      return rejected(
          Reason.QUEUE_FULL, "Expected a queue with a place left, but " + it.to() + " has none");
    }
    return accepted(List.of());
  }

  private static boolean full(SiteState state, QueueId queue) {
    return state.waitingIn(queue) >= state.queue(queue).maxWaiting();
  }

  static Decision<SiteEvent> transfer(
      SiteState state, Site.Transfer it, Router router, Instant now) {
    Optional<SiteCall> call = state.call(it.offer().call());
    if (call.isEmpty()) {
      return answered(new Effect.TellCall(it.offer().call(), new Call.Settle()));
    }
    if (Consults.keeps(call.get(), it.offer())) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected the end of a consultation of " + call.get().id() + " first, but it goes on");
    }
    Draft draft = new Draft(state, now);
    return carriedOut(draft, it, router, now)
        ? accepted(draft.matched(router.network()))
        : Entrance.again(state, call.get(), now);
  }

  /** False where the site knows of it already. */
  static boolean carriedOut(Draft draft, Site.Transfer it, Router router, Instant now) {
    Consults.settle(draft, it);
    SiteCall call = draft.state().call(it.offer().call()).orElseThrow();
    Optional<AgentId> unheard = call.ring(it.offer()).map(SiteCall.Ring::agent);
    unheard.ifPresent(agent -> draft.accept(it.offer(), agent));
    Optional<AgentId> by =
        call.stand() instanceof SiteCall.Stand.Talking talking && talking.offer().equals(it.offer())
            ? Optional.of(talking.agent())
            : unheard;
    if (by.isEmpty()) {
      return false;
    }
    Optional<Router.Routed> routed = routed(draft.state(), it, router, now);
    draft.endConversation(it.offer(), call.queue(), by.get());
    if (it.to() instanceof Destination.Back) {
      draft.add(new SiteEvent.CallRequeued(now, it.offer(), by.get(), call.queue()));
    } else {
      draft.add(sentOn(draft.state(), call, it, routed, by.get(), now));
      routed
          .filter(to -> !to.route().refused())
          .ifPresent(to -> draft.add(to.told(call.id(), now)));
    }
    return true;
  }

  /** Who is sent on to a routing point is asked about as whoever calls it is. */
  private static Optional<Router.Routed> routed(
      SiteState state, Site.Transfer it, Router router, Instant now) {
    return it.to() instanceof Destination.ToAddress(var address)
        ? it.asker().flatMap(asker -> router.route(state, address, asker, now))
        : Optional.empty();
  }

  private static SiteEvent sentOn(
      SiteState state,
      SiteCall call,
      Site.Transfer it,
      Optional<Router.Routed> routed,
      AgentId by,
      Instant now) {
    boolean refused = routed.filter(to -> to.route().refused()).isPresent();
    Found found = refused ? Found.NOTHING : find(state, it.to());
    Optional<Route.Aim> aim = routed.map(to -> to.route().aim());
    Optional<AgentId> directedTo =
        found
            .agent()
            .filter(agent -> !(agent.wish() instanceof Wish.LoggedOut))
            .map(SiteAgent::id)
            .filter(agent -> !agent.equals(by));
    boolean kept = it.placeKept() || found.nothing();
    return new SiteEvent.CallTransferred(
        now,
        it.offer(),
        by,
        call.queue(),
        found
            .queue()
            .map(point -> aim.flatMap(Route.Aim::queue).orElse(point.queue()))
            .orElse(call.queue()),
        directedTo,
        kept,
        found
            .queue()
            .map(point -> aim.flatMap(Route.Aim::priority).orElse(point.priority()))
            .map(priority -> Math.max(priority, call.priority()))
            .orElse(call.priority()),
        kept ? call.arrivedAt() : now);
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler;

/**
 * Asks the strategies. What they say is journaled, so that nothing but a new decision needs them; a
 * version that this host cannot compile any more says nothing, and calls go by their routing
 * point's queue.
 */
final class Router {
  private final StrategyCompiler compiler;
  private final NetworkFigures network;

  Router(StrategyCompiler compiler, NetworkFigures network) {
    this.compiler = compiler;
    this.network = network;
  }

  StrategyCompiler compiler() {
    return compiler;
  }

  NetworkFigures network() {
    return network;
  }

  /** For one decision, within which other sites stand as they did when it was first asked. */
  Router once() {
    Map<Asked, Optional<NetworkFigures.Remote>> seen = new HashMap<>();
    return new Router(
        compiler,
        (site, point) ->
            seen.computeIfAbsent(new Asked(site, point), it -> network.of(it.site(), it.point())));
  }

  private record Asked(SiteId site, RoutingPointId point) {}

  /** A strategy's version and what it says to a new call. */
  record Routed(RoutingPointId point, StrategyId strategy, int version, Route route) {
    SiteEvent told(CallId call, Instant now) {
      return new SiteEvent.CallRouted(now, call, point, strategy, version, route);
    }
  }

  /** What says nothing, for calls of which nothing more will come. */
  static final Router SILENT = new Router(StrategyCompiler.NONE, NetworkFigures.NONE);

  /** Empty where no strategy is published for the routing point. */
  Optional<Routed> route(SiteState state, RoutingPointId point, Site.Asker asker, Instant now) {
    for (Map.Entry<StrategyId, Published> one : state.strategies().entrySet()) {
      Optional<Published.Version> active =
          one.getValue().activeVersion().filter(it -> it.points().contains(point));
      if (active.isPresent()) {
        RoutingFacts facts =
            facts(
                state,
                Optional.of(asker.caller()),
                texts(asker.attached()),
                point,
                asker.interaction().value(),
                Duration.ZERO,
                now);
        return compiled(active.get())
            .map(it -> new Routed(point, one.getKey(), active.get().number(), it.route(facts)));
      }
    }
    return Optional.empty();
  }

  /** Carries out the step of a waiting call that is due. */
  void step(Draft draft, SiteCall call, Routing routing, Instant now) {
    SiteState state = draft.state();
    RoutingFacts facts =
        facts(
            state,
            Optional.empty(),
            new TreeMap<>(),
            routing.point(),
            call.interaction().value(),
            Duration.between(routing.since(), now),
            now);
    int step = routing.done() + 1;
    Optional<Route.Aim> aim =
        Optional.ofNullable(state.strategies().get(routing.strategy()))
            .flatMap(it -> it.version(routing.version()))
            .flatMap(this::compiled)
            .flatMap(it -> it.step(routing.number(), step, facts));
    draft.add(new SiteEvent.CallStepped(now, call.id(), step, aim));
    SiteCall after = draft.state().call(call.id()).orElseThrow();
    if (!after.queue().equals(call.queue())) {
      settle(draft, after, now);
    }
  }

  /**
   * A queue that has no room for whoever a strategy sends passes the call on, as it always does.
   */
  static void settle(Draft draft, SiteCall call, Instant now) {
    SiteConfiguration.Queue queue = draft.state().queue(call.queue());
    long waiting =
        call.abroad().origin().isPresent()
            ? draft.state().expectedIn(queue.id())
            : draft.state().waitingIn(queue.id());
    boolean oneTooMany = waiting > queue.maxWaiting();
    if (!draft.admits(queue)) {
      draft.overflow(call, Refusal.NOBODY_THERE);
    } else if (oneTooMany && !new Matching(draft.state(), now).serves(call)) {
      draft.overflow(call, Refusal.QUEUE_FULL);
    }
  }

  private Optional<Strategy> compiled(Published.Version version) {
    return switch (compiler.compile(version.source())) {
      case StrategyCompiler.Outcome.Sound(Strategy strategy) -> Optional.of(strategy);
      case StrategyCompiler.Outcome.Faulty _ -> Optional.empty();
    };
  }

  /** What was erased is as unknown as what was never attached. */
  private static SortedMap<String, String> texts(SortedMap<String, Personal> attached) {
    SortedMap<String, String> texts = new TreeMap<>();
    attached.forEach((name, value) -> value.text().ifPresent(text -> texts.put(name, text)));
    return texts;
  }

  private RoutingFacts facts(
      SiteState state,
      Optional<Personal> caller,
      SortedMap<String, String> attached,
      RoutingPointId point,
      String interaction,
      Duration waited,
      Instant now) {
    return new RoutingFacts(
        caller,
        attached,
        Medium.VOICE,
        point,
        now,
        waited,
        RoutingFacts.draw(interaction),
        new Standings(state, network, now));
  }
}

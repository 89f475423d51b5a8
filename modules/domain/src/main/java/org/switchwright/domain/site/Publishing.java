package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler;

/** How strategies come into force and go back. Calls that are here keep what they began with. */
final class Publishing {
  static final int MAX_STRATEGIES = 20;

  /** Versions of one strategy that calls still go by, beyond those that can be gone back to. */
  static final int MAX_VERSIONS = 30;

  private Publishing() {}

  static Decision<SiteEvent> publish(
      SiteState state, Site.PublishStrategy it, StrategyCompiler compiler, Instant now) {
    return switch (compiler.compile(it.source())) {
      case StrategyCompiler.Outcome.Faulty(List<StrategyCompiler.Fault> faults) ->
          rejected(
              Reason.FAULTY_STRATEGY,
              "Expected a strategy without faults, but got "
                  + faults.size()
                  + ", the first: "
                  + faults.getFirst());
      case StrategyCompiler.Outcome.Sound(Strategy strategy) -> publish(state, it, strategy, now);
    };
  }

  private static Decision<SiteEvent> publish(
      SiteState state, Site.PublishStrategy it, Strategy strategy, Instant now) {
    Published before = state.strategies().getOrDefault(strategy.id(), Published.NOTHING);
    if (before.activeVersion().filter(active -> active.source().equals(it.source())).isPresent()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected strategy " + strategy.id() + " to be another, but it is this one");
    }
    Optional<String> obstacle =
        misfit(state, strategy)
            .or(() -> taken(state, strategy.id(), strategy.points()))
            .or(() -> tooMany(state, strategy.id(), before));
    if (obstacle.isPresent()) {
      return rejected(Reason.FAULTY_STRATEGY, obstacle.get());
    }
    return accepted(
        new SiteEvent.StrategyPublished(
            now,
            strategy.id(),
            before.latest() + 1,
            it.source(),
            strategy.points(),
            it.by(),
            it.why()));
  }

  private static Optional<String> misfit(SiteState state, Strategy strategy) {
    for (QueueId queue : strategy.queues()) {
      if (state.configured().queue(queue).isEmpty()) {
        return Optional.of(
            "Expected strategy "
                + strategy.id()
                + " to name queues of this site, but there is no "
                + queue);
      }
    }
    for (RoutingPointId point : strategy.points()) {
      if (state.configured().point(point).isEmpty()) {
        return Optional.of(
            "Expected strategy "
                + strategy.id()
                + " to be for routing points of this site, but there is no "
                + point);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> taken(
      SiteState state, StrategyId own, List<RoutingPointId> points) {
    for (Map.Entry<StrategyId, Published> other : state.strategies().entrySet()) {
      if (other.getKey().equals(own)) {
        continue;
      }
      for (Published.Version active : other.getValue().activeVersion().stream().toList()) {
        for (RoutingPointId point : active.points()) {
          if (points.contains(point)) {
            return Optional.of(
                "Expected routing point "
                    + point
                    + " to be free for strategy "
                    + own
                    + ", but "
                    + other.getKey()
                    + " routes it");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tooMany(SiteState state, StrategyId id, Published before) {
    if (!state.strategies().containsKey(id) && state.strategies().size() >= MAX_STRATEGIES) {
      return Optional.of("Expected at most " + MAX_STRATEGIES + " strategies, but there are more");
    }
    return before.versions().size() >= MAX_VERSIONS
        ? Optional.of(
            "Expected calls to go by fewer than "
                + MAX_VERSIONS
                + " versions of strategy "
                + id
                + "; try again when some of them are over")
        : Optional.empty();
  }

  static Decision<SiteEvent> activate(SiteState state, Site.ActivateStrategy it, Instant now) {
    Optional<Published> published = Optional.ofNullable(state.strategies().get(it.strategy()));
    if (published.isEmpty()) {
      return rejected(
          Reason.UNKNOWN_STRATEGY,
          "Expected a strategy "
              + it.strategy()
              + " at site "
              + state.id()
              + ", but there is none");
    }
    int active = published.get().active();
    if (active == it.version()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected strategy "
              + it.strategy()
              + " to have another version in force than "
              + active
              + ", but it has that");
    }
    Optional<Published.Version> wanted = published.get().version(it.version());
    if (wanted.isEmpty() && it.version() != 0) {
      return rejected(
          Reason.UNKNOWN_STRATEGY,
          "Expected a version of strategy "
              + it.strategy()
              + " that is kept, but "
              + it.version()
              + " is not");
    }
    Optional<String> taken = wanted.flatMap(to -> taken(state, it.strategy(), to.points()));
    if (taken.isPresent()) {
      return rejected(Reason.FAULTY_STRATEGY, taken.get());
    }
    return accepted(
        new SiteEvent.StrategyActivated(
            now, it.strategy(), active, it.version(), it.by(), it.why()));
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.routing.StrategySource;

/**
 * Strategies of one line, for rules to be tried with: {@code NAME POINT QUEUE} and then steps as
 * {@code SECONDS:QUEUE} or {@code SECONDS:spanish=LEVEL}; the queue may be {@code refuse}, or have
 * a requirement as {@code QUEUE:spanish=LEVEL}.
 */
final class ScriptedStrategies implements StrategyCompiler {
  @Override
  public Outcome compile(StrategySource source) {
    List<String> words = List.of(source.text().split(" "));
    return words.size() < 3
        ? new Outcome.Faulty(List.of(new Fault("it:1:1", "", "expected three words")))
        : new Outcome.Sound(new Script(words));
  }

  private record Script(List<String> words) implements Strategy {
    @Override
    public StrategyId id() {
      return new StrategyId(words.get(0));
    }

    @Override
    public List<RoutingPointId> points() {
      return List.of(new RoutingPointId(words.get(1)));
    }

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public SortedSet<QueueId> queues() {
      SortedSet<QueueId> queues = new TreeSet<>();
      aim(words.get(2)).queue().ifPresent(queues::add);
      return queues;
    }

    @Override
    public SortedSet<Skill> skills() {
      return new TreeSet<>();
    }

    @Override
    public Route route(RoutingFacts facts) {
      List<Duration> steps = new ArrayList<>();
      for (String word : words.subList(3, words.size())) {
        steps.add(Duration.ofSeconds(Long.parseLong(word.substring(0, word.indexOf(':')))));
      }
      boolean refused = words.get(2).equals("refuse");
      Optional<String> music =
          Arrays.stream(words.get(2).split(":"))
              .filter(part -> part.startsWith("play="))
              .map(part -> part.substring(5))
              .findFirst();
      return new Route(1, "only", refused, aim(words.get(2)), music, steps, List.of());
    }

    @Override
    public Optional<Route.Aim> step(int number, int step, RoutingFacts facts) {
      String word = words.get(2 + step);
      return Optional.of(aim(word.substring(word.indexOf(':') + 1)));
    }

    /**
     * {@code QUEUE}, {@code spanish=LEVEL} or {@code spanish=LEVEL|talk=LEVEL}, or both with a
     * colon between.
     */
    private static Route.Aim aim(String word) {
      Optional<Route.Target> target = Optional.empty();
      Optional<SortedMap<Skill, Integer>> required = Optional.empty();
      List<SortedMap<Skill, Integer>> others = new ArrayList<>();
      for (String part : word.split(":")) {
        if (part.startsWith("spanish=")) {
          String[] either = part.substring(8).split("\\|talk=");
          required = Optional.of(Sites.levels(Sites.SPANISH, Integer.valueOf(either[0])));
          if (either.length > 1) {
            others.add(Sites.levels(Sites.TALK, Integer.valueOf(either[1])));
          }
        } else if (!part.equals("refuse") && !part.startsWith("play=")) {
          target =
              Optional.of(
                  new Route.Target(
                      new QueueId(part), Route.Rule.FIRST, Optional.empty(), List.of()));
        }
      }
      return new Route.Aim(target, required, others, target.map(_ -> 7));
    }
  }
}

package org.switchwright.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.domain.routing.StrategyCompiler.Fault;
import org.switchwright.domain.routing.StrategyCompiler.Outcome;
import org.switchwright.domain.routing.StrategySource;

/** Texts and facts for tests. */
final class Strategies {
  /** A Tuesday, 10:00 in Berlin. */
  static final Instant OFFICE = Instant.parse("2026-11-24T09:00:00Z");

  static final Path DOCS =
      Path.of(System.getProperty("switchwright.root", ".")).resolve("docs/strategies");

  private Strategies() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StrategySource source(String text) {
    return new StrategySource(text, new TreeMap<>());
  }

  static Strategy compile(StrategySource source) {
    return switch (new TextCompiler("it.conf", Optional.empty()).compile(source)) {
      case Outcome.Sound(Strategy strategy) -> strategy;
      case Outcome.Faulty(List<Fault> faults) ->
          throw new IllegalStateException("Expected a sound strategy, but got " + faults);
    };
  }

  static List<String> faults(String text) {
    return switch (new TextCompiler("it.conf", Optional.empty()).compile(source(text))) {
      case Outcome.Sound _ -> List.of();
      case Outcome.Faulty(List<Fault> faults) -> faults.stream().map(Fault::toString).toList();
    };
  }

  static QueueFigures figures(int waiting, int oldestSeconds, int ready, int estimatedSeconds) {
    return new QueueFigures.Named(
        waiting,
        Duration.ofSeconds(oldestSeconds),
        ready,
        ready,
        estimatedSeconds < 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(estimatedSeconds)));
  }

  /** A call whose facts are changed one by one. */
  record Asked(
      Instant now,
      String caller,
      SortedMap<String, String> attached,
      int draw,
      Map<String, QueueFigures> queues) {
    static Asked call() {
      return new Asked(OFFICE, "sip:+4930123@example.org", new TreeMap<>(), 0, Map.of());
    }

    Asked at(String instant) {
      return new Asked(Instant.parse(instant), caller, attached, draw, queues);
    }

    Asked from(String who) {
      return new Asked(now, who, attached, draw, queues);
    }

    Asked with(String key, String value) {
      SortedMap<String, String> more = new TreeMap<>(attached);
      more.put(key, value);
      return new Asked(now, caller, more, draw, queues);
    }

    Asked drawing(int number) {
      return new Asked(now, caller, attached, number, queues);
    }

    Asked queue(String name, QueueFigures figures) {
      Map<String, QueueFigures> more = new TreeMap<>(queues);
      more.put(name, figures);
      return new Asked(now, caller, attached, draw, more);
    }

    RoutingFacts facts() {
      return facts(queue -> Optional.of(queues.getOrDefault(queue.value(), figures(0, 0, 0, -1))));
    }

    RoutingFacts facts(RoutingFacts.Queues standing) {
      return new RoutingFacts(
          Optional.of(Personal.of(new KeyId("k1"), caller)),
          attached,
          Medium.VOICE,
          new RoutingPointId("1000"),
          now,
          Duration.ZERO,
          draw,
          standing);
    }

    /** Of a site with these queues alone. */
    RoutingFacts factsOfOnly(String... names) {
      return facts(queue ->
          List.of(names).contains(queue.value())
              ? Optional.of(queues.getOrDefault(queue.value(), figures(0, 0, 0, -1)))
              : Optional.<QueueFigures>empty());
    }
  }

  static Optional<String> queue(Optional<QueueId> queue) {
    return queue.map(QueueId::value);
  }
}

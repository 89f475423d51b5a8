package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Effect;

/**
 * Carries messages between actors, and between actors and the edge. Loses, doubles, delays and so
 * reorders what aggregates tell each other; keeps the signals of one call in order.
 */
final class Network {
  /** How late the double of a message may come. */
  private static final Duration ECHO = Duration.ofSeconds(15);

  private final Host host;
  private final Agenda agenda;
  private final Weather weather;
  private final Dice dice;
  private final Map<Object, Instant> lastOf = new HashMap<>();
  private @Nullable Edge edge;
  private Consumer<Effect.TellElsewhere> links =
      it -> {
        throw new IllegalStateException(
            "Expected a site on its own, but it has something to say to " + it.site());
      };

  Network(Host host, Agenda agenda, Weather weather, Dice dice) {
    this.host = host;
    this.agenda = agenda;
    this.weather = weather;
    this.dice = dice;
  }

  /** How other sites are told something. */
  void linked(Consumer<Effect.TellElsewhere> next) {
    links = next;
  }

  /** Null while there is no edge. */
  void plug(@Nullable Edge next) {
    edge = next;
  }

  void carry(Effect effect) {
    switch (effect) {
      case Effect.TellCall it -> message(() -> host.call(it.call()).receive(it.command(), _ -> {}));
      case Effect.TellSite it -> {
        // A monitor also hears of calls that have their place at a third site.
        if (it.site().equals(host.siteId())) {
          message(() -> host.site().receive(it.command(), _ -> {}));
        }
      }
      case Effect.TellAgent it ->
          message(() -> host.agent(it.agent()).receive(it.command(), _ -> {}));
      case Effect.TellElsewhere it -> links.accept(it);
      case Effect.Signalled it -> signal(it);
      case Effect.Watched it -> watch(it);
    }
  }

  private void message(Runnable arrival) {
    if (weather.cut(agenda.now())) {
      if (dice.chance(0.5)) {
        agenda.at(weather.cutUntil().plus(dice.millis(0, 2_000)), arrival);
      }
      return;
    }
    if (!weather.loses()) {
      agenda.in(weather.delay(), arrival);
    }
    if (weather.doubles()) {
      agenda.in(weather.delay().plus(echo()), arrival);
    }
  }

  private Duration echo() {
    return dice.chance(0.1) ? dice.between(Duration.ZERO, ECHO) : weather.delay().multipliedBy(2);
  }

  private void signal(Effect.Signalled it) {
    Edge addressee = edge;
    if (addressee == null || weather.losesSignal()) {
      return;
    }
    Runnable arrival =
        () -> {
          if (addressee == edge) {
            host.trace().note("edge", "is told by", it.call(), it.signal());
            addressee.signal(it.call(), it.signal());
          }
        };
    inOrder(it.call(), arrival);
    if (weather.doubles()) {
      inOrder(it.call(), arrival);
    }
  }

  private void watch(Effect.Watched it) {
    Edge addressee = edge;
    if (addressee == null || weather.losesSignal()) {
      return;
    }
    inOrder(
        it.agent(),
        () -> {
          if (addressee == edge) {
            addressee.watch(it.agent(), it.watch());
          }
        });
  }

  /** A report or a receipt. */
  void report(Runnable arrival) {
    if (!weather.losesSignal()) {
      agenda.in(weather.delay(), arrival);
    }
    if (weather.doubles()) {
      agenda.in(weather.delay().plus(echo()), arrival);
    }
  }

  /** The same, never overtaking another of the same line. */
  void reportInOrder(Object line, Runnable arrival) {
    if (!weather.losesSignal()) {
      inOrder(line, arrival);
    }
    if (weather.doubles()) {
      inOrder(line, arrival);
    }
  }

  private void inOrder(Object line, Runnable arrival) {
    Instant at = agenda.now().plus(weather.delay());
    Instant last = lastOf.get(line);
    Instant next = last != null && last.isAfter(at) ? last : at;
    lastOf.put(line, next);
    agenda.at(next, arrival);
  }
}

package org.switchwright.strategy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.routing.Medium;
import org.switchwright.domain.routing.QueueFigures;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingFacts;
import org.switchwright.domain.routing.Strategy;
import org.switchwright.hocon.Section;

/**
 * A call, a moment and how the queues stand, and what is expected of a strategy then.
 *
 * @param at with an offset, or in the strategy's time zone
 * @param later what is expected of the case's steps, in their order
 */
record Example(
    String place,
    String name,
    String at,
    String caller,
    SortedMap<String, String> attached,
    RoutingPointId point,
    int draw,
    SortedMap<String, QueueFigures> queues,
    Expected expected,
    List<Later> later) {
  private static final int MAX_QUEUES = 1_000;
  private static final int MANY = 1_000_000;
  private static final Duration LONG = Duration.ofHours(24);
  private static final Pattern DATUM =
      Pattern.compile("\\P{Cntrl}{1," + RoutingFacts.MAX_ATTACHED_CHARS + "}");
  private static final Pattern TEXT = Pattern.compile("(?s).{0,1000}");
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)?");

  /**
   * @param after since the call came
   * @param happens whether the step's condition holds
   */
  record Later(
      Duration after, boolean happens, SortedMap<String, QueueFigures> queues, Expected expected) {}

  static Example read(Section section, String place) {
    String name = section.text("name", Pattern.compile("\\P{Cntrl}{1,80}"), "1 to 80 characters");
    String at =
        section.text(
            "at", MOMENT, "a time such as \"2026-11-24T10:00\" or with an offset, \"...Z\"");
    Section call = section.section("call");
    String caller = call.has("caller") ? call.text("caller", TEXT, "a text") : "";
    String point = call.text("point", Names.ID, "the name of a routing point");
    SortedMap<String, String> attached =
        call.has("attached")
            ? call.section("attached")
                .texts(DATUM, "a text of at most 256 characters", RoutingFacts.MAX_ATTACHED)
            : new TreeMap<>();
    int draw = call.has("draw") ? call.number("draw", 0, RoutingFacts.DRAWS - 1) : 0;
    call.close();
    SortedMap<String, QueueFigures> queues = queues(section);
    Expected expected = Expected.read(section.section("expect"));
    List<Later> later = new ArrayList<>();
    if (section.has("later")) {
      for (Section step : section.list("later", Route.MAX_STEPS)) {
        later.add(later(step, queues));
      }
    }
    section.close();
    return new Example(
        place,
        name,
        at,
        caller,
        attached,
        new RoutingPointId(point.isEmpty() ? "faulty" : point),
        draw,
        queues,
        expected,
        later);
  }

  private static Later later(Section step, SortedMap<String, QueueFigures> before) {
    Duration after = step.duration("after", Duration.ofSeconds(1), LONG);
    boolean happens = !step.has("happens") || step.flag("happens");
    SortedMap<String, QueueFigures> queues = new TreeMap<>(before);
    queues.putAll(queues(step));
    Expected expected =
        step.has("expect") ? Expected.read(step.section("expect")) : Expected.NOTHING;
    step.close();
    return new Later(after, happens, queues, expected);
  }

  private static SortedMap<String, QueueFigures> queues(Section section) {
    SortedMap<String, QueueFigures> queues = new TreeMap<>();
    if (section.has("queues")) {
      for (Map.Entry<String, Section> one :
          section.sections("queues", MAX_QUEUES, null).entrySet()) {
        Section queue = one.getValue();
        queues.put(
            one.getKey(),
            new QueueFigures.Named(
                queue.has("waiting") ? queue.number("waiting", 0, MANY) : 0,
                duration(queue, "oldest-wait").orElse(Duration.ZERO),
                queue.has("logged-in") ? queue.number("logged-in", 0, MANY) : 0,
                queue.has("ready") ? queue.number("ready", 0, MANY) : 0,
                duration(queue, "estimated-wait")));
        queue.close();
      }
    }
    return queues;
  }

  private static Optional<Duration> duration(Section section, String key) {
    return section.has(key)
        ? Optional.of(section.duration(key, Duration.ZERO, LONG))
        : Optional.empty();
  }

  Examples.Result attempt(Strategy strategy) {
    List<String> differences = new ArrayList<>();
    Optional<Instant> moment = moment(strategy.zone());
    if (moment.isEmpty()) {
      differences.add("expected a time that exists, but got \"" + at + "\"");
      return new Examples.Result(place, name, differences);
    }
    if (!strategy.points().contains(point)) {
      differences.add(
          "expected a call to one of the strategy's routing points, but it is to " + point);
    }
    Route route = strategy.route(facts(moment.get(), Duration.ZERO, queues));
    expected.compare(route, differences);
    for (int i = 0; i < later.size(); i++) {
      Later step = later.get(i);
      String which = "step " + (i + 1) + ": ";
      if (i >= route.steps().size() || !route.steps().get(i).equals(step.after())) {
        differences.add(
            which
                + "expected it after "
                + words(step.after())
                + ", but "
                + (i < route.steps().size()
                    ? "it is after " + words(route.steps().get(i))
                    : "there is none"));
        continue;
      }
      RoutingFacts then = facts(moment.get().plus(step.after()), step.after(), step.queues());
      Optional<Route.Aim> aim = strategy.step(route.number(), i + 1, then);
      if (aim.isPresent() != step.happens()) {
        differences.add(
            which
                + (step.happens()
                    ? "expected it to happen, but its condition does not hold"
                    : "expected nothing to happen, but its condition holds"));
      }
      aim.ifPresent(it -> step.expected().compare(which, it, differences));
    }
    return new Examples.Result(place, name, differences);
  }

  private static String words(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private Optional<Instant> moment(ZoneId zone) {
    try {
      return Optional.of(
          at.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? OffsetDateTime.parse(at).withOffsetSameInstant(ZoneOffset.UTC).toInstant()
              : LocalDateTime.parse(at).atZone(zone).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private RoutingFacts facts(
      Instant now, Duration waited, SortedMap<String, QueueFigures> standing) {
    return new RoutingFacts(
        caller.isEmpty()
            ? Optional.empty()
            : Optional.of(Personal.of(new KeyId("example"), caller)),
        attached,
        Medium.VOICE,
        point,
        now,
        waited,
        draw,
        queue -> Optional.of(standing.getOrDefault(queue.value(), QueueFigures.Named.EMPTY)));
  }
}

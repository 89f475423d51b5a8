package org.switchwright.strategy;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.routing.QueueFigures.Figure;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Rule;
import org.switchwright.domain.routing.StrategyCompiler.Fault;
import org.switchwright.domain.routing.StrategyCompiler.Outcome;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.domain.site.Site;
import org.switchwright.hocon.Faults;
import org.switchwright.hocon.Section;

/** Reads one strategy; gathers everything that is wrong in it. */
final class TextReader {
  static final int MAX_CASES = 100;
  static final int MAX_POINTS = 100;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern CASE_NAME = Pattern.compile("\\P{Cntrl}{1,80}");
  private static final Pattern CONDITION = Pattern.compile("(?s).{1," + Conditions.MAX_CHARS + "}");
  private static final Map<String, Figure> FIGURES =
      Map.of(
          "waiting", Figure.WAITING,
          "oldest-wait", Figure.OLDEST_WAIT,
          "logged-in", Figure.LOGGED_IN,
          "ready", Figure.READY,
          "estimated-wait", Figure.ESTIMATED_WAIT);
  private static final Pattern CHOICE =
      Pattern.compile(
          "first|shares|(least|most) (waiting|oldest-wait|logged-in|ready|estimated-wait)");
  private static final String BY_WAIT = "least estimated-wait";
  private static final String A_CHOICE =
      "first, shares, or least or most with one of waiting, oldest-wait, ready, logged-in,"
          + " estimated-wait";

  private final Section top;
  private final StrategySource source;
  private final Positions positions;
  private final Faults faults;
  private final Names names;

  TextReader(
      ConfigObject root,
      StrategySource source,
      Positions positions,
      Optional<TextCompiler.Known> known) {
    this.source = source;
    this.positions = positions;
    this.faults = new Faults(positions::ofKey);
    this.top = new Section(root, "", faults);
    this.names = new Names(positions, known);
  }

  Outcome read() {
    String name = top.text("name", Names.ID, Names.AN_ID);
    List<String> points = top.texts("points", Names.ID, Names.AN_ID, MAX_POINTS);
    if (points.isEmpty()) {
      top.fault("points", "expected at least one routing point");
    }
    Calendars calendars = new CalendarReader(top, source).read();
    Conditions conditions =
        new Conditions(calendars.hours().keySet(), calendars.holidays().keySet());
    List<CompiledStrategy.Case> cases = cases(conditions);
    top.close();
    if (!faults.none()) {
      return new Outcome.Faulty(
          faults.all().stream().map(it -> new Fault(it.place(), it.key(), it.sentence())).toList());
    }
    return new Outcome.Sound(
        new CompiledStrategy(
            new StrategyId(name),
            points.stream().map(RoutingPointId::new).toList(),
            names.queues(),
            names.skills(),
            calendars,
            cases));
  }

  private List<CompiledStrategy.Case> cases(Conditions conditions) {
    List<CompiledStrategy.Case> cases = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<Section> sections = top.list("cases", MAX_CASES);
    for (Section section : sections) {
      CompiledStrategy.Case one = oneCase(section, conditions);
      if (!seen.add(one.name())) {
        section.fault("name", "expected each name only once, but got \"" + one.name() + "\" again");
      }
      cases.add(one);
    }
    if (sections.isEmpty()) {
      top.fault("cases", "expected at least one case");
    } else {
      boolean always =
          cases.getLast().when().isEmpty()
              && cases
                  .getLast()
                  .targets()
                  .map(it -> it.all().stream().anyMatch(target -> target.when().isEmpty()))
                  .orElse(true);
      if (!always) {
        sections
            .getLast()
            .faultHere(
                "expected the last case to apply always: no condition, and a target without one");
      }
    }
    return cases;
  }

  private CompiledStrategy.Case oneCase(Section section, Conditions conditions) {
    String name = section.text("name", CASE_NAME, "a name of 1 to 80 characters");
    Optional<Condition> when = condition(section, "when", conditions, Conditions.When.ON_ARRIVAL);
    boolean refuse = section.has("refuse") && section.flag("refuse");
    Optional<Targets> targets = targets(section, conditions, Conditions.When.ON_ARRIVAL);
    if (refuse == targets.isPresent()) {
      section.faultHere(
          refuse
              ? "expected no targets in a case that refuses"
              : "expected targets, or refuse = yes");
    }
    CompiledStrategy.Need need = need(section);
    Optional<String> treatment = names.music(section, "treatment");
    List<CompiledStrategy.Step> steps =
        section.has("steps") ? steps(section, conditions) : List.of();
    if (refuse && (!need.anyOf().isEmpty() || need.priority().isPresent() || !steps.isEmpty())) {
      section.faultHere("expected no skills, priority or steps in a case that refuses");
    }
    section.close();
    return new CompiledStrategy.Case(name, when, targets, need, treatment, steps);
  }

  private CompiledStrategy.Need need(Section section) {
    return new CompiledStrategy.Need(
        names.skills(section, "skills"),
        section.has("priority")
            ? Optional.of(section.number("priority", 0, Site.MAX_PRIORITY))
            : Optional.empty());
  }

  private List<CompiledStrategy.Step> steps(Section section, Conditions conditions) {
    List<CompiledStrategy.Step> steps = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (Section step : section.list("steps", Route.MAX_STEPS)) {
      Duration after = step.duration("after", SHORTEST, LONGEST);
      if (after.compareTo(before) <= 0) {
        step.fault("after", "expected each step later than the one before it");
      }
      before = after;
      Optional<Condition> when = condition(step, "when", conditions, Conditions.When.LATER);
      Optional<Targets> targets = targets(step, conditions, Conditions.When.LATER);
      CompiledStrategy.Need need = need(step);
      if (targets.isEmpty() && need.anyOf().isEmpty() && need.priority().isEmpty()) {
        step.faultHere("expected a step to change something: targets, skills or priority");
      }
      step.close();
      steps.add(new CompiledStrategy.Step(after, when, targets, need));
    }
    return steps;
  }

  private Optional<Condition> condition(
      Section section, String key, Conditions conditions, Conditions.When when) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    String text =
        section.text(
            key, CONDITION, "a condition of at most " + Conditions.MAX_CHARS + " characters");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    ConfigOrigin origin = section.origin(key);
    return switch (conditions.compile(text, when)) {
      case Conditions.Outcome.Sound(Condition condition, List<Conditions.Named> queues) -> {
        queues.forEach(it -> names.queue(section, key, origin, it.queue(), text, it.offset()));
        yield Optional.of(condition);
      }
      case Conditions.Outcome.Faulty(List<Conditions.Issue> issues) -> {
        issues.forEach(it ->
            section.faultAt(
                positions.ofValue(origin, section.path(key), text, it.offset()),
                key,
                it.sentence()));
        yield Optional.empty();
      }
    };
  }

  private Optional<Targets> targets(Section section, Conditions conditions, Conditions.When when) {
    String choice = section.has("choose") ? section.text("choose", CHOICE, A_CHOICE) : "first";
    if (!section.has("targets")) {
      if (section.has("choose")) {
        section.fault("choose", "expected targets to choose from");
      }
      return Optional.empty();
    }
    List<Targets.Target> targets = new ArrayList<>();
    boolean shares = choice.equals("shares");
    List<ConfigValue> values = section.values("targets", Route.MAX_TARGETS);
    for (int i = 0; i < values.size(); i++) {
      targets.add(target(section, i, values.get(i), choice, conditions, when));
    }
    if (!targets.isEmpty() && targets.stream().allMatch(it -> it.waitImproved().isPresent())) {
      section.fault(
          "targets", "expected a target without wait-improved, for the others to improve on");
    }
    if (targets.isEmpty()) {
      section.fault("targets", "expected at least one queue");
    }
    int sum = targets.stream().mapToInt(Targets.Target::share).sum();
    if (shares && sum != 100) {
      section.fault("targets", "expected shares of 100 percent in all, but got " + sum);
    }
    boolean thresholds = targets.stream().anyMatch(it -> it.when().isPresent());
    String[] words = choice.split(" ", 2);
    Rule rule =
        switch (words[0]) {
          case "shares" -> Rule.SHARE;
          case "least" -> Rule.LEAST;
          case "most" -> Rule.MOST;
          default -> thresholds ? Rule.THRESHOLD : Rule.FIRST;
        };
    Optional<Figure> figure =
        words.length < 2 ? Optional.empty() : Optional.ofNullable(FIGURES.get(words[1]));
    return Optional.of(new Targets(rule, figure, targets));
  }

  private Targets.Target target(
      Section section,
      int index,
      ConfigValue value,
      String choice,
      Conditions conditions,
      Conditions.When when) {
    boolean shares = choice.equals("shares");
    if (value.valueType() != ConfigValueType.OBJECT) {
      String name = String.valueOf(value.unwrapped());
      if (shares) {
        section.faultAt(
            positions.ofValue(value.origin(), section.path("targets"), name, 0),
            "targets",
            "expected { queue = " + name + ", share = ... }, since the choice is by shares");
      }
      return new Targets.Target(
          names.queue(section, "targets", value.origin(), name, name, 0),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Section target = section.element("targets", index, value);
    String name = target.text("queue", Names.ID, "the name of a queue");
    QueueId queue =
        name.isEmpty()
            ? new QueueId("faulty")
            : names.queue(target, "queue", target.origin("queue"), name, name, 0);
    int share = 0;
    if (shares) {
      share = target.number("share", 1, 100);
    } else if (target.has("share")) {
      target.fault("share", "expected a share only where the choice is by shares");
    }
    Optional<Condition> own = condition(target, "when", conditions, when);
    Optional<Correction> adjustBy = adjustBy(target, choice);
    Optional<Duration> improved = Optional.empty();
    if (target.has("wait-improved")) {
      if (choice.equals(BY_WAIT)) {
        improved = Optional.of(target.duration("wait-improved", SHORTEST, LONGEST));
      } else {
        target.fault("wait-improved", "expected it only where the choice is " + BY_WAIT);
      }
    }
    target.close();
    return new Targets.Target(queue, share, own, adjustBy, improved);
  }

  private static Optional<Correction> adjustBy(Section target, String choice) {
    if (!target.has("adjust-by")) {
      return Optional.empty();
    }
    boolean time = choice.endsWith("-wait");
    if (!choice.startsWith("least ") && !choice.startsWith("most ")) {
      target.fault("adjust-by", "expected it only where the choice is least or most of a figure");
      return Optional.empty();
    }
    String expected = time ? Correction.A_SPAN : Correction.A_NUMBER;
    String text = target.text("adjust-by", Correction.SHAPE, expected);
    Optional<Correction> read = Correction.read(text, time);
    if (read.isEmpty() && !text.isEmpty()) {
      target.fault("adjust-by", "expected " + expected + ", but got " + text);
    }
    return read;
  }
}

package org.switchwright.replay;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongFunction;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.QueueFigures.Figure;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.Route.Target;
import org.switchwright.domain.site.SiteEvent;

/** What a strategy said to a call, as a person would say it. */
final class Routes {
  private Routes() {}

  static String of(SiteEvent.CallRouted it) {
    Route route = it.route();
    String strategy = "strategy " + it.strategy() + " (version " + it.version() + ")";
    String unclear =
        route.unclear().isEmpty()
            ? ""
            : "; case "
                + route.unclear().stream().map(String::valueOf).collect(joining(", "))
                + " could not be judged, because what it looks at was not known";
    if (route.number() == 0) {
      return "No case of "
          + strategy
          + " applied, so the call goes to the queue of its routing point"
          + unclear;
    }
    String applied =
        "Case " + route.number() + " \"" + route.name() + "\" of " + strategy + " applied: ";
    return applied
        + (route.refused() ? "the caller is told that nobody is there" : aim(route.aim()))
        + route.treatment().map(treatment -> ", treatment " + treatment).orElse("")
        + unclear;
  }

  static String of(SiteEvent.CallStepped it) {
    return "Step "
        + it.step()
        + " of the strategy: "
        + it.aim().map(Routes::aim).orElse("nothing changes, because its condition does not hold");
  }

  private static String aim(Route.Aim aim) {
    return aim.target().map(Routes::target).orElse("the queue stays")
        + required(aim.anyOf())
        + aim.priority().map(priority -> ", priority " + priority).orElse("");
  }

  private static String required(List<SortedMap<Skill, Integer>> anyOf) {
    if (anyOf.isEmpty()) {
      return "";
    }
    return anyOf.stream().anyMatch(it -> it.isEmpty())
        ? ", no skill needed"
        : anyOf.stream().map(Routes::words).collect(joining(", or ", ", needing ", ""));
  }

  private static String words(SortedMap<Skill, Integer> required) {
    return required.entrySet().stream()
        .map(need -> need.getKey() + " at level " + need.getValue())
        .collect(joining(" and "));
  }

  private static String target(Target target) {
    String queue = "queue " + target.queue();
    return queue
        + switch (target.rule()) {
          case FIRST -> "";
          case THRESHOLD -> ", the first whose condition holds";
          case LEAST -> ", which had the least " + weighed(target);
          case MOST -> ", which had the most " + weighed(target);
          case SHARE -> ", by shares" + list(target, value -> value + "%");
        };
  }

  private static String weighed(Target target) {
    Optional<Figure> figure = target.figure();
    String name =
        figure.map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', ' ')).orElse("figure");
    boolean time =
        figure.filter(it -> it == Figure.OLDEST_WAIT || it == Figure.ESTIMATED_WAIT).isPresent();
    return name + list(target, value -> time ? Words.millis(value) : Long.toString(value));
  }

  private static String list(Target target, LongFunction<String> words) {
    return target.weighed().stream()
        .map(it ->
            it.queue()
                + " "
                + it.value().map(words::apply).orElse("unknown")
                + it.basis()
                    .filter(_ -> it.value().isPresent())
                    .map(basis -> " " + Words.basis(basis, it.age()))
                    .orElse("")
                + it.estimated().stream().map(site -> believed(site, words)).collect(joining())
                + it.corrected().map(value -> " counted as " + words.apply(value)).orElse("")
                + it.unimproved()
                    .map(least -> " left out as " + unimproved(target, it, least))
                    .orElse(""))
        .collect(joining(", ", " (", ")"));
  }

  /** One of the sites whose part of a figure is no report. */
  private static String believed(Route.Estimated it, LongFunction<String> words) {
    return " with "
        + it.site()
        + " at "
        + words.apply(it.mean())
        + " ("
        + Words.range(it.range(), words)
        + ", "
        + Words.made(it.similarDays(), it.bySchedule(), it.learned())
        + ")";
  }

  private static String unimproved(Target target, Route.Weighed it, Duration least) {
    boolean known =
        it.value().isPresent()
            && target.weighed().stream()
                .anyMatch(other -> other.unimproved().isEmpty() && other.value().isPresent());
    return (known ? "not" : "not known to be") + " better by " + Words.span(least);
  }
}

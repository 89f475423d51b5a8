package org.switchwright.strategy;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.Route;
import org.switchwright.hocon.Section;

/** What an example expects; what it does not name may be anything. */
record Expected(
    Optional<String> theCase,
    Optional<Boolean> refused,
    Optional<String> queue,
    Optional<Integer> priority,
    List<SortedMap<String, Integer>> skills,
    Optional<String> treatment) {
  static final Expected NOTHING =
      new Expected(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty());

  static Expected read(Section section) {
    Expected expected =
        new Expected(
            text(section, "case", Pattern.compile("\\P{Cntrl}{1,80}")),
            section.has("refused") ? Optional.of(section.flag("refused")) : Optional.empty(),
            text(section, "queue", Names.ID),
            section.has("priority")
                ? Optional.of(section.number("priority", 0, 1_000))
                : Optional.empty(),
            skills(section),
            text(section, "treatment", Names.ID));
    section.close();
    return expected;
  }

  /** As in a case: skills with levels, or a list of such of which any will do. */
  private static List<SortedMap<String, Integer>> skills(Section section) {
    if (!section.has("skills")) {
      return List.of();
    }
    return section.isList("skills")
        ? section.list("skills", Route.MAX_ALTERNATIVES).stream()
            .map(it -> it.numbers(0, 10))
            .toList()
        : List.of(section.numbers("skills", 0, 10));
  }

  private static Optional<String> text(Section section, String key, Pattern shape) {
    return section.has(key) ? Optional.of(section.text(key, shape, "a name")) : Optional.empty();
  }

  void compare(Route route, List<String> differences) {
    String came = route.number() == 0 ? "none" : route.name() + "\" (" + route.number() + ")";
    theCase
        .filter(it -> !it.equals(route.name()))
        .ifPresent(it ->
            differences.add(
                "expected case \""
                    + it
                    + "\", but got "
                    + (route.number() == 0 ? "" : "\"")
                    + came));
    refused
        .filter(it -> it != route.refused())
        .ifPresent(it ->
            differences.add(
                it ? "expected a refusal, but got none" : "expected no refusal, but got one"));
    treatment
        .filter(it -> !route.treatment().filter(it::equals).isPresent())
        .ifPresent(it ->
            differences.add(
                "expected treatment " + it + ", but got " + route.treatment().orElse("none")));
    compare("", route.aim(), differences);
  }

  void compare(String which, Route.Aim aim, List<String> differences) {
    String target = aim.queue().map(QueueId::value).orElse("none");
    queue
        .filter(it -> !it.equals(target))
        .ifPresent(it -> differences.add(which + "expected queue " + it + ", but got " + target));
    priority
        .filter(it -> !aim.priority().filter(it::equals).isPresent())
        .ifPresent(it ->
            differences.add(
                which
                    + "expected priority "
                    + it
                    + ", but got "
                    + aim.priority().map(Object::toString).orElse("the routing point's")));
    List<SortedMap<String, Integer>> came =
        aim.anyOf().isEmpty()
            ? List.of(new TreeMap<>())
            : aim.anyOf().stream().map(Expected::named).toList();
    if (!skills.isEmpty() && !skills.equals(came)) {
      differences.add(which + "expected skills " + words(skills) + ", but got " + words(came));
    }
  }

  private static SortedMap<String, Integer> named(SortedMap<Skill, Integer> levels) {
    SortedMap<String, Integer> named = new TreeMap<>();
    levels.forEach((skill, level) -> named.put(skill.value(), level));
    return named;
  }

  private static String words(List<SortedMap<String, Integer>> anyOf) {
    return anyOf.stream().map(Object::toString).collect(Collectors.joining(" or "));
  }
}

package org.switchwright.strategy;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.routing.Route;
import org.switchwright.hocon.NearMiss;
import org.switchwright.hocon.Section;

/** The queues and skills that a strategy names, checked against a site's where that is known. */
final class Names {
  static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  static final String AN_ID = "1 to 64 letters, digits, '-', '_' or '.'";
  private static final int MAX_LEVEL = 10;
  private static final Pattern MUSIC = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_./-]{0,255}");

  private final Positions positions;
  private final Optional<TextCompiler.Known> known;
  private final SortedSet<QueueId> queues = new TreeSet<>();
  private final SortedSet<Skill> skills = new TreeSet<>();

  Names(Positions positions, Optional<TextCompiler.Known> known) {
    this.positions = positions;
    this.known = known;
  }

  SortedSet<QueueId> queues() {
    return Collections.unmodifiableSortedSet(queues);
  }

  SortedSet<Skill> skills() {
    return Collections.unmodifiableSortedSet(skills);
  }

  /** A queue as the value, or inside the value, of a key; a sample for one that cannot be. */
  QueueId queue(
      Section at, String key, ConfigOrigin origin, String name, String whole, int offset) {
    if (!ID.matcher(name).matches()) {
      at.faultAt(
          positions.ofValue(origin, at.path(key), whole, offset),
          key,
          "expected the name of a queue, " + AN_ID + ", but got \"" + name + "\"");
      return new QueueId("faulty");
    }
    unknown(known.map(TextCompiler.Known::queues), "a queue of this site", name)
        .ifPresent(
            it -> at.faultAt(positions.ofValue(origin, at.path(key), whole, offset), key, it));
    QueueId queue = new QueueId(name);
    queues.add(queue);
    return queue;
  }

  /**
   * Skills with the lowest levels that will do, or a list of such of which any will do.
   *
   * @return empty where the key is not there
   */
  List<SortedMap<Skill, Integer>> skills(Section at, String key) {
    if (!at.has(key)) {
      return List.of();
    } else if (!at.isList(key)) {
      return List.of(levels(at.section(key)));
    }
    List<SortedMap<Skill, Integer>> anyOf = new ArrayList<>();
    for (Section one : at.list(key, Route.MAX_ALTERNATIVES)) {
      SortedMap<Skill, Integer> levels = levels(one);
      if (levels.isEmpty()) {
        one.faultHere("expected a skill in each of several, since else anybody will do");
      }
      anyOf.add(levels);
    }
    if (anyOf.isEmpty()) {
      at.fault(key, "expected at least one { } section in the list");
    }
    return anyOf;
  }

  private SortedMap<Skill, Integer> levels(Section section) {
    SortedMap<Skill, Integer> levels = new TreeMap<>();
    section
        .numbers(0, MAX_LEVEL)
        .forEach((name, level) -> {
          if (!ID.matcher(name).matches()) {
            section.fault(name, "expected the name of a skill, " + AN_ID);
            return;
          }
          unknown(known.map(TextCompiler.Known::skills), "a skill of this site", name)
              .ifPresent(it -> section.fault(name, it));
          levels.put(new Skill(name), level);
        });
    skills.addAll(levels.keySet());
    return Collections.unmodifiableSortedMap(levels);
  }

  /** The name of music; empty where the key is not there. */
  Optional<String> music(Section at, String key) {
    Optional<String> name =
        at.optionalText(key, MUSIC, "the name of music, as a queue has it in its configuration");
    name.filter(it -> !it.isEmpty())
        .flatMap(it -> unknown(known.map(TextCompiler.Known::music), "music of this site", it))
        .ifPresent(sentence -> at.fault(key, sentence));
    return name;
  }

  private static Optional<String> unknown(
      Optional<Collection<String>> all, String expected, String written) {
    return all.filter(it -> !it.contains(written))
        .map(it ->
            "expected "
                + expected
                + ", but got \""
                + written
                + "\""
                + NearMiss.of(written, it)
                    .map(near -> "; did you mean \"" + near + "\"?")
                    .orElse(""));
  }
}

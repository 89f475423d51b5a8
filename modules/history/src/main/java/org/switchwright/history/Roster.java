package org.switchwright.history;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.switchwright.domain.estimate.PlannedDay;

/**
 * Shifts and breaks, and how many are at work by them. Whoever is named is at work once, however
 * many shifts there are at a time, and not in a break; breaks of so many agents are taken from
 * shifts of so many.
 */
final class Roster {
  private static final int DAY_MINUTES = 24 * 60;

  private final NavigableMap<String, Person> people = new TreeMap<>();
  private final List<Unnamed> breaks = new ArrayList<>();

  /** By day, the change at each minute after its midnight. */
  private final NavigableMap<Long, NavigableMap<Integer, Integer>> changes = new TreeMap<>();

  /** In minutes since 1 January 1970, by the wall clocks. */
  private record Span(long from, long to) {
    long day() {
      return Math.floorDiv(from, DAY_MINUTES);
    }
  }

  private record Person(List<Span> shifts, List<Span> breaks) {}

  /**
   * @param where it was read
   */
  private record Unnamed(int agents, Span span, String where) {}

  private static Span span(LocalDateTime from, LocalDateTime to) {
    return new Span(minute(from), minute(to));
  }

  private static long minute(LocalDateTime time) {
    return time.toLocalDate().toEpochDay() * DAY_MINUTES + time.toLocalTime().toSecondOfDay() / 60;
  }

  private Person person(String agent) {
    return people.computeIfAbsent(agent, _ -> new Person(new ArrayList<>(), new ArrayList<>()));
  }

  void shift(String agent, LocalDateTime from, LocalDateTime to) {
    person(agent).shifts().add(span(from, to));
  }

  void pause(String agent, LocalDateTime from, LocalDateTime to) {
    person(agent).breaks().add(span(from, to));
  }

  void shift(int agents, LocalDateTime from, LocalDateTime to) {
    Span shift = span(from, to);
    change(shift.day(), shift, agents);
  }

  void pause(int agents, LocalDateTime from, LocalDateTime to, String where) {
    breaks.add(new Unnamed(agents, span(from, to), where));
  }

  private void change(long day, Span span, int agents) {
    NavigableMap<Integer, Integer> ofDay = changes.computeIfAbsent(day, _ -> new TreeMap<>());
    if (agents != 0) {
      ofDay.merge((int) (span.from() - day * DAY_MINUTES), agents, Integer::sum);
      ofDay.merge((int) (span.to() - day * DAY_MINUTES), -agents, Integer::sum);
    }
  }

  /**
   * Every day on which a shift begins. To be asked once.
   *
   * @param noSuchShift told where breaks were read in which fewer are at work
   * @throws IllegalArgumentException where more are at work than a site can have
   */
  List<PlannedDay> days(Consumer<String> noSuchShift) {
    people.values().forEach(this::work);
    for (Unnamed each : breaks) {
      long day = each.span().day();
      if (spares(day, each)) {
        change(day, each.span(), -each.agents());
      } else if (spares(day - 1, each)) {
        change(day - 1, each.span(), -each.agents());
      } else {
        noSuchShift.accept(each.where());
      }
    }
    List<PlannedDay> days = new ArrayList<>();
    changes.forEach(
        (day, ofDay) -> days.add(new PlannedDay(LocalDate.ofEpochDay(day), steps(ofDay))));
    return days;
  }

  private void work(Person person) {
    person.shifts().sort(Comparator.comparingLong(Span::from).thenComparingLong(Span::to));
    person.breaks().sort(Comparator.comparingLong(Span::from));
    long worked = Long.MIN_VALUE;
    for (Span shift : person.shifts()) {
      change(shift.day(), shift, 0);
      long from = Math.max(shift.from(), worked);
      for (Span pause : person.breaks()) {
        if (pause.to() > from && pause.from() < shift.to()) {
          work(shift.day(), from, pause.from());
          from = Math.max(from, pause.to());
        }
      }
      work(shift.day(), from, shift.to());
      worked = Math.max(worked, shift.to());
    }
  }

  private void work(long day, long from, long to) {
    if (to > from) {
      change(day, new Span(from, to), 1);
    }
  }

  /** Whether of one day's shifts so many are at work all the time. */
  private boolean spares(long day, Unnamed pause) {
    NavigableMap<Integer, Integer> ofDay = changes.get(day);
    if (ofDay == null) {
      return false;
    }
    int from = (int) (pause.span().from() - day * DAY_MINUTES);
    int to = (int) (pause.span().to() - day * DAY_MINUTES);
    int there = ofDay.headMap(from, true).values().stream().mapToInt(it -> it).sum();
    int least = there;
    for (int change : ofDay.subMap(from, false, to, false).values()) {
      there += change;
      least = Math.min(least, there);
    }
    return least >= pause.agents();
  }

  private static List<PlannedDay.Step> steps(NavigableMap<Integer, Integer> changes) {
    List<PlannedDay.Step> steps = new ArrayList<>();
    int there = 0;
    for (var change : changes.entrySet()) {
      if (change.getValue() != 0) {
        there += change.getValue();
        steps.add(new PlannedDay.Step(change.getKey(), there));
      }
    }
    return steps.isEmpty() ? List.of(new PlannedDay.Step(0, 0)) : steps;
  }
}

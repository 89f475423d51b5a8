package org.switchwright.strategy;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Summary;

/**
 * Days on which something is otherwise: named one by one, or the all-day events of an iCalendar
 * text (RFC 5545), with their recurrences.
 */
final class Holidays {
  static final int MAX_EVENTS = 2_000;
  static final int MAX_DAYS = 1_000;

  /** Longer events than this make the days of their first weeks only. */
  private static final int MAX_SPAN_DAYS = 366;

  /** Recurrences are worked out year by year, where a year is asked for. */
  private static final int MAX_YEARS_KEPT = 8;

  private final Set<LocalDate> days;
  private final List<VEvent> events;
  private final Map<Integer, Set<LocalDate>> byYear =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Set<LocalDate>> eldest) {
          return size() > MAX_YEARS_KEPT;
        }
      };

  private Holidays(Set<LocalDate> days, List<VEvent> events) {
    this.days = new TreeSet<>(days);
    this.events = List.copyOf(events);
  }

  static Holidays of(Set<LocalDate> days) {
    return new Holidays(days, List.of());
  }

  /** A text that is no calendar of days. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    Unreadable(int line, String sentence) {
      super(sentence);
      this.line = line;
    }

    /** 0 where it is not known. */
    int line() {
      return line;
    }
  }

  static Holidays parse(String text) throws Unreadable {
    Calendar calendar;
    try {
      calendar = new CalendarBuilder().build(new StringReader(text));
    } catch (ParserException e) {
      throw new Unreadable(
          Math.max(0, e.getLineNo()), "expected iCalendar (RFC 5545), but: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw new Unreadable(0, "expected iCalendar (RFC 5545), but: " + e.getMessage());
    }
    List<VEvent> events = new ArrayList<>();
    for (Component component : calendar.getComponents(Component.VEVENT)) {
      if (component instanceof VEvent event) {
        events.add(allDay(event));
      }
    }
    if (events.size() > MAX_EVENTS) {
      throw new Unreadable(
          0, "expected at most " + MAX_EVENTS + " events, but got " + events.size());
    }
    Holidays holidays = new Holidays(new TreeSet<>(), events);
    try {
      holidays.on(LocalDate.EPOCH);
    } catch (RuntimeException e) {
      throw new Unreadable(0, "expected events with usable recurrences, but: " + e.getMessage());
    }
    return holidays;
  }

  private static VEvent allDay(VEvent event) throws Unreadable {
    String name =
        event
            .<Summary>getProperty(Property.SUMMARY)
            .map(it -> it.getValue())
            .orElse("without a summary");
    DtStart<Temporal> start =
        event
            .<DtStart<Temporal>>getProperty(Property.DTSTART)
            .orElseThrow(
                () -> new Unreadable(0, "expected a DTSTART in the event \"" + name + "\""));
    if (!(start.getDate() instanceof LocalDate)) {
      throw new Unreadable(
          0,
          "expected the event \""
              + name
              + "\" to be of a whole day (DTSTART;VALUE=DATE), but it begins at a time");
    }
    return event;
  }

  boolean on(LocalDate day) {
    return days.contains(day) || (!events.isEmpty() && year(day.getYear()).contains(day));
  }

  /** Asked from several threads, worked out once. */
  private synchronized Set<LocalDate> year(int year) {
    return byYear.computeIfAbsent(year, this::daysOf);
  }

  private Set<LocalDate> daysOf(int year) {
    Set<LocalDate> all = new TreeSet<>();
    LocalDate first = LocalDate.of(year, 1, 1);
    // An event that began in the year before may reach into this one.
    Period<LocalDate> span = new Period<>(first.minusDays(MAX_SPAN_DAYS), first.plusYears(1));
    for (VEvent event : events) {
      for (Period<LocalDate> period : event.<LocalDate>calculateRecurrenceSet(span)) {
        LocalDate end = period.getEnd();
        LocalDate day = period.getStart();
        int taken = 0;
        do {
          all.add(day);
          day = day.plusDays(1);
        } while (day.isBefore(end) && ++taken < MAX_SPAN_DAYS);
      }
    }
    all.removeIf(day -> day.getYear() != year);
    return all;
  }
}

package org.switchwright.strategy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.domain.routing.StrategySource;
import org.switchwright.hocon.Section;

/** Reads a strategy's time zone, opening hours and holidays. */
final class CalendarReader {
  static final int MAX_HOURS = 20;
  static final int MAX_CALENDARS = 10;
  private static final int MAX_SPANS = 8;

  /** Such a name can stand in a condition. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final String A_NAME = "1 to 32 small letters, digits or '_', a letter first";
  private static final Pattern SPAN =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-(?:([01]\\d|2[0-3]):([0-5]\\d)|24:00)");
  private static final Pattern ANYTHING = Pattern.compile("(?s).*");

  private final Section top;
  private final StrategySource source;

  CalendarReader(Section top, StrategySource source) {
    this.top = top;
    this.source = source;
  }

  Calendars read() {
    ZoneId zone = zone();
    Map<String, Holidays> holidays = new TreeMap<>();
    if (top.has("holidays")) {
      top.sections("holidays", MAX_CALENDARS, null)
          .forEach((name, section) -> {
            checkName(section, name);
            holidays.put(name, holidays(section));
            section.close();
          });
    }
    Map<String, Calendars.Hours> hours = new TreeMap<>();
    if (top.has("hours")) {
      top.sections("hours", MAX_HOURS, null)
          .forEach((name, section) -> {
            checkName(section, name);
            hours.put(name, hours(section, holidays.keySet()));
            section.close();
          });
    }
    return new Calendars(zone, hours, holidays);
  }

  private ZoneId zone() {
    String name = top.text("time-zone", ANYTHING, "a time zone such as \"Europe/Berlin\"");
    try {
      return name.isEmpty() ? ZoneId.of("Etc/UTC") : ZoneId.of(name);
    } catch (DateTimeException _) {
      top.fault(
          "time-zone", "expected a time zone such as \"Europe/Berlin\", but got \"" + name + "\"");
      return ZoneId.of("Etc/UTC");
    }
  }

  private static void checkName(Section section, String name) {
    if (!NAME.matcher(name).matches()) {
      section.faultHere("expected a name of " + A_NAME + ", but got \"" + name + "\"");
    }
  }

  private Calendars.Hours hours(Section section, Set<String> calendars) {
    Map<DayOfWeek, List<Calendars.Span>> days = new EnumMap<>(DayOfWeek.class);
    spans(section, "daily", List.of(DayOfWeek.values()), days);
    spans(section, "weekdays", List.of(DayOfWeek.values()).subList(0, 5), days);
    for (DayOfWeek day : DayOfWeek.values()) {
      spans(section, day.name().toLowerCase(Locale.ROOT), List.of(day), days);
    }
    List<String> closedOn =
        section.has("closed-on")
            ? section.texts("closed-on", NAME, "one of this strategy's holidays", MAX_CALENDARS)
            : List.of();
    for (String calendar : closedOn) {
      if (!calendars.contains(calendar)) {
        section.fault(
            "closed-on", "expected one of this strategy's holidays, but got \"" + calendar + "\"");
      }
    }
    if (days.isEmpty()) {
      section.faultHere("expected at least one of daily, weekdays, monday ... sunday");
    }
    return new Calendars.Hours(days, closedOn);
  }

  /** The more exact key comes later and wins. */
  private static void spans(
      Section section,
      String key,
      List<DayOfWeek> days,
      Map<DayOfWeek, List<Calendars.Span>> into) {
    if (!section.has(key)) {
      return;
    }
    List<Calendars.Span> spans = new ArrayList<>();
    int before = 0;
    for (String text :
        section.texts(key, SPAN, "times such as \"08:00-18:00\", the last 24:00", MAX_SPANS)) {
      Calendars.Span span = span(text);
      if (span.toMinute() <= span.fromMinute() || span.fromMinute() < before) {
        section.fault(
            key, "expected times that follow each other within one day, but got \"" + text + "\"");
      }
      before = span.toMinute();
      spans.add(span);
    }
    days.forEach(day -> into.put(day, spans));
  }

  private static Calendars.Span span(String text) {
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Expected a span of time, but got " + text);
    }
    int from = Integer.parseInt(parts.group(1)) * 60 + Integer.parseInt(parts.group(2));
    int to =
        parts.group(3) == null
            ? 24 * 60
            : Integer.parseInt(parts.group(3)) * 60 + Integer.parseInt(parts.group(4));
    return new Calendars.Span(from, to);
  }

  private Holidays holidays(Section section) {
    boolean byFile = section.has("file");
    boolean byText = section.has("icalendar");
    boolean byDays = section.has("days");
    if ((byFile ? 1 : 0) + (byText ? 1 : 0) + (byDays ? 1 : 0) != 1) {
      section.faultHere("expected one of file, icalendar and days");
    }
    if (byDays) {
      return Holidays.of(days(section));
    }
    String key = byFile ? "file" : "icalendar";
    if (!byFile && !byText) {
      return Holidays.of(Set.of());
    }
    String written = section.text(key, ANYTHING, "a text");
    String text = byFile ? source.files().getOrDefault(written, "") : written;
    if (byFile && !source.files().containsKey(written)) {
      section.fault(
          key,
          "expected a readable file beside the strategy, but there is none named \""
              + written
              + "\"");
      return Holidays.of(Set.of());
    }
    try {
      return Holidays.parse(text);
    } catch (Holidays.Unreadable e) {
      if (byFile && e.line() > 0) {
        section.faultAt(written + ":" + e.line() + ":1", key, String.valueOf(e.getMessage()));
      } else {
        section.fault(key, String.valueOf(e.getMessage()));
      }
      return Holidays.of(Set.of());
    }
  }

  private static Set<LocalDate> days(Section section) {
    Set<LocalDate> days = new TreeSet<>();
    String expected = "a day such as \"2026-12-24\"";
    for (String day :
        section.texts(
            "days", Pattern.compile("\\d{4}-\\d\\d-\\d\\d"), expected, Holidays.MAX_DAYS)) {
      try {
        days.add(LocalDate.parse(day));
      } catch (DateTimeParseException _) {
        section.fault("days", "expected " + expected + ", but got \"" + day + "\"");
      }
    }
    return days;
  }
}

package org.switchwright.strategy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a site is open, in its own time zone.
 *
 * @param hours opening hours by name
 * @param holidays days by the name of their calendar
 */
record Calendars(ZoneId zone, Map<String, Hours> hours, Map<String, Holidays> holidays) {
  /**
   * @param spans by weekday; a day without any is closed
   * @param closedOn calendars on whose days it is closed all day
   */
  record Hours(Map<DayOfWeek, List<Span>> spans, List<String> closedOn) {}

  /**
   * From a time, inclusive, to another, exclusive.
   *
   * @param fromMinute of the day
   * @param toMinute of the day; 1440 is its end
   */
  record Span(int fromMinute, int toMinute) {
    boolean holds(LocalTime time) {
      int minute = time.getHour() * 60 + time.getMinute();
      return fromMinute <= minute && minute < toMinute;
    }
  }

  Optional<Boolean> open(String name, LocalDateTime now) {
    return Optional.ofNullable(hours.get(name)).map(it -> open(it, now));
  }

  Optional<Boolean> holiday(String name, LocalDate day) {
    return Optional.ofNullable(holidays.get(name)).map(it -> it.on(day));
  }

  private boolean open(Hours hours, LocalDateTime now) {
    for (String calendar : hours.closedOn()) {
      if (holiday(calendar, now.toLocalDate()).orElse(false)) {
        return false;
      }
    }
    return hours.spans().getOrDefault(now.getDayOfWeek(), List.of()).stream()
        .anyMatch(span -> span.holds(now.toLocalTime()));
  }
}

package org.switchwright.history;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.switchwright.domain.estimate.PlannedDay;
import org.switchwright.history.DelimitedRows.Faulty;
import org.switchwright.history.DelimitedRows.Row;

/** Reads a schedule with a row for each shift or break. */
final class StaffScheduleReader implements DelimitedRows.Taker {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final int MAX_SHOWN = 40;

  private final StaffScheduleMap map;
  private final StaffSchedule.Gathering gathering;
  private final Path file;

  StaffScheduleReader(StaffScheduleMap map, StaffSchedule.Gathering gathering, Path file) {
    this.map = map;
    this.gathering = gathering;
    this.file = file;
  }

  void read(Reader reader) throws IOException, CallLogRefused {
    DelimitedRows.read(reader, file, map.delimiter(), true, map.columns(), this);
  }

  @Override
  public void row() throws CallLogRefused {
    gathering.row();
  }

  @Override
  public void fault(long line, String sentence) {
    gathering.fault(where(line), sentence);
  }

  private String where(long line) {
    return file.getFileName() + ":" + line;
  }

  @Override
  public void take(Row row, long line) throws Faulty {
    if (among(row, map.leaveOut())) {
      gathering.leaveOut();
      return;
    }
    boolean pause = among(row, map.breaks());
    LocalDateTime from = time(row, map.from());
    LocalDateTime to = time(row, map.to());
    // Times of day go on after midnight, and a whole day is from one midnight to the next.
    boolean wholeDay = to.equals(from) && from.toLocalTime().equals(LocalTime.MIDNIGHT);
    if (map.date().isPresent() && (to.isBefore(from) || wholeDay)) {
      to = to.plusDays(1);
    }
    if (!to.isAfter(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw faulty(
          "expected an end after the beginning, within 24 h, but got " + from + " to " + to);
    }
    if (map.agent().isPresent()) {
      String agent = row.get(map.agent().get());
      if (agent.isEmpty()) {
        throw faulty("expected an agent in " + map.agent().get() + ", but got nothing");
      }
      if (pause) {
        gathering.roster.pause(agent, from, to);
      } else {
        gathering.roster.shift(agent, from, to);
      }
    } else {
      int agents = number(row, map.agents().orElseThrow());
      if (pause) {
        gathering.roster.pause(agents, from, to, where(line));
      } else {
        gathering.roster.shift(agents, from, to);
      }
    }
    if (pause) {
      gathering.pause();
    } else {
      gathering.shift();
    }
  }

  private static boolean among(Row row, SortedMap<String, Set<String>> values) {
    return values.entrySet().stream()
        .anyMatch(column -> column.getValue().contains(row.get(column.getKey())));
  }

  private static int number(Row row, String column) throws Faulty {
    String text = row.get(column);
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > PlannedDay.MAX_AGENTS) {
      throw faulty(
          "expected 0 to " + PlannedDay.MAX_AGENTS + " in " + column + ", but got " + shown(text));
    }
    return Integer.parseInt(text);
  }

  /** By the site's wall clocks, in whole minutes. */
  private LocalDateTime time(Row row, String column) throws Faulty {
    String text = row.get(column);
    String read = column;
    try {
      LocalDateTime time;
      if (map.date().isPresent()) {
        DelimitedLayout.Date date = map.date().get();
        read = date.column();
        LocalDate day = LocalDate.parse(row.get(read), date.format());
        read = column;
        time = day.atTime(LocalTime.parse(text, map.times()));
      } else {
        TemporalAccessor found = map.times().parse(text);
        time =
            found.isSupported(ChronoField.INSTANT_SECONDS)
                ? LocalDateTime.ofInstant(Instant.from(found), map.zone())
                : LocalDateTime.from(found);
      }
      return time.truncatedTo(ChronoUnit.MINUTES);
    } catch (DateTimeException _) {
      throw faulty(
          "expected a time in " + read + " as the map says, but got " + shown(row.get(read)));
    }
  }

  private static String shown(String text) {
    return "\"" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) : text) + "\"";
  }

  private static Faulty faulty(String sentence) {
    return new Faulty(sentence);
  }
}

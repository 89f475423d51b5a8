package org.switchwright.history;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.switchwright.hocon.Section;

/**
 * How a schedule of staff is to be understood, from a small file in HOCON ({@code docs/schedules}):
 * a row for each shift, and for each break where there are such, and the names of the columns in
 * the first row.
 *
 * @param zone by whose wall clocks the site lives
 * @param date the column of the date, where the times are times of day
 * @param agent the column of who works; else {@code agents}
 * @param agents the column of how many do
 * @param breaks by column, the values of rows that are breaks
 * @param leaveOut by column, the values of rows that are not wanted
 */
public record StaffScheduleMap(
    ZoneId zone,
    Charset charset,
    char delimiter,
    Optional<DelimitedLayout.Date> date,
    DateTimeFormatter times,
    String from,
    String to,
    Optional<String> agent,
    Optional<String> agents,
    SortedMap<String, Set<String>> breaks,
    SortedMap<String, Set<String>> leaveOut) {

  /**
   * @throws CallLogRefused with all that is wrong in the file, each with its line
   */
  public static StaffScheduleMap read(Path file) throws CallLogRefused {
    return CallLogMap.read(file, StaffScheduleMap::of);
  }

  private static StaffScheduleMap of(Section root) {
    ZoneId zone = CallLogMap.zone(root);
    Charset charset = CallLogMap.charset(root);
    Section section = root.section("schedule");
    char delimiter = DelimitedLayout.delimiter(section);
    Optional<DelimitedLayout.Date> date =
        section.has("date")
            ? Optional.of(DelimitedLayout.date(section.section("date")))
            : Optional.empty();
    DateTimeFormatter times = DelimitedLayout.pattern(section, "time-pattern");
    String from = DelimitedLayout.column(section, "from");
    String to = DelimitedLayout.column(section, "to");
    boolean named = section.has("agent");
    if (named == section.has("agents")) {
      section.faultHere(
          "expected either \"agent\", the column of who works, or \"agents\", the column of how"
              + " many do, but got "
              + (named ? "both" : "neither"));
    }
    Optional<String> agent =
        named ? Optional.of(DelimitedLayout.column(section, "agent")) : Optional.empty();
    Optional<String> agents =
        section.has("agents")
            ? Optional.of(DelimitedLayout.column(section, "agents"))
            : Optional.empty();
    SortedMap<String, Set<String>> breaks = DelimitedLayout.valuesByColumn(section, "breaks");
    SortedMap<String, Set<String>> leaveOut = DelimitedLayout.valuesByColumn(section, "leave-out");
    section.close();
    root.close();
    return new StaffScheduleMap(
        zone, charset, delimiter, date, times, from, to, agent, agents, breaks, leaveOut);
  }

  /** Every column that the map names, and by which key. */
  Map<String, String> columns() {
    Map<String, String> all = new LinkedHashMap<>();
    date.ifPresent(it -> all.put(it.column(), "date"));
    all.put(from, "from");
    all.put(to, "to");
    agent.ifPresent(it -> all.put(it, "agent"));
    agents.ifPresent(it -> all.put(it, "agents"));
    breaks.keySet().forEach(it -> all.put(it, "breaks"));
    leaveOut.keySet().forEach(it -> all.put(it, "leave-out"));
    return all;
  }
}

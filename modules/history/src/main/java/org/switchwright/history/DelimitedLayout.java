package org.switchwright.history;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.switchwright.hocon.Section;

/**
 * A log with a row for each call, and the names of its columns in the first row.
 *
 * @param quotes whether values may be in quotes
 * @param date the column of the date, where the times are times of day
 * @param begun the column of whose time that date is, where a call may begin long before it enters
 * @param entered columns, of which the first that has a time counts; so for the next two
 * @param never what is written where there is no time
 * @param outcome by which a call was answered or given up; without it, by whether there is a time
 *     of the answer
 * @param same names that mean another agent
 * @param leaveOut by column, the values of rows that are not wanted
 * @param headStarts by the value of {@code priority}
 */
record DelimitedLayout(
    char delimiter,
    boolean quotes,
    Optional<Date> date,
    Optional<String> begun,
    DateTimeFormatter times,
    List<String> entered,
    List<String> answered,
    List<String> ended,
    Set<String> never,
    Optional<Outcome> outcome,
    String agent,
    Set<String> nobody,
    SortedMap<String, String> same,
    Optional<String> queue,
    SortedMap<String, Set<String>> leaveOut,
    Optional<String> priority,
    SortedMap<String, Duration> headStarts)
    implements CallLogMap.Layout {
  /** Years of two digits go from 1969 to 2068, as POSIX has them. */
  private static final int CENTURY_FROM = 1969;

  private static final int MAX_NAMES = 1_000;
  private static final Pattern ANY = Pattern.compile("(?s).{0,100}");
  private static final Pattern CHARACTER = Pattern.compile("(?s).");

  record Date(String column, DateTimeFormatter format) {}

  /** Values of a column; a row with another value is left out. */
  record Outcome(String column, Set<String> answered, Set<String> abandoned) {}

  static DelimitedLayout of(Section section) {
    char delimiter = delimiter(section);
    Optional<Date> date = Optional.empty();
    if (section.has("date")) {
      date = Optional.of(date(section.section("date")));
    }
    Optional<String> begun =
        section.has("begun") ? Optional.of(column(section, "begun")) : Optional.empty();
    if (begun.isPresent() && date.isEmpty()) {
      section.fault("begun", "expected it with \"date\" only, whose time it is");
    }
    boolean quotes = !section.has("quotes") || section.flag("quotes");
    DateTimeFormatter times = pattern(section, "time-pattern");
    Optional<Outcome> outcome = Optional.empty();
    if (section.has("outcome")) {
      Section it = section.section("outcome");
      outcome =
          Optional.of(
              new Outcome(column(it, "column"), values(it, "answered"), values(it, "abandoned")));
      it.close();
    }
    List<String> entered = columns(section, "entered");
    List<String> answered = columns(section, "answered");
    List<String> ended = columns(section, "ended");
    Set<String> never = section.has("never") ? values(section, "never") : new TreeSet<>();
    Section agent = section.section("agent");
    String agentColumn = column(agent, "column");
    Set<String> nobody = agent.has("nobody") ? values(agent, "nobody") : new TreeSet<>();
    SortedMap<String, String> same =
        agent.has("same")
            ? agent.section("same").texts(ANY, "a name of an agent", MAX_NAMES)
            : new TreeMap<>();
    agent.close();
    Optional<String> queue =
        section.has("queue") ? Optional.of(column(section, "queue")) : Optional.empty();
    SortedMap<String, Set<String>> leaveOut = valuesByColumn(section, "leave-out");
    Optional<String> priority = Optional.empty();
    SortedMap<String, Duration> headStarts = new TreeMap<>();
    if (section.has("head-start")) {
      Section it = section.section("head-start");
      priority = Optional.of(column(it, "column"));
      Section worth = it.section("worth");
      for (String name : it.raw("worth").keySet()) {
        headStarts.put(name, worth.duration(name, Duration.ZERO, Duration.ofHours(4)));
      }
      it.close();
    }
    section.close();
    return new DelimitedLayout(
        delimiter,
        quotes,
        date,
        begun,
        times,
        entered,
        answered,
        ended,
        never,
        outcome,
        agentColumn,
        nobody,
        same,
        queue,
        leaveOut,
        priority,
        headStarts);
  }

  @Override
  public String agents() {
    return "; is \"" + agent + "\" (agent of the map) the column of the agent?";
  }

  @Override
  public String queues() {
    return queue
        .map(it -> "; is \"" + it + "\" (queue of the map) the column of the queue?")
        .orElse("");
  }

  /** Every column that the map names, and by which key. */
  Map<String, String> columns() {
    Map<String, String> all = new LinkedHashMap<>();
    date.ifPresent(it -> all.put(it.column(), "date"));
    begun.ifPresent(it -> all.put(it, "begun"));
    entered.forEach(it -> all.put(it, "entered"));
    answered.forEach(it -> all.put(it, "answered"));
    ended.forEach(it -> all.put(it, "ended"));
    outcome.ifPresent(it -> all.put(it.column(), "outcome"));
    all.put(agent, "agent");
    queue.ifPresent(it -> all.put(it, "queue"));
    leaveOut.keySet().forEach(it -> all.put(it, "leave-out"));
    priority.ifPresent(it -> all.put(it, "head-start"));
    return all;
  }

  static Date date(Section section) {
    Date date = new Date(column(section, "column"), pattern(section, "pattern"));
    section.close();
    return date;
  }

  /** By column, some of its values. */
  static SortedMap<String, Set<String>> valuesByColumn(Section section, String key) {
    SortedMap<String, Set<String>> all = new TreeMap<>();
    if (section.has(key)) {
      Section it = section.section(key);
      for (String name : section.raw(key).keySet()) {
        all.put(name, values(it, name));
      }
    }
    return all;
  }

  static char delimiter(Section section) {
    String text =
        section.has("delimiter") ? section.text("delimiter", CHARACTER, "one character") : ",";
    return text.isEmpty() ? ',' : text.charAt(0);
  }

  static String column(Section section, String key) {
    return section.text(key, CallLogMap.COLUMN, "the name of a column");
  }

  private static List<String> columns(Section section, String key) {
    if (!section.isList(key)) {
      return List.of(column(section, key));
    }
    List<String> names = section.texts(key, CallLogMap.COLUMN, "the name of a column", MAX_NAMES);
    if (names.isEmpty()) {
      section.fault(key, "expected at least one column, but got none");
    }
    return names;
  }

  static Set<String> values(Section section, String key) {
    return new TreeSet<>(new ArrayList<>(section.texts(key, ANY, "a value", MAX_NAMES)));
  }

  static DateTimeFormatter pattern(Section section, String key) {
    String text = section.text(key, CallLogMap.COLUMN, "a pattern such as \"yyyy-MM-dd HH:mm:ss\"");
    try {
      DateTimeFormatterBuilder format = new DateTimeFormatterBuilder();
      String years = text.replace("yyyy", "uuuu");
      int two = years.indexOf("yy");
      if (two >= 0) {
        if (two > 0) {
          format.appendPattern(years.substring(0, two));
        }
        format.appendValueReduced(ChronoField.YEAR, 2, 2, CENTURY_FROM);
        years = years.substring(two + 2);
      }
      if (!years.isEmpty()) {
        format.appendPattern(years);
      }
      return format.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.SMART);
    } catch (IllegalArgumentException e) {
      section.fault(
          key, "expected a pattern of Java's DateTimeFormatter, but got \"" + text + "\"");
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME;
    }
  }
}

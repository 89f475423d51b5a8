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
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.history.DelimitedRows.Faulty;
import org.switchwright.history.DelimitedRows.Row;

/** Reads a log with a row for each call. */
final class DelimitedReader implements DelimitedRows.Taker {
  /** By so much two clocks, or two roundings, of one log may differ. */
  static final long TOLERANCE_MS = 10_000;

  /** A time of day that is so much earlier than the one before it is of the next day. */
  private static final Duration BACK = Duration.ofHours(12);

  private static final int LAST_YEAR = 9999;

  /** Before all that is a time. */
  private static final long NOTHING = Long.MIN_VALUE / 2;

  private final DelimitedLayout layout;
  private final CallLogMap map;
  private final CallLog.Gathering gathering;
  private final Path file;

  DelimitedReader(DelimitedLayout layout, CallLogMap map, CallLog.Gathering gathering, Path file) {
    this.layout = layout;
    this.map = map;
    this.gathering = gathering;
    this.file = file;
  }

  void read(Reader reader) throws IOException, CallLogRefused {
    DelimitedRows.read(reader, file, layout.delimiter(), layout.quotes(), layout.columns(), this);
  }

  @Override
  public void row() {
    gathering.row();
  }

  @Override
  public void fault(long line, String sentence) {
    gathering.fault(file, line, sentence);
  }

  /** When something was: at an instant, or by the site's wall clocks, which may mean two. */
  private sealed interface Time {}

  private record At(long ms) implements Time {}

  private record Local(LocalDateTime time) implements Time {}

  @Override
  public void take(Row row, long line) throws Faulty, CallLogRefused {
    for (Map.Entry<String, Set<String>> unwanted : layout.leaveOut().entrySet()) {
      if (unwanted.getValue().contains(row.get(unwanted.getKey()))) {
        gathering.leaveOut();
        return;
      }
    }
    Optional<Time> answer = time(row, layout.answered());
    boolean answered = answer.isPresent();
    if (layout.outcome().isPresent()) {
      DelimitedLayout.Outcome outcome = layout.outcome().get();
      String value = row.get(outcome.column());
      answered = outcome.answered().contains(value);
      if (!answered && !outcome.abandoned().contains(value)) {
        gathering.leaveOut();
        return;
      }
    }
    Optional<Time> end = time(row, layout.ended());
    Optional<Time> entry = time(row, layout.entered());
    // Who only talked to a menu never asked for an agent.
    if (!answered && (end.isEmpty() || entry.isEmpty())) {
      gathering.leaveOut();
      return;
    }
    if (entry.isEmpty()) {
      throw new Faulty("expected a time in " + layout.entered());
    }
    if (answered && (answer.isEmpty() || end.isEmpty())) {
      throw new Faulty("expected a time of the answer and of the end, as the call was answered");
    }
    long enteredMs = entered(row, entry.get());
    String agent = answered ? agent(row) : "";
    long answeredMs =
        answered ? after(enteredMs, answer.orElseThrow(), "the answer") : CallRecord.NEVER;
    long endedMs = after(answered ? answeredMs : enteredMs, end.orElseThrow(), "the end");
    if (endedMs - enteredMs > map.longestCall().toMillis()) {
      throw new Faulty(
          "expected a call of at most "
              + map.longestCall().toMinutes()
              + " min, but got "
              + (endedMs - enteredMs) / 60_000);
    }
    String queue = layout.queue().map(row::get).orElse("");
    gathering.add(
        new CallRecord(enteredMs, answeredMs, endedMs, agent, queue, headStartMs(row)), file, line);
  }

  /**
   * An answered call of which nobody knows the agent is left out, so load and busy are a little too
   * low. As calls of one agent more they would overlap, and be cut; as calls of an agent each, each
   * would count somebody as logged in who is counted already, have no pace and no pauses. To say
   * which of those who were there it was would be to make it up. Those rows are told, so that
   * whoever has many can mend the log.
   */
  private String agent(Row row) throws Faulty {
    String name = row.get(layout.agent());
    if (name.isEmpty() || layout.nobody().contains(name)) {
      throw new Faulty("expected an agent, as the call was answered, but got \"" + name + "\"");
    }
    String same = layout.same().getOrDefault(name, name);
    if (same.isEmpty()) {
      throw new Faulty(
          "expected the name of an agent, but the map says that " + name + " has none");
    }
    return same;
  }

  private int headStartMs(Row row) {
    return layout
        .priority()
        .map(it -> layout.headStarts().get(row.get(it)))
        .map(it -> (int) it.toMillis())
        .orElse(0);
  }

  /** The first of the columns that has a time. */
  private Optional<Time> time(Row row, List<String> columns) throws Faulty {
    for (String column : columns) {
      String text = row.get(column);
      if (!text.isEmpty() && !layout.never().contains(text)) {
        return Optional.of(time(row, text, column));
      }
    }
    return Optional.empty();
  }

  private Time time(Row row, String text, String column) throws Faulty {
    try {
      Optional<DelimitedLayout.Date> date = layout.date();
      if (date.isPresent()) {
        LocalDate day = LocalDate.parse(row.get(date.get().column()), date.get().format());
        return new Local(sane(day.atTime(LocalTime.parse(text, layout.times()))));
      }
      TemporalAccessor time = layout.times().parse(text);
      if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
        Instant instant = Instant.from(time);
        sane(LocalDateTime.ofInstant(instant, map.zone()));
        return new At(instant.toEpochMilli());
      }
      return new Local(sane(LocalDateTime.from(time)));
    } catch (DateTimeException _) {
      throw new Faulty(
          "expected a time in "
              + column
              + " as the map says, but got \""
              + (text.length() > 40 ? text.substring(0, 40) : text)
              + "\"");
    }
  }

  /** Milliseconds do not reach as far as dates do. */
  private static LocalDateTime sane(LocalDateTime time) {
    if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("Expected a year of four digits, but got " + time.getYear());
    }
    return time;
  }

  /** The date of a row is that of when the call began, where the map says when that was. */
  private long entered(Row row, Time entry) throws Faulty {
    Optional<Time> begun =
        layout.begun().isEmpty() ? Optional.empty() : time(row, List.of(layout.begun().get()));
    return ms(entry, begun.isEmpty() ? NOTHING : ms(begun.get(), NOTHING));
  }

  /** A second too early is a matter of rounding. */
  private long after(long before, Time time, String what) throws Faulty {
    long it = ms(time, before);
    if (it < before - TOLERANCE_MS) {
      throw new Faulty(
          "expected "
              + what
              + " after what comes before it, but it is "
              + (before - it) / 1_000
              + " s earlier");
    }
    return Math.max(it, before);
  }

  /**
   * Times of day go on after midnight; and where clocks are set back, a time that is there twice is
   * the later one if it would be too early otherwise.
   *
   * @param before what came before, or {@link #NOTHING}
   */
  private long ms(Time time, long before) {
    return switch (time) {
      case At(long ms) -> ms;
      case Local(LocalDateTime local) -> {
        LocalDateTime there = local;
        if (layout.date().isPresent()
            && before != NOTHING
            && local.isBefore(
                LocalDateTime.ofInstant(Instant.ofEpochMilli(before), map.zone()).minus(BACK))) {
          there = local.plusDays(1);
        }
        var earlier = there.atZone(map.zone()).withEarlierOffsetAtOverlap();
        long ms = earlier.toInstant().toEpochMilli();
        yield ms < before - TOLERANCE_MS
            ? earlier.withLaterOffsetAtOverlap().toInstant().toEpochMilli()
            : ms;
      }
    };
  }
}

package org.switchwright.history;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVRecord;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.history.DelimitedRows.Faulty;

/** Reads a log with a row for each call. */
final class DelimitedReader implements DelimitedRows.Taker {
  /** By so much two clocks, or two roundings, of one log may differ. */
  static final long TOLERANCE_MS = 10_000;

  private static final long DAY_MS = 86_400_000L;

  private final DelimitedLayout layout;
  private final CallLogMap map;
  private final CallLog.Gathering gathering;
  private final Path file;

  /** Names come again in each row; each is kept once. */
  private final Map<String, String> names = new HashMap<>();

  DelimitedReader(DelimitedLayout layout, CallLogMap map, CallLog.Gathering gathering, Path file) {
    this.layout = layout;
    this.map = map;
    this.gathering = gathering;
    this.file = file;
  }

  void read(Reader reader) throws IOException, CallLogRefused {
    DelimitedRows.read(reader, file, layout.delimiter(), layout.columns(), this);
  }

  @Override
  public void row() {
    gathering.row();
  }

  @Override
  public void fault(long line, String sentence) {
    gathering.fault(file, line, sentence);
  }

  @Override
  public void take(CSVRecord row, long line) throws Faulty, CallLogRefused {
    for (Map.Entry<String, java.util.Set<String>> unwanted : layout.leaveOut().entrySet()) {
      if (unwanted.getValue().contains(row.get(unwanted.getKey()))) {
        gathering.leaveOut();
        return;
      }
    }
    OptionalLong answer = time(row, layout.answered());
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
    OptionalLong end = time(row, layout.ended());
    if (!answered && end.isEmpty()) {
      gathering.leaveOut();
      return;
    }
    long entered =
        time(row, layout.entered())
            .orElseThrow(() -> new Faulty("expected a time in " + layout.entered()));
    if (answered && (answer.isEmpty() || end.isEmpty())) {
      throw new Faulty("expected a time of the answer and of the end, as the call was answered");
    }
    String agent = answered ? agent(row) : "";
    long answeredMs =
        answered ? after(entered, answer.getAsLong(), "the answer") : CallRecord.NEVER;
    long endedMs = after(answered ? answeredMs : entered, end.orElse(entered), "the end");
    if (endedMs - entered > map.longestCall().toMillis()) {
      throw new Faulty(
          "expected a call of at most "
              + map.longestCall().toMinutes()
              + " min, but got "
              + (endedMs - entered) / 60_000);
    }
    gathering.add(
        new CallRecord(
            entered,
            answeredMs,
            endedMs,
            agent,
            layout.queue().map(it -> once(row.get(it))).orElse(""),
            headStartMs(row)));
  }

  private String agent(CSVRecord row) throws Faulty {
    String name = row.get(layout.agent());
    if (name.isEmpty() || layout.nobody().contains(name)) {
      throw new Faulty("expected an agent, as the call was answered, but got \"" + name + "\"");
    }
    return once(layout.same().getOrDefault(name, name));
  }

  private int headStartMs(CSVRecord row) {
    return layout
        .priority()
        .map(it -> layout.headStarts().get(row.get(it)))
        .map(it -> (int) it.toMillis())
        .orElse(0);
  }

  private String once(String name) {
    String kept = names.putIfAbsent(name, name);
    return kept == null ? name : kept;
  }

  /** The first of the columns that has a time. */
  private OptionalLong time(CSVRecord row, List<String> columns) throws Faulty {
    for (String column : columns) {
      String text = row.get(column);
      if (!text.isEmpty() && !layout.never().contains(text)) {
        return OptionalLong.of(instant(row, text, column));
      }
    }
    return OptionalLong.empty();
  }

  private long instant(CSVRecord row, String text, String column) throws Faulty {
    try {
      Optional<DelimitedLayout.Date> date = layout.date();
      if (date.isPresent()) {
        LocalDate day = LocalDate.parse(row.get(date.get().column()), date.get().format());
        return epochMs(day.atTime(LocalTime.parse(text, layout.times())));
      }
      TemporalAccessor time = layout.times().parse(text);
      return time.isSupported(ChronoField.INSTANT_SECONDS)
          ? time.getLong(ChronoField.INSTANT_SECONDS) * 1_000
              + time.get(ChronoField.MILLI_OF_SECOND)
          : epochMs(LocalDateTime.from(time));
    } catch (DateTimeException _) {
      throw new Faulty(
          "expected a time in "
              + column
              + " as the map says, but got \""
              + (text.length() > 40 ? text.substring(0, 40) : text)
              + "\"");
    }
  }

  private long epochMs(LocalDateTime local) {
    return local.atZone(map.zone()).toInstant().toEpochMilli();
  }

  /** Times of day go on after midnight; and a second too early is a matter of rounding. */
  private long after(long before, long time, String what) throws Faulty {
    long it = time;
    if (layout.date().isPresent() && it < before - DAY_MS / 2) {
      it += DAY_MS;
    }
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
}

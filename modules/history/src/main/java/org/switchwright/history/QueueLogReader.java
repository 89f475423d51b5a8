package org.switchwright.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.switchwright.domain.estimate.CallRecord;

/**
 * Puts calls together from the events of a {@code queue_log}: ENTERQUEUE, CONNECT, then
 * COMPLETEAGENT, COMPLETECALLER or one of the transfers; or ABANDON or one of the exits. Others
 * concern no call's course. Reads one file after the other: a call may enter in one and end in the
 * next.
 */
final class QueueLogReader {
  /** Calls whose end has not come yet; the oldest is given up beyond it. */
  static final int MAX_OPEN = 100_000;

  private static final Pattern SECONDS = Pattern.compile("\\d{9,10}(\\.\\d{1,9})?");
  private static final int FIELDS = 5;
  private static final int FIRST_CHARS = 1_024;

  private final QueueLogLayout layout;
  private final CallLogMap map;
  private final CallLog.Gathering gathering;
  private final Map<String, Open> open = new LinkedHashMap<>();

  private record Open(
      Path file, long line, String queue, long enteredMs, long answeredMs, String agent) {}

  QueueLogReader(QueueLogLayout layout, CallLogMap map, CallLog.Gathering gathering) {
    this.layout = layout;
    this.map = map;
    this.gathering = gathering;
  }

  /** When the first event was, in milliseconds since the epoch; 0 where that cannot be read. */
  static long begins(Reader reader) throws IOException {
    String line = new BufferedReader(reader, FIRST_CHARS).readLine();
    int end = line == null ? -1 : line.indexOf('|');
    String time = line == null || end < 0 ? "" : line.substring(0, end);
    return SECONDS.matcher(time).matches() ? ms(time) : 0;
  }

  private static long ms(String seconds) {
    return new BigDecimal(seconds).movePointRight(3).longValue();
  }

  void read(Reader reader, Path file) throws IOException, CallLogRefused {
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter('|')
            .setQuote(null)
            .setRecordSeparator("\n")
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser rows = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      for (CSVRecord row : rows) {
        gathering.row();
        long line = rows.getCurrentLineNumber();
        if (row.size() < FIELDS || !SECONDS.matcher(row.get(0)).matches()) {
          gathering.fault(
              file, line, "expected time|call|queue|agent|event, the time in seconds since 1970");
        } else {
          take(row, file, line);
        }
      }
    }
  }

  /** After the last file. */
  void end() {
    open.values().forEach(this::noEnd);
  }

  private void noEnd(Open it) {
    gathering.fault(it.file(), it.line(), "expected an end of the call");
  }

  private void take(CSVRecord row, Path file, long line) throws CallLogRefused {
    long atMs = ms(row.get(0));
    String call = row.get(1);
    switch (row.get(4)) {
      case "ENTERQUEUE" ->
          enter(call, new Open(file, line, row.get(2), atMs, CallRecord.NEVER, ""));
      case "CONNECT" -> connect(call, atMs, row.get(3), file, line);
      case "COMPLETEAGENT",
          "COMPLETECALLER",
          "TRANSFER",
          "BLINDTRANSFER",
          "ATTENDEDTRANSFER",
          "ABANDON",
          "EXITEMPTY",
          "EXITWITHKEY",
          "EXITWITHTIMEOUT" ->
          end(call, atMs, file, line);
      default -> gathering.leaveOut();
    }
  }

  private void enter(String call, Open entering) {
    Open before = open.remove(call);
    if (before == null && open.size() == MAX_OPEN) {
      before = open.remove(open.keySet().iterator().next());
    }
    if (before != null) {
      noEnd(before);
    }
    open.put(call, entering);
  }

  private void connect(String call, long atMs, String agent, Path file, long line) {
    Open it = open.get(call);
    if (it == null || it.answeredMs() != CallRecord.NEVER || agent.isEmpty()) {
      gathering.fault(file, line, "expected CONNECT of a call that waits, with the agent's name");
      return;
    }
    open.put(call, new Open(it.file(), it.line(), it.queue(), it.enteredMs(), atMs, agent));
  }

  private void end(String call, long atMs, Path file, long line) throws CallLogRefused {
    Open it = open.remove(call);
    if (it == null) {
      gathering.fault(file, line, "expected the end of a call that has entered a queue");
      return;
    }
    if (layout.leaveOut().contains(it.queue())) {
      gathering.leaveOut();
      return;
    }
    boolean answered = it.answeredMs() != CallRecord.NEVER;
    if (atMs < (answered ? it.answeredMs() : it.enteredMs())
        || (answered && it.answeredMs() < it.enteredMs())
        || atMs - it.enteredMs() > map.longestCall().toMillis()) {
      gathering.fault(
          file,
          line,
          "expected entering, answer and end in this order, within "
              + map.longestCall().toMinutes()
              + " min");
      return;
    }
    gathering.add(
        new CallRecord(it.enteredMs(), it.answeredMs(), atMs, it.agent(), it.queue(), 0),
        file,
        line);
  }
}

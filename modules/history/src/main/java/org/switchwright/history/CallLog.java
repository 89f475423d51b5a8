package org.switchwright.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.switchwright.domain.estimate.CallRecord;
import org.switchwright.domain.network.LoadedCall;
import org.tukaani.xz.XZInputStream;

/**
 * What was read of call logs.
 *
 * @param calls in the order of the logs
 * @param zone by which the site lives
 * @param rows how many rows (or events) there were
 * @param leftOut rows that the map leaves out, and calls that never asked for an agent
 * @param faulty rows that could not be understood, or that no history of a site can have
 * @param faults the first of those, at most {@link #MAX_FAULTS}, as "file:line: sentence"
 */
public record CallLog(
    List<CallRecord> calls,
    ZoneId zone,
    long rows,
    long leftOut,
    long faulty,
    List<String> faults) {
  /** Enough to mend a map by. */
  public static final int MAX_FAULTS = 200;

  /** A year of the largest sites; about 100 bytes each. */
  public static final int MAX_CALLS = 20_000_000;

  /** Far beyond the largest sites: more are no names of agents. */
  public static final int MAX_AGENTS = 20_000;

  /** For each of them is known which agent takes it. */
  public static final int MAX_QUEUES = 3_000;

  private static final int MAGIC_BYTES = 6;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  public CallLog {
    calls = List.copyOf(calls);
    faults = List.copyOf(faults);
  }

  /**
   * Reads files, plain or compressed by xz or gzip, one after the other; those of a {@code
   * queue_log} in the order in which they begin, as it may be rotated.
   *
   * @param now what ended later is a fault of the log
   * @throws CallLogRefused where a file cannot be read, is there twice, or has not the columns of
   *     the map
   */
  public static CallLog read(List<Path> files, CallLogMap map, Instant now) throws CallLogRefused {
    eachOnce(files);
    Gathering gathering = new Gathering(map.layout(), now);
    switch (map.layout()) {
      case DelimitedLayout layout -> {
        for (Path file : files) {
          read(file, map, new DelimitedReader(layout, map, gathering, file)::read);
        }
      }
      case QueueLogLayout layout -> {
        QueueLogReader log = new QueueLogReader(layout, map, gathering);
        for (Path file : inOrder(files, map)) {
          read(file, map, reader -> log.read(reader, file));
        }
        log.end();
      }
    }
    return gathering.log(map.zone());
  }

  /** Of a file that is read twice each call would count twice. */
  static void eachOnce(List<Path> files) throws CallLogRefused {
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      try {
        if (!seen.add(file.toRealPath())) {
          throw new CallLogRefused("Expected each file once, but got " + file + " twice");
        }
      } catch (IOException _) {
        throw new CallLogRefused("Expected to read " + file + ", but cannot");
      }
    }
  }

  private static List<Path> inOrder(List<Path> files, CallLogMap map) throws CallLogRefused {
    Map<Path, Long> begin = new HashMap<>();
    for (Path file : files) {
      read(file, map, reader -> begin.put(file, QueueLogReader.begins(reader)));
    }
    return files.stream()
        .sorted(Comparator.comparingLong(it -> begin.getOrDefault(it, 0L)))
        .toList();
  }

  private interface Reading {
    void read(Reader reader) throws IOException, CallLogRefused;
  }

  private static void read(Path file, CallLogMap map, Reading reading) throws CallLogRefused {
    try (Reader reader = open(file, map.charset())) {
      reading.read(reader);
    } catch (IOException | UncheckedIOException e) {
      throw new CallLogRefused("Expected to read " + file + ", but could not: " + e.getMessage());
    }
  }

  /** Plain, or compressed by xz or gzip. */
  static Reader open(Path file, Charset charset) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      bytes.mark(MAGIC_BYTES);
      byte[] magic = bytes.readNBytes(MAGIC_BYTES);
      bytes.reset();
      InputStream plain = bytes;
      if (magic.length == MAGIC_BYTES && magic[0] == (byte) 0xFD && magic[1] == '7') {
        plain = new XZInputStream(bytes);
      } else if (magic.length > 1 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
        plain = new GZIPInputStream(bytes);
      }
      plain = afterMark(new BufferedInputStream(plain));
      // A name in another character set must not stop a year's log.
      return new InputStreamReader(
          plain,
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Some programs begin UTF-8 with one. */
  private static InputStream afterMark(InputStream bytes) throws IOException {
    bytes.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      bytes.reset();
    }
    return bytes;
  }

  /** What comes together from one file after the other. */
  static final class Gathering {
    private final CallLogMap.Layout layout;
    private final long nowMs;
    private final List<CallRecord> calls = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** Names come again in each row; each is kept once. */
    private final Map<String, String> agents = new HashMap<>();

    private final Map<String, String> queues = new HashMap<>();
    private long rows;
    private long leftOut;
    private long faulty;

    Gathering(CallLogMap.Layout layout, Instant now) {
      this.layout = layout;
      this.nowMs = now.toEpochMilli();
    }

    void row() {
      rows++;
    }

    /** Takes a call, if a history of a site can have it. */
    void add(CallRecord call, Path file, long line) throws CallLogRefused {
      if (call.enteredMs() < 0 || call.endedMs() > nowMs) {
        fault(
            file,
            line,
            "expected a call from 1970 up to now, but got one from "
                + Instant.ofEpochMilli(call.enteredMs())
                + " to "
                + Instant.ofEpochMilli(call.endedMs()));
        return;
      }
      if (!LoadedCall.isName(call.agent()) || !LoadedCall.isName(call.queue())) {
        boolean agent = !LoadedCall.isName(call.agent());
        fault(
            file,
            line,
            "expected a name of "
                + (agent ? "an agent" : "a queue")
                + " of at most "
                + LoadedCall.MAX_NAME
                + " characters without control characters, but got one of "
                + (agent ? call.agent() : call.queue()).length());
        return;
      }
      if (calls.size() == MAX_CALLS) {
        throw new CallLogRefused("Expected at most " + MAX_CALLS + " calls, but there are more");
      }
      String agent = agents.computeIfAbsent(call.agent(), it -> it);
      String queue = queues.computeIfAbsent(call.queue(), it -> it);
      atMost(MAX_AGENTS, agents, "agents", layout.agents());
      atMost(MAX_QUEUES, queues, "queues", layout.queues());
      calls.add(
          new CallRecord(
              call.enteredMs(),
              call.answeredMs(),
              call.endedMs(),
              agent,
              queue,
              call.headStartMs()));
    }

    private static void atMost(int most, Map<String, String> names, String what, String hint)
        throws CallLogRefused {
      if (names.size() > most) {
        throw new CallLogRefused(
            "Expected at most " + most + " " + what + ", but the logs have more" + hint);
      }
    }

    void leaveOut() {
      leftOut++;
    }

    void fault(Path file, long line, String sentence) {
      fault(1, file.getFileName() + ":" + line + ": " + sentence);
    }

    private void fault(long rows, String sentence) {
      faulty += rows;
      if (faults.size() < MAX_FAULTS) {
        faults.add(sentence);
      }
    }

    CallLog log(ZoneId zone) {
      return new CallLog(differing(), zone, rows, leftOut, faulty, faults);
    }

    /** Of calls that do not differ in anything a site's history has no more than so many. */
    private List<CallRecord> differing() {
      long[] entered = calls.stream().mapToLong(CallRecord::enteredMs).sorted().toArray();
      Set<Long> crowded = new HashSet<>();
      for (int i = LoadedCall.MAX_COPIES; i < entered.length; i++) {
        if (entered[i] == entered[i - LoadedCall.MAX_COPIES]) {
          crowded.add(entered[i]);
        }
      }
      if (crowded.isEmpty()) {
        return calls;
      }
      Map<CallRecord, Integer> copies = new LinkedHashMap<>();
      List<CallRecord> kept = new ArrayList<>();
      for (CallRecord call : calls) {
        if (!crowded.contains(call.enteredMs())
            || copies.merge(call, 1, Integer::sum) <= LoadedCall.MAX_COPIES) {
          kept.add(call);
        }
      }
      copies.forEach((call, count) -> {
        if (count > LoadedCall.MAX_COPIES) {
          fault(
              count - LoadedCall.MAX_COPIES,
              "expected at most "
                  + LoadedCall.MAX_COPIES
                  + " calls that do not differ, but got "
                  + count
                  + " that entered at "
                  + Instant.ofEpochMilli(call.enteredMs()));
        }
      });
      return kept;
    }
  }
}

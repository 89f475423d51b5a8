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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.switchwright.domain.estimate.CallRecord;
import org.tukaani.xz.XZInputStream;

/**
 * What was read of call logs.
 *
 * @param calls in the order of the logs
 * @param zone by which the site lives
 * @param rows how many rows (or events) there were
 * @param leftOut rows that the map leaves out, and calls that never asked for an agent
 * @param faulty rows that could not be understood
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

  private static final int MAGIC_BYTES = 6;

  public CallLog {
    calls = List.copyOf(calls);
    faults = List.copyOf(faults);
  }

  /**
   * Reads files, plain or compressed by xz or gzip, one after the other; those of a {@code
   * queue_log} in the order in which they begin, as it may be rotated.
   *
   * @throws CallLogRefused where a file cannot be read, or has not the columns of the map
   */
  public static CallLog read(List<Path> files, CallLogMap map) throws CallLogRefused {
    Gathering gathering = new Gathering();
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

  /** What comes together from one file after the other. */
  static final class Gathering {
    private final List<CallRecord> calls = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long rows;
    private long leftOut;
    private long faulty;

    void row() {
      rows++;
    }

    void add(CallRecord call) throws CallLogRefused {
      if (calls.size() == MAX_CALLS) {
        throw new CallLogRefused("Expected at most " + MAX_CALLS + " calls, but there are more");
      }
      calls.add(call);
    }

    void leaveOut() {
      leftOut++;
    }

    void fault(Path file, long line, String sentence) {
      faulty++;
      if (faults.size() < MAX_FAULTS) {
        faults.add(file.getFileName() + ":" + line + ": " + sentence);
      }
    }

    CallLog log(ZoneId zone) {
      return new CallLog(calls, zone, rows, leftOut, faulty, faults);
    }
  }
}

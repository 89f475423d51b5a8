package org.switchwright.history;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.estimate.PlannedDay;

/**
 * What was read of schedules of staff: how many agents are to be at work, not who.
 *
 * @param days that any shift begins on, in their order
 * @param zone by which the site lives
 * @param rows how many rows there were
 * @param shifts how many of them were shifts
 * @param breaks and how many breaks
 * @param leftOut rows that the map leaves out
 * @param faulty rows that could not be understood
 * @param faults the first of those, at most {@link CallLog#MAX_FAULTS}, as "file:line: sentence"
 */
public record StaffSchedule(
    List<PlannedDay> days,
    ZoneId zone,
    long rows,
    long shifts,
    long breaks,
    long leftOut,
    long faulty,
    List<String> faults) {
  /** Shifts and breaks: ten thousand agents, for a quarter of a year. */
  public static final int MAX_ROWS = 2_000_000;

  public StaffSchedule {
    days = List.copyOf(days);
    faults = List.copyOf(faults);
  }

  /**
   * Reads files, plain or compressed by xz or gzip, and takes them together: a day is planned by
   * the rows of all of them.
   *
   * @throws CallLogRefused where a file cannot be read, is there twice, or has not the columns of
   *     the map
   */
  public static StaffSchedule read(List<Path> files, StaffScheduleMap map) throws CallLogRefused {
    CallLog.eachOnce(files);
    Gathering gathering = new Gathering();
    for (Path file : files) {
      try (Reader reader = CallLog.open(file, map.charset())) {
        new StaffScheduleReader(map, gathering, file).read(reader);
      } catch (IOException | UncheckedIOException e) {
        throw new CallLogRefused("Expected to read " + file + ", but could not: " + e.getMessage());
      }
    }
    return gathering.schedule(map.zone());
  }

  /** What comes together from one file after the other. */
  static final class Gathering {
    final Roster roster = new Roster();
    private final List<String> faults = new ArrayList<>();
    private long rows;
    private long shifts;
    private long breaks;
    private long leftOut;
    private long faulty;

    void row() throws CallLogRefused {
      if (++rows > MAX_ROWS) {
        throw new CallLogRefused("Expected at most " + MAX_ROWS + " rows, but there are more");
      }
    }

    void shift() {
      shifts++;
    }

    void pause() {
      breaks++;
    }

    void leaveOut() {
      leftOut++;
    }

    void fault(String where, String sentence) {
      faulty++;
      if (faults.size() < CallLog.MAX_FAULTS) {
        faults.add(where + ": " + sentence);
      }
    }

    StaffSchedule schedule(ZoneId zone) throws CallLogRefused {
      List<PlannedDay> days;
      try {
        days =
            roster.days(where -> {
              breaks--;
              fault(where, "expected a break within shifts of as many agents");
            });
      } catch (IllegalArgumentException e) {
        throw new CallLogRefused(String.valueOf(e.getMessage()));
      }
      return new StaffSchedule(days, zone, rows, shifts, breaks, leftOut, faulty, faults);
    }
  }
}

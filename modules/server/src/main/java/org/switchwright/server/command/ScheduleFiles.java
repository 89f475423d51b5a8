package org.switchwright.server.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.switchwright.history.CallLogRefused;
import org.switchwright.history.StaffSchedule;
import org.switchwright.history.StaffScheduleMap;

/** Reads schedules of staff, and says what could not be read of them. */
final class ScheduleFiles {
  private ScheduleFiles() {}

  static StaffSchedule read(List<Path> files, Path map, PrintWriter err) {
    try {
      StaffSchedule schedule = StaffSchedule.read(files, StaffScheduleMap.read(map));
      err.printf(
          "%s: %s, %s, %d left out by the map, %d faulty.%n",
          Answers.counted(schedule.rows(), "row"),
          Answers.counted(schedule.shifts(), "shift"),
          Answers.counted(schedule.breaks(), "break"),
          schedule.leftOut(),
          schedule.faulty());
      LogFiles.tell(schedule.faults(), schedule.faulty(), err);
      if (schedule.days().isEmpty()) {
        throw new CommandFailed(ExitCode.FAILED, "Expected shifts, but there are none");
      }
      return schedule;
    } catch (CallLogRefused e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }
}

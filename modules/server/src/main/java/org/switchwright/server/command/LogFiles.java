package org.switchwright.server.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.switchwright.history.CallLog;
import org.switchwright.history.CallLogMap;
import org.switchwright.history.CallLogRefused;

/** Reads call logs, and says what could not be read of them. */
final class LogFiles {
  private static final int SHOWN_FAULTS = 10;

  private LogFiles() {}

  static CallLog read(List<Path> logs, Path map, PrintWriter err) {
    try {
      CallLog log = CallLog.read(logs, CallLogMap.read(map), InstantSource.system().instant());
      err.printf(
          "%s: %s, %d left out by the map, %d faulty.%n",
          Answers.counted(log.rows(), "row"),
          Answers.counted(log.calls().size(), "call"),
          log.leftOut(),
          log.faulty());
      tell(log.faults(), log.faulty(), err);
      if (log.calls().isEmpty()) {
        throw new CommandFailed(ExitCode.FAILED, "Expected calls in the logs, but there are none");
      }
      return log;
    } catch (CallLogRefused e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** The first few of the faults. */
  static void tell(List<String> faults, long count, PrintWriter err) {
    faults.stream().limit(SHOWN_FAULTS).forEach(it -> err.println("  " + it));
    if (count > SHOWN_FAULTS) {
      err.println("  ...");
    }
  }
}

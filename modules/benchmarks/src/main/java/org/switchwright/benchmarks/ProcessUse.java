package org.switchwright.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What Linux says that processes have used; see proc(5). */
final class ProcessUse {
  /** USER_HZ, which is 100 on every architecture that we run on. */
  private static final long MS_PER_TICK = 10;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;

  private ProcessUse() {}

  /** Processor time of one process. */
  static long cpuMs(long pid) {
    return ms(pid, USER_TIME, SYSTEM_TIME);
  }

  /** Processor time of one process, of those it has started, and of those that have ended. */
  static long familyCpuMs(long pid) {
    long own = ms(pid, USER_TIME, SYSTEM_TIME, CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME);
    return own
        + ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToLong(child -> cpuMs(child.pid()))
            .sum();
  }

  /** Processor time of those that this process has started and that have ended. */
  static long endedChildrenCpuMs() {
    return ms(ProcessHandle.current().pid(), CHILDREN_USER_TIME, CHILDREN_SYSTEM_TIME);
  }

  private static long ms(long pid, int... fields) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The name, in brackets, may hold anything.
    List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    long ticks = 0;
    for (int field : fields) {
      ticks += Long.parseLong(words.get(field));
    }
    return ticks * MS_PER_TICK;
  }

  /** Memory that is in use and not swapped out. */
  static long residentMb(long pid) {
    return read(pid, "status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElse(0)
        / 1024;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
        return "";
      }
      throw new IllegalStateException("Expected to read about process " + pid, e);
    }
  }
}

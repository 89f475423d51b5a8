package org.switchwright.journal.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The postmaster that lives on when the server that started it was killed. It is stopped and
 * started anew rather than adopted, so that it always runs with the settings of today.
 */
final class OldPostmaster {
  private static final Logger LOG = LoggerFactory.getLogger(OldPostmaster.class);
  private static final Duration FAST_WAIT = Duration.ofSeconds(20);
  private static final Duration IMMEDIATE_WAIT = Duration.ofSeconds(20);

  private OldPostmaster() {}

  static void stop(Path data) throws IOException {
    Optional<ProcessHandle> running = find(data);
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle postmaster = running.get();
    LOG.info("Stopping a PostgreSQL left over from an earlier run, process {}", postmaster.pid());
    // PostgreSQL's words: INT is a fast shutdown, QUIT an immediate one that recovers at the start.
    if (!signal(postmaster, "INT", FAST_WAIT) && !signal(postmaster, "QUIT", IMMEDIATE_WAIT)) {
      throw new IOException(
          "Expected the old PostgreSQL, process " + postmaster.pid() + ", to stop, but it goes on");
    }
  }

  /** The living process of {@code postmaster.pid}, if it is truly the one of this directory. */
  static Optional<ProcessHandle> find(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> worksIn(process, data));
  }

  /**
   * A process number is used again after a reboot: a postmaster's working directory is its data.
   */
  private static boolean worksIn(ProcessHandle process, Path data) {
    try {
      Path directory = Path.of("/proc/" + process.pid() + "/cwd").toRealPath();
      return directory.equals(data.toRealPath());
    } catch (IOException e) {
      LOG.debug("Process {} is not to be looked into", process.pid(), e);
      return false;
    }
  }

  private static boolean signal(ProcessHandle process, String signal, Duration wait)
      throws IOException {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("PostgreSQL did not stop within {} after signal {}", wait, signal);
      return false;
    } catch (ExecutionException e) {
      throw new IOException("Expected to see PostgreSQL stop, but could not wait for it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was stopping", e);
    }
  }
}

package org.switchwright.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One sipp on 127.0.0.1 with a scenario of ours; all that it writes stays in a folder. */
final class Sipp implements AutoCloseable {
  /** Calls at once; below sipp's own limit of open files. */
  private static final int MAX_CALLS = 10_000;

  private final Process process;
  private final Path folder;
  private final int port;

  private Sipp(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * @param folder made here, for what it writes
   * @param scenario a resource beside this class
   */
  static Sipp start(Path folder, String scenario, Plan plan, String... options) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("scenario.xml");
    try (InputStream in =
        Objects.requireNonNull(Sipp.class.getResourceAsStream(scenario + ".xml"), scenario)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(file, text.replace("HOLD_MS", Long.toString(plan.hold().toMillis())));
    }
    int port = FreePort.udp();
    List<String> command = new ArrayList<>(List.of(Program.sipp().toString()));
    command.addAll(List.of("-sf", file.toString(), "-i", "127.0.0.1", "-p", "" + port));
    command.addAll(List.of("-nostdin", "-l", "" + MAX_CALLS, "-fd", "1"));
    command.addAll(List.of("-trace_err", "-error_file", folder.resolve("errors").toString()));
    command.addAll(List.of("-trace_stat", "-stf", folder.resolve("counts").toString()));
    command.addAll(List.of("-trace_logs", "-log_file", folder.resolve("notes").toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TERM", "dumb");
    builder.redirectOutput(folder.resolve("screen").toFile()).redirectInput(new File("/dev/null"));
    return new Sipp(builder.start(), folder, port);
  }

  int port() {
    return port;
  }

  long cpuMs() {
    return ProcessUse.cpuMs(process.pid());
  }

  void awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
    }
  }

  /** The calls that it has begun, and those that did not go as the scenario says. */
  record Counts(long calls, long failed) {}

  Counts counts() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("counts"));
    List<String> names = List.of(lines.getFirst().split(";", -1));
    List<String> values = List.of(lines.getLast().split(";", -1));
    return new Counts(
        Long.parseLong(values.get(names.indexOf("TotalCallCreated"))),
        Long.parseLong(values.get(names.indexOf("FailedCall(C)"))));
  }

  /** What its scenario noted, one line each. */
  Stream<String> notes() throws IOException {
    Path notes = folder.resolve("notes");
    return Files.exists(notes) ? Files.readAllLines(notes).stream() : Stream.empty();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}

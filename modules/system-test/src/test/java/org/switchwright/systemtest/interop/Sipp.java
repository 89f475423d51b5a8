package org.switchwright.systemtest.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.switchwright.systemtest.Ports;

/**
 * One sipp on 127.0.0.1 with a scenario of ours. What it noted (the {@code <log>} actions of the
 * scenario), counted and complained of stays in {@code target/sipp}.
 */
final class Sipp implements AutoCloseable {
  private final Process process;
  private final Path output;
  private final int port;

  private Sipp(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** What is started with {@link #start}. */
  static final class Plan {
    private final String scenario;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> replacements = new LinkedHashMap<>();
    private boolean allMessages;

    private Plan(String scenario) {
      this.scenario = scenario;
    }

    Plan with(String... more) {
      options.addAll(List.of(more));
      return this;
    }

    /** What stands in the scenario where sipp knows no variable. */
    Plan replacing(String placeholder, String text) {
      replacements.put(placeholder, text);
      return this;
    }

    /** So many calls, then it ends. */
    Plan calls(int number) {
      return with("-m", Integer.toString(number));
    }

    /** Keeps every message; too much for a load. */
    Plan keepingMessages() {
      allMessages = true;
      return this;
    }

    Sipp start() throws IOException {
      String sipp = Tools.path("sipp", "sip-tester");
      Path output = Files.createDirectories(Path.of("target", "sipp"));
      Path folder = Files.createTempDirectory(output.toAbsolutePath(), scenario + "-");
      Path file = folder.resolve(scenario + ".xml");
      try (InputStream in = Sipp.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
        if (in == null) {
          throw new IOException("Expected a scenario " + scenario + ", but there is none");
        }
        String text = new String(in.readAllBytes(), UTF_8);
        for (var replacement : replacements.entrySet()) {
          text = text.replace(replacement.getKey(), replacement.getValue());
        }
        Files.writeString(file, text);
      }
      int port = Ports.udp("127.0.0.1");
      List<String> command =
          new ArrayList<>(
              List.of(sipp, "-sf", file.toString(), "-i", "127.0.0.1", "-ci", "127.0.0.1"));
      command.addAll(List.of("-p", Integer.toString(port), "-nostdin", "-timeout", "300s"));
      command.addAll(List.of("-trace_err", "-error_file", folder.resolve("errors").toString()));
      command.addAll(List.of("-trace_stat", "-stf", folder.resolve("counts.csv").toString()));
      command.addAll(List.of("-trace_logs", "-log_file", folder.resolve("notes").toString()));
      if (allMessages) {
        command.addAll(List.of("-trace_msg", "-message_file", folder.resolve("sip").toString()));
      }
      command.addAll(options);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("TERM", "dumb");
      builder.redirectErrorStream(true).redirectOutput(folder.resolve("screen").toFile());
      builder.redirectInput(new File("/dev/null"));
      return new Sipp(builder.start(), folder, port);
    }
  }

  static Plan scenario(String name) {
    return new Plan(name);
  }

  int port() {
    return port;
  }

  /** What the scenario noted so far, each line one note. */
  List<String> notes() {
    Path notes = output.resolve("notes");
    try {
      return Files.exists(notes)
          ? Arrays.stream(Files.readString(notes, UTF_8).split("\n", -1))
              .filter(line -> !line.isBlank())
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new IllegalStateException("Expected to read " + notes, e);
    }
  }

  /** The notes that begin with this word, without it. */
  List<String> notes(String word) {
    return notes().stream()
        .filter(line -> line.startsWith(word + " "))
        .map(line -> line.substring(word.length() + 1))
        .toList();
  }

  /**
   * Waits until all calls are over.
   *
   * @return sipp's exit code: 0 where each call went as its scenario says
   */
  int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Expected sipp to end within " + atMost + ": see " + output);
    }
    return process.exitValue();
  }

  /** Where everything is that this sipp wrote. */
  Path output() {
    return output;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    Tools.stop(process);
  }
}

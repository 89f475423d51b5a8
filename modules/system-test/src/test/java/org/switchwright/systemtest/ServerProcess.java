package org.switchwright.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server in a process of its own, which can be killed. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Returns when it takes calls. */
  public static ServerProcess start(Path configuration, Path log) throws IOException {
    return start(List.of("run", "--config", configuration.toString()), log.getParent(), log);
  }

  /**
   * Returns when it takes calls.
   *
   * @param home where it keeps what no configuration says otherwise of
   */
  static ServerProcess start(List<String> arguments, Path home, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            // A short life on a busy machine: compilers must not take the cores from the work.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", classPath(), "org.switchwright.server.Main"));
    command.addAll(arguments);
    Files.deleteIfExists(log);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SWITCHWRIGHT_HOME", home.toString());
    Process process = builder.start();
    ServerProcess server = new ServerProcess(process, log);
    Awaitility.await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .until(server::hasStartedOrDied);
    if (!process.isAlive()) {
      throw new IllegalStateException("Expected a running server, but it said: " + server.said());
    }
    return server;
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private boolean hasStartedOrDied() throws IOException {
    return !process.isAlive() || said().contains("./switchwright top");
  }

  String said() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** As if the power had gone: {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Expected a killed server to be gone, but it is not");
    }
  }

  /** It stands still, connections and all, until it is resumed. */
  void pause() throws Exception {
    signal("STOP");
  }

  void resume() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IllegalStateException("Expected to send " + name + ", but could not");
    }
  }

  /** Tells it to stop in order, and does not wait. */
  void endLater() {
    process.destroy();
  }

  @Override
  public void close() throws InterruptedException {
    endLater();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      kill();
    }
  }
}

package org.switchwright.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server in a process of its own, which can be killed. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  /** The one, of those that run, that archives its classes for later ones. */
  private static Optional<Process> archivist = Optional.empty();

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Returns when it takes calls. */
  public static ServerProcess start(Path configuration, Path log) throws IOException {
    return begin(configuration, log).awaitStarted();
  }

  /** Starts it and does not wait, so that several can start at the same time. */
  static ServerProcess begin(Path configuration, Path log) throws IOException {
    return begin(List.of("run", "--config", configuration.toString()), log.getParent(), log);
  }

  /**
   * Returns when it takes calls.
   *
   * @param home where it keeps what no configuration says otherwise of
   */
  static ServerProcess start(List<String> arguments, Path home, Path log) throws IOException {
    return begin(arguments, home, log).awaitStarted();
  }

  private static ServerProcess begin(List<String> arguments, Path home, Path log)
      throws IOException {
    Files.deleteIfExists(log);
    synchronized (ServerProcess.class) {
      boolean archiving = archivist.map(it -> !it.isAlive()).orElse(true);
      ProcessBuilder builder =
          new ProcessBuilder(ServerCommand.of(arguments, archiving))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("SWITCHWRIGHT_HOME", home.toString());
      Process process = builder.start();
      if (archiving) {
        archivist = Optional.of(process);
      }
      return new ServerProcess(process, log);
    }
  }

  /** Returns when it takes calls. One that died meanwhile is an error. */
  ServerProcess awaitStarted() throws IOException {
    Awaitility.await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .until(this::hasStartedOrDied);
    if (!process.isAlive()) {
      throw new IllegalStateException("Expected a running server, but it said: " + said());
    }
    return this;
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

  /** Stops them in order, all at the same time. */
  static void closeAll(List<ServerProcess> servers) throws InterruptedException {
    servers.forEach(ServerProcess::endLater);
    for (ServerProcess server : servers) {
      server.close();
    }
  }

  @Override
  public void close() throws InterruptedException {
    endLater();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      kill();
    }
  }
}

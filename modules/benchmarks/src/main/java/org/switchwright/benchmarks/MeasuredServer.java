package org.switchwright.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a process of its own, whose processor time and that of its database are read apart.
 */
final class MeasuredServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final Process process;

  private MeasuredServer(Process process) {
    this.process = process;
  }

  static MeasuredServer start(Path configuration, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.switchwright.server.Main",
                "run",
                "--config",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + START.toNanos();
    while (!Files.exists(log) || !Files.readString(log).contains("./switchwright top")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("Expected a server, but it said: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return new MeasuredServer(process);
  }

  /** Processor time used so far: the server's own, and its database's. */
  record Cpu(Duration server, Duration database) {
    Cpu minus(Cpu before) {
      return new Cpu(server.minus(before.server), database.minus(before.database));
    }
  }

  Cpu cpu() {
    List<ProcessHandle> others = process.descendants().toList();
    Duration database =
        others.stream().map(MeasuredServer::cpu).reduce(Duration.ZERO, Duration::plus);
    return new Cpu(cpu(process.toHandle()), database);
  }

  private static Duration cpu(ProcessHandle handle) {
    return handle.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(40, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}

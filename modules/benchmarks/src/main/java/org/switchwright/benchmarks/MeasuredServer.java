package org.switchwright.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, started as the launcher starts it, whose use of processor and
 * memory is read apart from its database's.
 */
final class MeasuredServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern USED = Pattern.compile("used (\\d+)([KM])");

  private final Process process;
  private final SiteFile site;
  private final long postmaster;

  private MeasuredServer(Process process, SiteFile site, long postmaster) {
    this.process = process;
    this.site = site;
    this.postmaster = postmaster;
  }

  static MeasuredServer start(SiteFile site, Plan plan) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseZGC", "-Xms256m", "-Xmx2g", "-Djava.awt.headless=true"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(plan.serverOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.switchwright.server.Main", "run"));
    command.addAll(List.of("--config", site.file().toString()));
    Path log = site.home().resolve("server.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.redirectOutput(log.toFile()).start();
    try {
      awaitStart(process, log);
      Path pid = site.data().resolve("postgresql").resolve("data").resolve("postmaster.pid");
      return new MeasuredServer(
          process, site, Long.parseLong(Files.readAllLines(pid).getFirst().strip()));
    } catch (IOException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  private static void awaitStart(Process process, Path log) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!Files.readString(log).contains("./switchwright top")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("Expected a server, but it said: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  SiteFile site() {
    return site;
  }

  long cpuMs() {
    return ProcessUse.cpuMs(process.pid());
  }

  long databaseCpuMs() {
    return ProcessUse.familyCpuMs(postmaster);
  }

  long residentMb() {
    return ProcessUse.residentMb(process.pid());
  }

  /** What is left of the heap after all that is unused was freed. */
  double liveHeapMb() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("Expected jcmd to tell how much of the heap is used");
    }
    return Double.parseDouble(used.group(1)) / (used.group(2).equals("K") ? 1024 : 1);
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
    asked.waitFor();
    return answer;
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

package org.switchwright.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Calls at a steady rate to one address, and what they cost on both sides and between. */
final class Callers {
  /** How long a caller may wait, and everything that is still to be done after the last call. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Read models and settlements follow the calls within this, and belong to them. */
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  private final Path home;
  private final Plan plan;
  private final String target;
  private final Sipp agents;
  private final Optional<MeasuredServer> server;
  private int runs;

  Callers(Path home, Plan plan, String target, Sipp agents, Optional<MeasuredServer> server) {
    this.home = home;
    this.plan = plan;
    this.target = target;
    this.agents = agents;
    this.server = server;
  }

  Rung call(int rate, int seconds) throws IOException, InterruptedException {
    runs++;
    double serverBefore = serverCpuMs();
    double databaseBefore = databaseCpuMs();
    double callersBefore = ProcessUse.endedChildrenCpuMs();
    double agentsBefore = agents.cpuMs();
    int calls = rate * seconds;
    String[] options = {
      "-s", "sales", "-r", Integer.toString(rate), "-m", Integer.toString(calls), target
    };
    try (Sipp sipp = Sipp.start(home.resolve("callers-" + runs), "caller", plan, options)) {
      sipp.awaitEnd(Duration.ofSeconds(seconds).plus(plan.hold()).plus(PATIENCE));
      LockSupport.parkNanos(AFTERWARDS.toNanos());
      Rung.Use use =
          new Rung.Use(
              (serverCpuMs() - serverBefore) / calls,
              (databaseCpuMs() - databaseBefore) / calls,
              (ProcessUse.endedChildrenCpuMs() - callersBefore) / calls,
              (agents.cpuMs() - agentsBefore) / calls,
              server.map(MeasuredServer::residentMb).map(Long::doubleValue).orElse(Double.NaN));
      return Rung.of(rate, sipp, agents, use);
    }
  }

  private double serverCpuMs() {
    return server.map(MeasuredServer::cpuMs).map(Long::doubleValue).orElse(Double.NaN);
  }

  private double databaseCpuMs() {
    return server.map(MeasuredServer::databaseCpuMs).map(Long::doubleValue).orElse(Double.NaN);
  }
}

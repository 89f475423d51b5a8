package org.switchwright.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Calls through one node on one machine that also plays all callers and all phones, beside the same
 * callers and phones without it; by a controller beside the same calls at their site; a controller
 * that follows sites beside one that follows none; then the journal, beside pgbench with the same
 * row. Each figure has its reference in the same run.
 */
public final class Benchmark {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  /** A cold server takes less; the first calls compile it. */
  private static final int FIRST_RATE = 40;

  private static final int FIRST_SECONDS = 15;
  private static final int WARM_UP_RATE = 80;
  private static final int WARM_UP_SECONDS = 30;
  private static final int DIRECT_RATE = 200;
  private static final int DIRECT_SECONDS = 5;

  private final Plan plan;
  private final Path home;
  private Optional<Rung> direct = Optional.empty();

  private Benchmark(Plan plan, Path home) {
    this.plan = plan;
    this.home = home;
  }

  public static void main(String[] arguments) throws Exception {
    Plan plan = Plan.ofProperties();
    Program.sipp();
    Path pgbench = Program.pgbench();
    Path home = Files.createTempDirectory("switchwright-benchmark-");
    System.err.println("What the tools write is in " + home);
    OUT.printf("%d processors, %d MB%n", Runtime.getRuntime().availableProcessors(), memoryMb());
    Benchmark benchmark = new Benchmark(plan, home);
    if (plan.has("direct")) {
      benchmark.direct();
    }
    if (plan.has("calls")) {
      benchmark.calls();
    }
    if (plan.has("handover")) {
      new Handover(Files.createDirectories(home.resolve("handover")), plan, OUT).run();
    }
    if (plan.has("following")) {
      new Following(Files.createDirectories(home.resolve("following")), plan, OUT).run();
    }
    if (plan.has("journal")) {
      new JournalComparison(home.resolve("journal"), pgbench, OUT).run();
    }
  }

  private static long memoryMb() {
    return ((com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize()
        >> 20;
  }

  private void direct() throws Exception {
    try (Sipp agents = Sipp.start(home.resolve("direct-agents"), "agent", plan)) {
      OUT.println("\nsipp to sipp, the same callers and phones without us");
      Rung.printHead(OUT);
      Callers callers =
          new Callers(
              home.resolve("direct"), plan, "127.0.0.1:" + agents.port(), agents, Optional.empty());
      Rung rung = callers.call(DIRECT_RATE, DIRECT_SECONDS);
      rung.print(OUT);
      direct = Optional.of(rung);
    }
  }

  private void calls() throws Exception {
    SiteFile site = SiteFile.write(Files.createDirectories(home.resolve("site")), plan);
    try (MeasuredServer server = MeasuredServer.start(site, plan);
        Sipp agents = Sipp.start(home.resolve("agents"), "agent", plan)) {
      long began = System.nanoTime();
      new Seating(site, plan).seat(agents.port());
      OUT.printf(
          "%nthrough Switchwright: %d agents, ready after %.1f s, who answer at once; calls held"
              + " %d ms; wrap-up 0; UDP on loopback; no RTP; %d s a rate after a warm-up of %d s%n",
          plan.agents(),
          (System.nanoTime() - began) / 1e9,
          plan.hold().toMillis(),
          plan.seconds(),
          FIRST_SECONDS + WARM_UP_SECONDS);
      Callers callers =
          new Callers(home.resolve("calls"), plan, site.edge(), agents, Optional.of(server));
      callers.call(FIRST_RATE, FIRST_SECONDS);
      callers.call(WARM_UP_RATE, WARM_UP_SECONDS);
      ladder(callers);
    }
  }

  private void ladder(Callers callers) throws Exception {
    Rung.printHead(OUT);
    Optional<Rung> best = Optional.empty();
    for (int rate : plan.rates()) {
      Rung rung = callers.call(rate, plan.seconds());
      rung.print(OUT);
      if (!rung.sustained()) {
        break;
      }
      best = Optional.of(rung);
    }
    best.ifPresentOrElse(this::conclude, () -> OUT.println("sustained: none of these rates"));
  }

  private void conclude(Rung best) {
    OUT.printf("sustained with less than 0.1%% failed: %d calls/s", best.offered());
    direct.ifPresent(it ->
        OUT.printf(
            "; beside sipp direct: INVITE to 200 p50 %.0f times, p99 %.0f times, CPU a call of"
                + " server and database %.0f times both sides'",
            best.setup().p50() / it.setup().p50(),
            best.setup().p99() / it.setup().p99(),
            (best.use().server() + best.use().database())
                / (it.use().callers() + it.use().agents())));
    OUT.println();
  }
}

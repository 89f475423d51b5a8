package org.switchwright.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * One rate of calls, measured.
 *
 * @param offered new calls a second
 * @param answered answers a second, from the first to the last
 * @param setup caller's INVITE to caller's 200, ms
 * @param offer caller's INVITE to agent's INVITE, ms
 * @param use processor time a call, ms, and memory
 */
record Rung(
    int offered,
    double answered,
    Sipp.Counts counts,
    Percentiles setup,
    Percentiles offer,
    Use use) {
  private static final double MAX_FAILED_PERCENT = 0.1;
  private static final double KEPT = 0.97;

  /** NaN where there is no server. */
  record Use(
      double server, double database, double callers, double agents, double serverResidentMb) {}

  /** Puts together what callers and agents noted: whose call, and when. */
  static Rung of(int offered, Sipp callers, Sipp agents, Use use) throws IOException {
    Map<String, Double> offeredAt = new HashMap<>();
    agents
        .notes()
        .map(line -> line.split(" ", -1))
        .forEach(words -> offeredAt.putIfAbsent(words[0], seconds(words, 1)));
    List<Double> answers = new ArrayList<>();
    DoubleStream.Builder setups = DoubleStream.builder();
    DoubleStream.Builder offers = DoubleStream.builder();
    for (String[] words : callers.notes().map(line -> line.split(" ", -1)).toList()) {
      double called = seconds(words, 1);
      answers.add(seconds(words, 3));
      setups.add(1e3 * (seconds(words, 3) - called));
      Double reached = offeredAt.get(words[0]);
      if (reached != null) {
        offers.add(1e3 * (reached - called));
      }
    }
    answers.sort(null);
    double span = answers.isEmpty() ? 0 : answers.getLast() - answers.getFirst();
    return new Rung(
        offered,
        span == 0 ? 0 : (answers.size() - 1) / span,
        callers.counts(),
        Percentiles.of(setups.build()),
        Percentiles.of(offers.build()),
        use);
  }

  private static double seconds(String[] words, int first) {
    return Double.parseDouble(words[first]) + Double.parseDouble(words[first + 1]) / 1e6;
  }

  double failedPercent() {
    return counts.calls() == 0 ? 100 : 100.0 * counts.failed() / counts.calls();
  }

  /** Whether the rate was kept with hardly a call lost. */
  boolean sustained() {
    return failedPercent() < MAX_FAILED_PERCENT && answered >= KEPT * offered;
  }

  static void printHead(PrintStream out) {
    out.println("calls/s  calls/s           failed   INVITE to 200  to agent INVITE");
    out.print("offered  answered   calls       %   p50 ms  p99 ms   p50 ms  p99 ms");
    out.println("  CPU ms/call: server database callers agents  server MB");
  }

  void print(PrintStream out) {
    String line =
        "%7d %9.1f %7d %7.2f %8.2f %7.1f %8.2f %7.1f %20.2f %8.2f %7.2f %6.2f %10.0f"
            .formatted(
                offered,
                answered,
                counts.calls(),
                failedPercent(),
                setup.p50(),
                setup.p99(),
                offer.p50(),
                offer.p99(),
                use.server(),
                use.database(),
                use.callers(),
                use.agents(),
                use.serverResidentMb());
    out.println(line.replace("NaN", "  -"));
  }
}

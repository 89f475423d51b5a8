package org.switchwright.benchmarks.estimate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.switchwright.domain.estimate.SiteHistory;
import org.switchwright.history.CallLog;
import org.switchwright.history.CallLogMap;
import org.switchwright.simulation.rehearsal.Rehearsal;
import org.switchwright.simulation.rehearsal.RehearsalReport;

/**
 * Prints what a cut of a status link costs callers under each practice, as a table in Markdown: see
 * docs/estimates.md. The logs are not part of this repository: their folder or files and their map
 * are given.
 */
public final class RehearsalBenchmark {
  private RehearsalBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> logs = Arrays.stream(required("logs").split(",")).map(Path::of).toList();
    CallLog log = CallLog.read(logs, CallLogMap.read(Path.of(required("map"))), Instant.now());
    System.err.printf(
        "%d rows: %d calls, %d left out by the map, %d faulty.%n",
        log.rows(), log.calls().size(), log.leftOut(), log.faulty());
    Rehearsal.Plan plan =
        new Rehearsal.Plan(
            day("from"),
            day("to") + 1,
            Integer.getInteger("sites", 3),
            Arrays.stream(System.getProperty("cuts", "10:00,14:00,18:00").split(","))
                .map(LocalTime::parse)
                .toList(),
            Arrays.stream(System.getProperty("minutes", "30,240").split(","))
                .map(it -> Duration.ofMinutes(Long.parseLong(it)))
                .toList(),
            Integer.getInteger("particles", 100),
            Long.getLong("seed", 1L));
    long begun = System.nanoTime();
    SiteHistory history = SiteHistory.of(log.calls(), log.zone());
    RehearsalReport report =
        new Rehearsal(history, plan)
            .run(day -> System.err.println(LocalDate.ofEpochDay(day) + " played"));
    System.out.print(table(report));
    System.err.printf(Locale.ROOT, "Took %.0f s.%n", (System.nanoTime() - begun) / 1_000_000_000.0);
  }

  private static int day(String name) {
    return (int) LocalDate.parse(required(name)).toEpochDay();
  }

  private static String required(String name) {
    String given = System.getProperty(name, "");
    if (given.isEmpty()) {
      throw new IllegalArgumentException("Expected -D" + name + "=..., but got none");
    }
    return given;
  }

  static String table(RehearsalReport report) {
    StringBuilder text = new StringBuilder();
    Rehearsal.Plan plan = report.plan();
    text.append(
        String.format(
            Locale.ROOT,
            "%d days from %s to %s, %d sites, the link to one of them cut at %s; %d particles%n%n",
            report.days(),
            LocalDate.ofEpochDay(plan.fromDay()),
            LocalDate.ofEpochDay(plan.toDay() - 1L),
            plan.sites(),
            plan.cutsAt(),
            plan.particles()));
    text.append("| cut | by | calls | wait | extra wait | gave up | sent to the cut site |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    for (RehearsalReport.Row row : report.rows()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %d min | %s | %d | %.1f s | %+.1f s [%+.1f,%+.1f] | %.1f%% | %.1f%% |%n",
              row.length().toMinutes(),
              row.practice().text(),
              row.calls(),
              row.waitSeconds(),
              row.extra().value(),
              row.extra().low(),
              row.extra().high(),
              100 * row.abandonedShare(),
              100 * row.toCutShare()));
    }
    text.append('\n');
    text.append(whole("As recorded", report.recorded()));
    text.append(whole("Played with nobody sent elsewhere", report.alone()));
    return text.toString();
  }

  private static String whole(String what, RehearsalReport.Recorded it) {
    return String.format(
        Locale.ROOT,
        "%s: %d calls of whole days waited for %.1f s, %.1f%% gave up.%n",
        what,
        it.calls(),
        it.waitSeconds(),
        100 * it.abandonedShare());
  }
}

package org.switchwright.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.switchwright.journal.database.Database;
import org.switchwright.journal.database.DatabaseSettings;
import org.switchwright.journal.database.EmbeddedPostgres;
import org.switchwright.journal.database.Schema;

/**
 * How many events a second our journal takes, beside how many such rows pgbench inserts into the
 * same table of the same database.
 */
final class JournalComparison {
  private static final List<Integer> IN_FLIGHT = List.of(1, 8, 32, 128, 400);
  private static final List<Integer> CLIENTS = List.of(8, 16, 32);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration EACH = Duration.ofSeconds(4);

  private final Path home;
  private final PgBench pgbench;
  private final PrintStream out;

  JournalComparison(Path home, Path pgbench, PrintStream out) {
    this.home = home;
    this.pgbench = new PgBench(pgbench, home);
    this.out = out;
  }

  void run() throws Exception {
    Files.createDirectories(home);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgresql"), 0)) {
      DatabaseSettings settings = postgres.settings();
      Database.open(settings.withPoolSize(1), Schema.JOURNAL).close();
      out.printf(
          "%nthe journal: %d persistent actors, an event of %d bytes each time%n",
          JournalWriters.ACTORS, JournalWriters.payload().length);
      double ours = ours(settings);
      double theirs = theirs(postgres);
      out.printf(
          Locale.ROOT,
          "best of ours to best of pgbench: %.0f to %.0f events/s, %.2f times%n",
          ours,
          theirs,
          ours / theirs);
    }
  }

  private double ours(DatabaseSettings settings) throws Exception {
    double best = 0;
    try (JournalWriters writers = JournalWriters.start(settings)) {
      writers.write(400, WARM_UP);
      for (int inFlight : IN_FLIGHT) {
        double rate = writers.write(inFlight, EACH);
        print(inFlight + " in flight", rate, 1e3 * inFlight / rate);
        best = Math.max(best, rate);
      }
    }
    return best;
  }

  private double theirs(EmbeddedPostgres postgres) throws Exception {
    double best = 0;
    for (int clients : CLIENTS) {
      double rate = pgbench.insert(postgres, clients, EACH);
      print("pgbench, " + clients + " clients", rate, 1e3 * clients / rate);
      best = Math.max(best, rate);
    }
    return best;
  }

  private void print(String what, double rate, double meanMs) {
    out.printf(Locale.ROOT, "%-22s %8.0f events/s   mean %6.2f ms%n", what, rate, meanMs);
  }
}

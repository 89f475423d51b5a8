package org.switchwright.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.switchwright.journal.database.EmbeddedPostgres;

/** PostgreSQL's own benchmark, with the row that our journal writes; one insert a transaction. */
final class PgBench {
  private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");

  private final Path program;
  private final Path home;

  PgBench(Path program, Path home) {
    this.program = program;
    this.home = home;
  }

  /** Rows a second. */
  double insert(EmbeddedPostgres postgres, int clients, Duration time)
      throws IOException, InterruptedException {
    Path script = home.resolve("insert.sql");
    Files.writeString(script, script());
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + clients,
                    "--jobs=2",
                    "--time=" + time.toSeconds(),
                    "--define=run=" + clients,
                    "--define=n=0",
                    "--file=" + script,
                    "--host=127.0.0.1",
                    "--port=" + postgres.port(),
                    "--username=" + EmbeddedPostgres.USER,
                    EmbeddedPostgres.DATABASE))
            .redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", postgres.settings().password());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(said);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IOException("Expected pgbench to tell a rate, but it said: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private static String script() {
    return """
    \\set entity random(1, %d)
    \\set n :n + 1
    INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer,
      write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
    VALUES ('pgbench-' || :run || '-' || :client_id || '-' || :entity, :n, false,
      'b5c7c1a0-5b0e-4a53-9a3b-0d6f3c1e7a11', 1769860800123, '', 7001, '%s',
      '\\x%s');
    """
        .formatted(
            JournalWriters.ACTORS,
            JournalWriters.manifest(),
            HexFormat.of().formatHex(JournalWriters.payload()));
  }
}

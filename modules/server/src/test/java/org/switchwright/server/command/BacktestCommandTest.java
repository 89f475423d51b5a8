package org.switchwright.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchwright.domain.estimate.Backtest;
import org.switchwright.domain.estimate.BacktestReport;
import org.switchwright.domain.estimate.ObservationLevel;
import org.switchwright.domain.estimate.Quantity;
import picocli.CommandLine;

class BacktestCommandTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log = Path.of("log");
  private Path map = Path.of("map");

  @BeforeEach
  void writeLogAndMap() throws Exception {
    map =
        Files.writeString(
            folder.resolve("map.conf"),
            """
            zone = "UTC"
            delimited {
              time-pattern = "yyyy-MM-dd HH:mm:ss"
              entered = entered, answered = answered, ended = ended
              agent { column = agent }
              queue = queue
            }
            """);
    log = Files.writeString(folder.resolve("log.csv"), log());
  }

  /** Six agents, a call a minute in a fixed pattern, on the working days of three weeks. */
  private static String log() {
    StringBuilder text = new StringBuilder("entered,queue,agent,answered,ended\n");
    for (int day = 0; day < 19; day++) {
      if (day % 7 >= 5) {
        continue;
      }
      LocalDateTime[] free = new LocalDateTime[6];
      java.util.Arrays.fill(free, FIRST.plusDays(day).atTime(8, 0));
      for (int i = 0; i < 600; i++) {
        LocalDateTime entered =
            FIRST.plusDays(day).atTime(8, 0).plusSeconds(60L * i + i * 7919 % 60);
        int agent = i % 6;
        LocalDateTime answered = free[agent].isAfter(entered) ? free[agent] : entered;
        free[agent] = answered.plusSeconds(120 + i * 104_729L % 300);
        text.append(TIME.format(entered)).append(",help,a").append(agent).append(',');
        text.append(TIME.format(answered))
            .append(',')
            .append(TIME.format(free[agent]))
            .append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void shouldTellHowGoodEstimatesWouldHaveBeen() {
    assertThat(run("--from", "2026-03-16", "--to", "2026-03-17")).isZero();

    assertThat(out.toString())
        .contains("on 2 days from 2026-03-16 to 2026-03-17, one every 90 min; level B, share 1.0")
        .contains("logged-in", "busy", "waiting", "expected-wait", "service-level")
        .contains("Regret in seconds per call");
    assertThat(err.toString()).contains("9000 rows: 9000 calls, 0 left out by the map, 0 faulty.");
  }

  @Test
  void shouldTellItToPrograms() throws Exception {
    assertThat(run("--from", "2026-03-16", "--to", "2026-03-17", "--level", "c", "-o", "json"))
        .isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("level").asText()).isEqualTo("C");
    assertThat(json.path("days").asInt()).isEqualTo(2);
    assertThat(json.path("rows")).hasSize(25);
    JsonNode busy = json.path("rows").get(6);
    assertThat(busy.path("quantity").asText()).isEqualTo("busy");
    assertThat(busy.path("horizonMinutes").asInt()).isEqualTo(5);
    assertThat(busy.path("meanAbsoluteError").asDouble()).isLessThan(1e-6);
    assertThat(busy.path("blend").path("skill").asDouble()).isGreaterThan(0.99);
  }

  @Test
  void shouldPrintTheSameAgain() {
    String[] arguments = {"--from", "2026-03-16", "--to", "2026-03-16", "-o", "json"};
    run(arguments);
    String first = out.toString();
    out.getBuffer().setLength(0);
    run(arguments);

    assertThat(out.toString()).isNotEmpty().isEqualTo(first);
  }

  /** Half of the agents go at noon, which the schedule says, and no day before. */
  @Test
  void shouldGoByASchedule() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String line : log().split("\n")) {
      boolean afternoon =
          line.compareTo("2026-03-17 12:00:00") >= 0 && line.startsWith("2026-03-17");
      if (!afternoon || !line.matches(".*,a[345],.*")) {
        text.append(line).append('\n');
      }
    }
    Files.writeString(log, text);
    Path schedule =
        Files.writeString(
            folder.resolve("schedule.csv"),
            """
            from,to,agents
            2026-03-17 08:00,2026-03-17 12:00,6
            2026-03-17 12:00,2026-03-17 18:00,3
            """);
    String shifts =
        "schedule { time-pattern = \"yyyy-MM-dd HH:mm\", from = from, to = to, agents = agents }";
    Path utc = Files.writeString(folder.resolve("utc.conf"), "zone = UTC\n" + shifts);
    Path vienna = Files.writeString(folder.resolve("v.conf"), "zone = Europe/Vienna\n" + shifts);
    String[] days = {"--from", "2026-03-17", "--to", "2026-03-17", "-o", "json"};

    assertThat(run(days)).isZero();
    double without = errorOfLoggedIn();
    assertThat(run(with(days, "--schedule", schedule, "--schedule-map", utc))).isZero();
    double with = errorOfLoggedIn();

    assertThat(err.toString())
        .contains("2 rows: 2 shifts, 0 breaks, 0 left out by the map, 0 faulty.");
    assertThat(with).isLessThan(0.5 * without);
    assertThat(run(with(days, "--schedule", schedule, "--schedule-map", vienna)))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("Expected a schedule by the clocks of the log, UTC");
    assertThat(run(with(days, "--schedule", schedule))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Expected --schedule and --schedule-map together");
  }

  private static String[] with(String[] arguments, Object... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(arguments), java.util.Arrays.stream(more).map(Object::toString))
        .toArray(String[]::new);
  }

  /** After an hour; what is printed next is another answer. */
  private double errorOfLoggedIn() throws Exception {
    JsonNode row = new ObjectMapper().readTree(out.toString()).path("rows").get(3);
    out.getBuffer().setLength(0);
    assertThat(row.path("quantity").asText()).isEqualTo("logged-in");
    assertThat(row.path("horizonMinutes").asInt()).isEqualTo(60);
    return row.path("meanAbsoluteError").asDouble();
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThat(run("--from", "2026-05-16", "--to", "2026-05-17")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("but the history goes from 2026-03-02 to 2026-03-20");

    assertThat(run("--from", "2026-03-17", "--to", "2026-03-16")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("Expected an end after the beginning, but got 2026-03-17 to 2026-03-16");

    assertThat(run("--from", "2026-03-16", "--to", "2026-03-17", "--share", "2"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("--from", "2026-03-16", "--to", "2026-03-17", "--cut-every", "often"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Expected --cut-every such as 90m or 2h, but got often");
  }

  @Test
  void shouldSayWhyThereIsNoCut() {
    assertThat(run("--from", "2026-03-16", "--to", "2026-03-17", "--cut-every", "24h"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("Expected a cut every 24h from midnight on to come while the site is open, but")
        .doesNotContain("similar");

    assertThat(run("--from", "2026-03-03", "--to", "2026-03-04")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("2026-03-03 to 2026-03-04 with at least three similar ones before them, but");

    assertThat(run("--from", "2026-03-07", "--to", "2026-03-08")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .contains("2026-03-07 to 2026-03-08 with at least 60% of the calls of their day");
  }

  @Test
  void shouldRefuseWhatDoesNotFitIntoMemory() {
    Backtest.Prospect year = new Backtest.Prospect(300, 300, 30_000, 33_000);

    BacktestCommand.fits(year, 100, 1L << 30);
    assertThatThrownBy(() -> BacktestCommand.fits(year, 1_000, 1L << 30))
        .isInstanceOf(CommandFailed.class)
        .hasMessage(
            "Expected cuts with particles that fit into 1024 MB, but 33000 of 1000 take 3147; fewer"
                + " --particles, a longer --cut-every or SWITCHWRIGHT_HEAP=4g make them fit");
  }

  @Test
  void shouldRefuseALogThatIsThereTwice() {
    assertThat(run("--from", "2026-03-16", "--to", "2026-03-16", "--log", log.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("Expected each file once, but got " + log + " twice");
  }

  /** As they are told by whoever scored none. */
  @Test
  void shouldTellWhatIsUnknownByADash() {
    double none = Double.NaN;
    BacktestReport.Skill skill = new BacktestReport.Skill(none, none, none, none);
    BacktestReport report =
        new BacktestReport(
            new Backtest.Plan(1, 2, Duration.ofHours(1), ObservationLevel.B, 1, 10, 1),
            1,
            1,
            List.of(
                new BacktestReport.Row(
                    Quantity.BUSY,
                    240,
                    0,
                    none,
                    none,
                    none,
                    none,
                    skill,
                    skill,
                    skill,
                    none,
                    none,
                    none,
                    Optional.empty())));

    assertThat(BacktestTable.table(report, false)).doesNotContain("NaN");
    assertThat(BacktestTable.json(report)).doesNotContain("NaN").doesNotContain("bias");
  }

  /** A day too far in the past or in the future is no day of a site. */
  @Test
  void shouldTakeNoRowsThatNoHistoryCanHave() throws Exception {
    String row = ",help,a1,9999-03-20 10:00:00,9999-03-20 10:05:00\n";
    Files.writeString(log, log() + "9999-03-20 10:00:00" + row);

    assertThat(run("--from", "2026-03-16", "--to", "2026-03-16")).isEqualTo(ExitCode.DEGRADED);

    assertThat(err.toString()).contains("log.csv:9002: expected a call from 1970 up to now");
  }

  @Test
  void shouldSayThatRowsWereFaulty() throws Exception {
    Files.writeString(log, log() + "nonsense,help,a1,2026-03-20 10:00:00,2026-03-20 10:05:00\n");

    assertThat(run("--from", "2026-03-16", "--to", "2026-03-16")).isEqualTo(ExitCode.DEGRADED);

    assertThat(err.toString()).contains("1 faulty").contains("log.csv:9002:");
  }

  private int run(String... arguments) {
    CommandLine commands = Switchwright.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 7];
    all[0] = "backtest";
    all[1] = "--log";
    all[2] = log.toString();
    all[3] = "--map";
    all[4] = map.toString();
    all[5] = "--particles";
    all[6] = "20";
    System.arraycopy(arguments, 0, all, 7, arguments.length);
    return commands.execute(all);
  }
}

package org.switchwright.server.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.switchwright.domain.estimate.Backtest;
import org.switchwright.domain.estimate.BacktestReport;
import org.switchwright.domain.estimate.ObservationLevel;
import org.switchwright.domain.estimate.Schedule;
import org.switchwright.domain.estimate.SiteHistory;
import org.switchwright.history.CallLog;
import org.switchwright.history.StaffSchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Tells how good estimates of a site would have been, had its status link",
      "been cut at many times of its past. Reads call logs, and then needs no",
      "server; or the history of a site that a server watches."
    },
    footer = {
      "",
      "MAE         mean absolute error of the displayed median",
      "BIAS        mean of the routing mean less the truth",
      "SKILL       1 - MAE / MAE of the last value, the time-of-week average, their blend, with 90%% intervals",
      "CRPS        continuous ranked probability score of the distribution",
      "COVER, WIDTH   how often the truth was in the 90%% interval, and how wide that is",
      "REGRET      seconds per call lost by routing on the mean (or on a baseline) to this site or another",
      "",
      "The method: docs/estimates.md. Maps of logs: docs/call-logs. Exit code 3: rows were faulty."
    })
final class BacktestCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1L << 20;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--log",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Call logs, plain or compressed by xz or gzip")
  private List<Path> logs = new ArrayList<>();

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description = "What the logs' columns mean; examples are in docs/call-logs")
  private Optional<Path> map = Optional.empty();

  @Option(
      names = "--schedule",
      arity = "1..*",
      paramLabel = "FILE",
      description = "With logs: schedules of the days, by which agents were to be at work")
  private List<Path> schedules = new ArrayList<>();

  @Option(
      names = "--schedule-map",
      paramLabel = "FILE",
      description = "What the schedules' columns mean; an example is in docs/schedules")
  private Optional<Path> scheduleMap = Optional.empty();

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = {
        "Instead of logs: what the server knows of a site that it watches, its schedule included"
      })
  private Optional<String> site = Optional.empty();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DAY",
      description = "First day that is scored, such as 2026-06-01; learns from all before it")
  private LocalDate from = LocalDate.EPOCH;

  @Option(names = "--to", required = true, paramLabel = "DAY", description = "Last day")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--cut-every",
      paramLabel = "SPAN",
      description = "From one cut to the next, such as 90m or 2h (default: 90m)")
  private String cutEvery = "90m";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = {
        "What the controller still sees: nothing (A), the calls that it sends (B, default), also their",
        "answers and ends (C)"
      })
  private ObservationLevel level = ObservationLevel.B;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "Which share of the calls come by way of the controller (default: 1)")
  private double share = 1;

  @Option(
      names = "--particles",
      paramLabel = "N",
      description = "Courses that are simulated for each cut (default: ${DEFAULT-VALUE})")
  private int particles = 100;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "At most so many at once (default: one for each processor)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", description = "Of the simulation (default: 1)")
  private long seed = 1;

  @Override
  public Integer call() {
    Backtest.Plan plan = plan();
    Learnt learnt = learnt();
    SiteHistory history = learnt.history();
    Backtest backtest = new Backtest(history, plan);
    check(backtest.prospect(), history);
    BacktestReport report = backtest.report(simulated(backtest));
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        api.json() ? BacktestTable.json(report) : BacktestTable.table(report, Colours.wanted()));
    out.flush();
    return learnt.faulty() == 0 ? ExitCode.OK : ExitCode.DEGRADED;
  }

  /** Whether there is anything to simulate, and not too much, which is better known before. */
  private void check(Backtest.Prospect prospect, SiteHistory history) {
    String days = " from " + from + " to " + to;
    String known =
        ", but the history goes from "
            + LocalDate.ofEpochDay(history.firstDay())
            + " to "
            + LocalDate.ofEpochDay(history.lastDay());
    if (prospect.ordinary() == 0) {
      throw failed(
          "Expected days"
              + days
              + " with at least 60% of the calls of their day of the week"
              + known);
    }
    if (prospect.comparable() == 0) {
      throw failed(
          "Expected days" + days + " with at least three similar ones before them" + known);
    }
    if (prospect.scored() == 0) {
      throw failed(
          "Expected a cut every "
              + cutEvery
              + " from midnight on to come while the site is open, but none does on the days"
              + days
              + "; a shorter --cut-every makes some");
    }
    fits(prospect, particles, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * @param most how much memory there is for what is simulated, in bytes
   */
  static void fits(Backtest.Prospect prospect, int particles, long most) {
    if (prospect.bytes(particles) > most) {
      throw failed(
          "Expected cuts with particles that fit into "
              + most / MEGABYTE
              + " MB, but "
              + prospect.cuts()
              + " of "
              + particles
              + " take "
              + prospect.bytes(particles) / MEGABYTE
              + "; fewer --particles, a longer --cut-every or SWITCHWRIGHT_HEAP=4g make them fit");
    }
  }

  private static CommandFailed failed(String sentence) {
    return new CommandFailed(ExitCode.FAILED, sentence);
  }

  /**
   * @param faulty how many rows of logs and schedules were
   */
  private record Learnt(SiteHistory history, long faulty) {}

  private Learnt learnt() {
    if (site.isPresent() != logs.isEmpty() || logs.isEmpty() != map.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Expected either --log and --map, or --site");
    }
    if (schedules.isEmpty() != scheduleMap.isEmpty()
        || (site.isPresent() && !schedules.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "Expected --schedule and --schedule-map together, and with --log");
    }
    if (site.isPresent()) {
      return new Learnt(JournalHistory.read(api.client(), site.get()), 0);
    }
    CallLog log = LogFiles.read(logs, map.orElseThrow(), spec.commandLine().getErr());
    if (schedules.isEmpty()) {
      return new Learnt(SiteHistory.of(log.calls(), log.zone()), log.faulty());
    }
    StaffSchedule schedule =
        ScheduleFiles.read(schedules, scheduleMap.orElseThrow(), spec.commandLine().getErr());
    if (!schedule.zone().equals(log.zone())) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "Expected a schedule by the clocks of the log, "
              + log.zone()
              + ", but it is by those of "
              + schedule.zone());
    }
    return new Learnt(
        SiteHistory.of(log.calls(), log.zone(), Schedule.of(schedule.days())),
        log.faulty() + schedule.faulty());
  }

  private Backtest.Plan plan() {
    try {
      return new Backtest.Plan(
          (int) from.toEpochDay(),
          (int) to.toEpochDay() + 1,
          Duration.parse("PT" + cutEvery.toUpperCase(Locale.ROOT)),
          level,
          share,
          particles,
          seed);
    } catch (DateTimeParseException _) {
      throw new ParameterException(
          spec.commandLine(), "Expected --cut-every such as 90m or 2h, but got " + cutEvery);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** Days are simulated at the same time; each is a function of its own seed. */
  private List<Backtest.DayOfCuts> simulated(Backtest backtest) {
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.clamp(threads, 1, 64))) {
      List<Future<Backtest.DayOfCuts>> days = new ArrayList<>();
      backtest.days().forEach(day -> days.add(pool.submit(() -> backtest.cutsOf(day))));
      List<Backtest.DayOfCuts> done = new ArrayList<>();
      for (Future<Backtest.DayOfCuts> day : days) {
        done.add(day.get());
      }
      return done;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "Expected to finish, but was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError full) {
        throw full;
      }
      throw new IllegalStateException("Expected to simulate a day, but could not", e);
    }
  }
}

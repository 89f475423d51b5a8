package org.switchwright.server.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "switchwright",
    mixinStandardHelpOptions = true,
    version = "Switchwright 0.1.0-SNAPSHOT",
    description = "Routes calls to agents; every decision is an event in a journal.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      TopCommand.class,
      QueuesCommand.class,
      AgentsCommand.class,
      StatisticsCommand.class,
      WaitsCommand.class,
      CallsCommand.class,
      CallCommand.class,
      ExplainCommand.class,
      AgentCommand.class,
      StrategyCommand.class,
      EventsCommand.class,
      EraseCommand.class,
      ImportCommand.class,
      LoadHistoryCommand.class,
      LoadScheduleCommand.class,
      BacktestCommand.class,
      NetworkCommand.class,
      HealthCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  failed",
      "  2  wrong usage or configuration",
      "  3  answered, but the server is degraded, its data is old, or not all was carried over",
      "",
      "Environment:",
      "  SWITCHWRIGHT_URL, SWITCHWRIGHT_TOKEN  the server to ask, where it is not on this machine",
      "  SWITCHWRIGHT_HEAP                     how much memory may be taken, such as 4g",
      "  NO_COLOR                              no colours"
    })
public final class Switchwright implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command line and answers its exit code. */
  public static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new Switchwright())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()));
    commands.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commands.setExecutionExceptionHandler((failure, command, _) -> {
      if (failure instanceof CommandFailed failed) {
        command.getErr().println(failed.getMessage());
        return failed.exitCode();
      }
      throw failure;
    });
    commands.setExecutionStrategy(parsed -> {
      try {
        return new CommandLine.RunLast().execute(parsed);
      } catch (OutOfMemoryError _) {
        commands
            .getErr()
            .printf(
                "Expected to do with %d MB of memory, but it takes more; SWITCHWRIGHT_HEAP=4g gives"
                    + " more.%n",
                Runtime.getRuntime().maxMemory() >> 20);
        return ExitCode.FAILED;
      }
    });
    commands.getSubcommands().values().forEach(it -> it.setUsageHelpAutoWidth(true));
    return commands;
  }

  static Ansi ansi() {
    return Colours.wanted() ? Ansi.ON : Ansi.OFF;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected a command");
  }
}

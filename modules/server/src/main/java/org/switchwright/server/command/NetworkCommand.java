package org.switchwright.server.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.hocon.Fault;
import org.switchwright.server.configuration.Configuration;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.configuration.ConfigurationRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "network",
    mixinStandardHelpOptions = true,
    description = "Shows the sites that a server watches, and says who may watch this one.",
    subcommands = {
      NetworkStatusCommand.class,
      NetworkEstimateCommand.class,
      NetworkLinksCommand.Admit.class,
      NetworkLinksCommand.Dismiss.class,
      NetworkLinksCommand.class,
      NetworkCommand.Check.class
    })
final class NetworkCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Expected: network status, estimate, links, admit, dismiss or check");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reports every fault of a configuration file; starts nothing.")
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "Configuration as for run --config")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      Configuration read = read(Optional.of(file), List.of(), spec).configuration();
      spec.commandLine()
          .getOut()
          .println(
              file
                  + " is right: site "
                  + read.site().id()
                  + ", "
                  + read.site().rules().queues().size()
                  + " queues, "
                  + read.site().rules().points().size()
                  + " routing points, "
                  + read.site().agents().size()
                  + " agents");
      return ExitCode.OK;
    }
  }

  /** Reads a configuration, or prints its faults and ends with 2. */
  static ConfigurationReader.Read read(
      Optional<Path> file, List<String> settings, CommandSpec spec) {
    try {
      return ConfigurationReader.read(file, settings, Homes.launcher());
    } catch (ConfigurationRefused refused) {
      PrintWriter err = spec.commandLine().getErr();
      refused.faults().stream().map(Fault::toString).forEach(err::println);
      int count = refused.faults().size();
      throw new CommandFailed(
          ExitCode.USAGE, (count == 1 ? "1 fault" : count + " faults") + "; nothing was started.");
    }
  }
}

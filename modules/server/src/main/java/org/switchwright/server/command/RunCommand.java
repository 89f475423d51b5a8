package org.switchwright.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.server.configuration.ConfigurationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Starts a node; with no configuration, a sample site on an embedded PostgreSQL.",
    footer = {
      "",
      "Every key is documented in",
      "modules/server/src/main/resources/org/switchwright/server/configuration/reference.conf"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration (HOCON)")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One key, stronger than the file, such as http.port=8081; may be repeated")
  private List<String> settings = List.of();

  @Option(
      names = "--new-token",
      description = "Make the administrators' tokens void and print a new one")
  private boolean newToken;

  @Override
  public Integer call() {
    ConfigurationReader.Read read = NetworkCommand.read(file, settings, spec);
    RunningNode node = RunningNode.start(read, newToken);
    node.greet(spec.commandLine().getOut(), file);
    if (node.server().awaitEnd()) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "Switchwright stopped: the other nodes have removed this one from their cluster, because it"
              + " did not answer for some seconds. Its calls went to them; start it again.");
    }
    return ExitCode.OK;
  }
}

package org.switchwright.server.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
  public Integer call() throws InterruptedException {
    ConfigurationReader.Read read = NetworkCommand.read(file, settings, spec);
    RunningNode node = RunningNode.start(read, newToken);
    node.greet(spec.commandLine().getOut());
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }
}

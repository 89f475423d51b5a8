package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.running.Demonstration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts the sample site with agents and callers of our own, by real SIP.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One key of the configuration, such as http.port=8081; may be repeated")
  private List<String> settings = List.of();

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after so many calls; 0 (the default): go on until stopped")
  private int calls;

  @Override
  public Integer call() throws InterruptedException {
    List<String> all = new ArrayList<>(settings);
    all.add("node.data-directory=\"" + Homes.demo(Homes.launcher()) + "\"");
    ConfigurationReader.Read read = NetworkCommand.read(Optional.empty(), all, spec);
    RunningNode node = RunningNode.start(read, false);
    PrintWriter out = spec.commandLine().getOut();
    node.greet(out, Optional.empty());
    try (Demonstration demonstration = new Demonstration(node.server(), out)) {
      demonstration.run(calls);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "The demonstration did not start: " + e.getMessage());
    }
    return ExitCode.OK;
  }
}

package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.switchwright.server.running.Demonstration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a network of three sites with agents and callers of our own, by real SIP, and cuts",
      "the status link to one of them every few minutes."
    })
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

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "2",
      description = "Other sites whose agents serve the same callers, 0 to 2 (the default)")
  private int sites;

  @Option(
      names = "--cut-every",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How often a status link is cut, for a third of that time; 0: never")
  private int cutEvery;

  @Override
  public Integer call() throws InterruptedException {
    between("--sites", sites, DemoNetwork.OTHERS.size());
    between("--cut-every", cutEvery, 86_400);
    PrintWriter out = spec.commandLine().getOut();
    try {
      DemoNetwork network = DemoNetwork.start(sites, settings, spec);
      network.greet(out);
      try (Demonstration demonstration = new Demonstration(network.servers(), out)) {
        network.makeUpAPast(demonstration);
        network.cutEvery(Duration.ofSeconds(cutEvery), demonstration);
        demonstration.run(calls);
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "The demonstration did not start: " + e.getMessage());
    }
    return ExitCode.OK;
  }

  private void between(String option, int value, int most) {
    if (value < 0 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "Expected " + option + " of 0 to " + most + ", but got " + value);
    }
  }
}

package org.switchwright.server.running;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.configuration.ConfigurationRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node with agents and callers of our own. */
@Command(
    name = "demo",
    description =
        "Runs a node with agents and callers of our own, who speak real SIP and RTP over loopback.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Mixin private ConfigurationOptions options = new ConfigurationOptions();

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after so many calls; 0: go on until stopped.")
  private int calls;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      ConfigurationReader.Read read = options.read();
      RunningServer server = RunCommand.start(read);
      new Greeting(server).print(out);
      try (Demonstration demonstration = new Demonstration(server, out)) {
        demonstration.run(calls);
      }
      return 0;
    } catch (ConfigurationRefused e) {
      err.println(e.getMessage());
      return RunCommand.MISUSED;
    } catch (IOException | RuntimeException e) {
      err.println("The demonstration did not start: " + e.getMessage());
      return RunCommand.FAILED;
    }
  }
}

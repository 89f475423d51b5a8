package org.switchwright.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.running.Greeting;
import org.switchwright.server.running.RunningServer;
import org.switchwright.sip.SipTrace;
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

  @Override
  public Integer call() throws InterruptedException {
    ConfigurationReader.Read read = NetworkCommand.read(file, settings, spec);
    RunningServer server = start(read);
    new Greeting(server).print(spec.commandLine().getOut());
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  /** Starts a node that stops in order with this process. */
  static RunningServer start(ConfigurationReader.Read read) {
    try {
      RunningServer server =
          RunningServer.start(
              read.configuration(), read.pekko(), RunningServer.Metrics.NONE, SipTrace.NONE);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
      return server;
    } catch (IOException | RuntimeException e) {
      throw new CommandFailed(ExitCode.FAILED, "Switchwright did not start: " + e.getMessage());
    }
  }
}

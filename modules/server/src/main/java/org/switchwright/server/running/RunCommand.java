package org.switchwright.server.running;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.configuration.ConfigurationRefused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a node until it is told to stop. */
@Command(
    name = "run",
    description =
        "Runs a node until it is stopped (SIGTERM, Ctrl-C); keeps its data over restarts.",
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
  static final int FAILED = 1;
  static final int MISUSED = 2;

  @Mixin private ConfigurationOptions options = new ConfigurationOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      ConfigurationReader.Read read = options.read();
      RunningServer server = start(read);
      new Greeting(server).print(out);
      new CountDownLatch(1).await();
      return 0;
    } catch (ConfigurationRefused e) {
      err.println(e.getMessage());
      return MISUSED;
    } catch (IOException | RuntimeException e) {
      err.println("Switchwright did not start: " + e.getMessage());
      return FAILED;
    }
  }

  /** Starts a node that stops in order with this process. */
  static RunningServer start(ConfigurationReader.Read read) throws IOException {
    RunningServer server =
        RunningServer.start(
            read.configuration(),
            read.pekko(),
            RunningServer.Metrics.NONE,
            org.switchwright.sip.SipTrace.NONE);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(server::close));
    return server;
  }
}

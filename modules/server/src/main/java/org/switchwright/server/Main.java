package org.switchwright.server;

import org.switchwright.server.running.DemoCommand;
import org.switchwright.server.running.RunCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "switchwright",
    description = "An open, multi-site, event-sourced contact-center router.",
    mixinStandardHelpOptions = true,
    version = "switchwright 0.1.0-SNAPSHOT",
    subcommands = {RunCommand.class, DemoCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:called wrongly, or faults in the configuration"})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}

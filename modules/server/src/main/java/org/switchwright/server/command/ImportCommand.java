package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.switchwright.server.configuration.ConfigurationReader;
import org.switchwright.server.configuration.ConfigurationRefused;
import org.switchwright.server.migration.Migration;
import org.switchwright.server.migration.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Writes configuration of ours from Asterisk's or FreeSWITCH's.",
    footer = {
      "",
      "asterisk:    queues.conf, with templates and the files of the same folder that it includes",
      "freeswitch:  callcenter.conf.xml (autoload_configs)",
      "",
      "What was not carried over, or means something else, is listed with file and line. Exit code 3:",
      "there is such a list."
    })
final class ImportCommand implements Callable<Integer> {
  /** Whose configuration. */
  enum Source {
    ASTERISK,
    FREESWITCH
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SOURCE", description = "asterisk or freeswitch")
  private Source source = Source.ASTERISK;

  @Parameters(index = "1", paramLabel = "FILE", description = "The configuration to read")
  private Path file = Path.of("queues.conf");

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where to write; never over what is there. Without it: to standard output")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    Migration migration = read();
    check(migration);
    PrintWriter err = spec.commandLine().getErr();
    if (out.isPresent()) {
      write(out.get(), migration.configuration());
    } else {
      spec.commandLine().getOut().print(migration.configuration());
      spec.commandLine().getOut().flush();
    }
    err.println(
        migration.queues() + " queues and " + migration.agents() + " agents were carried over.");
    if (migration.remarks().isEmpty()) {
      return ExitCode.OK;
    }
    err.println("Not carried over, or different with us:");
    migration.remarks().forEach(remark -> err.println("  " + remark));
    return ExitCode.DEGRADED;
  }

  private Migration read() {
    try {
      return switch (source) {
        case ASTERISK -> Migration.ofAsterisk(file);
        case FREESWITCH -> Migration.ofFreeSwitch(file);
      };
    } catch (Unreadable e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** What is written must be what a node takes. */
  private static void check(Migration migration) {
    try {
      Path folder = Files.createTempDirectory("switchwright-import");
      Path text = folder.resolve("imported.conf");
      try {
        Files.writeString(text, migration.configuration());
        ConfigurationReader.read(Optional.of(text), List.of(), folder);
      } finally {
        Files.deleteIfExists(text);
        Files.deleteIfExists(folder);
      }
    } catch (ConfigurationRefused e) {
      throw new CommandFailed(
          ExitCode.FAILED, "Expected configuration that a node takes, but " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "Expected to check what was made, but could not: " + e.getMessage());
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException _) {
      throw new CommandFailed(
          ExitCode.FAILED, "Expected a file that is not there yet, but " + file + " is");
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "Expected to write " + file + ", but could not: " + e.getMessage());
    }
  }
}

package org.switchwright.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.switchwright.server.access.AccessFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command finds the server, and how it prints. */
final class ApiOptions {
  /** How answers are printed. */
  enum Output {
    TABLE,
    JSON
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table for people (default), json for programs")
  private Output output = Output.TABLE;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration with which the server here was started, if by one")
  private Optional<Path> configuration = Optional.empty();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Server to ask; default: SWITCHWRIGHT_URL, or the one running here")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token; default: SWITCHWRIGHT_TOKEN, or the local server's")
  private Optional<Path> tokenFile = Optional.empty();

  boolean json() {
    return output == Output.JSON;
  }

  PrintWriter out() {
    return mixee.commandLine().getOut();
  }

  PrintWriter err() {
    return mixee.commandLine().getErr();
  }

  ApiClient client() {
    Map<String, String> environment = System.getenv();
    Optional<String> address =
        url.or(() -> Optional.ofNullable(environment.get("SWITCHWRIGHT_URL")));
    Optional<String> token =
        tokenFile
            .map(ApiOptions::read)
            .or(() -> Optional.ofNullable(environment.get("SWITCHWRIGHT_TOKEN")));
    if (address.isPresent() && token.isPresent()) {
      return new ApiClient(address.get(), token.get());
    }
    AccessFile local = local();
    return new ApiClient(address.orElse(local.url()), token.orElse(local.token()));
  }

  private AccessFile local() {
    Path home = Homes.launcher();
    if (configuration.isPresent()) {
      Path data = NetworkCommand.read(configuration, List.of(), mixee).configuration().data();
      return access(data)
          .orElseThrow(() ->
              new CommandFailed(
                  ExitCode.FAILED,
                  "No server of "
                      + configuration.get()
                      + " is running here (looked in "
                      + data
                      + "). Start it with: switchwright run --config "
                      + configuration.get()));
    }
    return Stream.of(Homes.run(home), Homes.demo(home))
        .map(ApiOptions::access)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            new CommandFailed(
                ExitCode.FAILED,
                "No server is running here (looked in "
                    + Homes.run(home)
                    + "). Start one with: switchwright run; or name one by --config, or"
                    + " by --url and --token-file."));
  }

  private static Optional<AccessFile> access(Path directory) {
    try {
      return AccessFile.read(directory);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      throw new CommandFailed(ExitCode.USAGE, "Expected a readable file with a token: " + file);
    }
  }
}

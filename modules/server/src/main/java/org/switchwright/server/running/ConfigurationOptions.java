package org.switchwright.server.running;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.server.configuration.ConfigurationReader;
import picocli.CommandLine.Option;

/** How commands that run a node are told its configuration. */
final class ConfigurationOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (HOCON); without it, one node with a sample network.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "One key that wins over the file, such as sip.port=5070. May be repeated.")
  private List<String> settings = new ArrayList<>();

  /** Where the launcher stands; relative names without a file are relative to it. */
  static Path home() {
    return Path.of(System.getProperty("switchwright.home", "."));
  }

  ConfigurationReader.Read read() {
    return ConfigurationReader.read(file, settings, home());
  }
}

package org.switchwright.server.command;

import java.nio.file.Path;

/** Where things are by default: beside the launcher, or where the command is given. */
final class Homes {
  private Homes() {}

  static Path launcher() {
    String home = System.getenv("SWITCHWRIGHT_HOME");
    return Path.of(home == null || home.isEmpty() ? "" : home).toAbsolutePath().normalize();
  }

  static Path run(Path home) {
    return home.resolve("data");
  }

  static Path demo(Path home) {
    return home.resolve("data").resolve("demo");
  }
}

package org.switchwright.server.command;

/** Ids as parts of a path. */
final class Paths {
  private Paths() {}

  /** What cannot be an id is a mistake of usage, told before anybody is asked. */
  static String segment(String id) {
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new CommandFailed(
          ExitCode.USAGE, "Expected an id of 1 to 64 letters, digits, '-', '_' or '.'");
    }
    return id;
  }
}

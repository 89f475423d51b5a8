package org.switchwright.server.command;

/** What the shell is told. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** There is an answer, but the server cannot do all of its work or the data is old. */
  static final int DEGRADED = 3;

  private ExitCode() {}
}

package org.switchwright.server;

import org.switchwright.server.command.Switchwright;

/** Where the launcher comes in. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Switchwright.execute(arguments));
  }
}

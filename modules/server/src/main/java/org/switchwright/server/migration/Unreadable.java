package org.switchwright.server.migration;

/** A file that cannot be read as what it should be; the message says what, where and why. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }
}

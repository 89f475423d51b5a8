package org.switchwright.history;

/**
 * A log or its map cannot be read at all; the message says what was expected and what was found.
 */
public final class CallLogRefused extends Exception {
  private static final long serialVersionUID = 1;

  CallLogRefused(String message) {
    super(message);
  }
}

package org.switchwright.http.query;

/** What is asked for cannot be answered now, because a database or another node does not answer. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

package org.switchwright.http;

/** HTTP cannot be served as configured. */
public final class HttpRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HttpRefused(String message, Throwable cause) {
    super(message, cause);
  }
}

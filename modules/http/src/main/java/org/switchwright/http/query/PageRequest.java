package org.switchwright.http.query;

import java.util.Optional;

/**
 * Which page is wanted.
 *
 * @param after {@link Listing#next} of the page before
 * @param limit 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(Optional<String> after, int limit) {
  public static final int MAX_LIMIT = 500;
  public static final int DEFAULT_LIMIT = 100;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "Expected a limit from 1 to " + MAX_LIMIT + ", but got " + limit);
    }
  }
}

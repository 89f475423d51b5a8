package org.switchwright.cluster.view;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of an answer.
 *
 * @param next what to ask for to get the rows after these, opaque and fit for a URL; empty where
 *     there are none
 */
public record Page<T>(List<T> rows, Optional<String> next, AsOf asOf) {
  /** Rows of a page, at most. */
  public static final int MAX_ROWS = 500;

  public Page {
    rows = List.copyOf(rows);
  }

  /**
   * @param found up to one row more than the limit, which tells whether there is a next page
   */
  static <T> Page<T> of(List<T> found, int limit, AsOf asOf, Function<T, PageKey> key) {
    boolean more = found.size() > limit;
    List<T> rows = more ? found.subList(0, limit) : found;
    Optional<String> next = more ? Optional.of(key.apply(rows.getLast()).text()) : Optional.empty();
    return new Page<>(rows, next, asOf);
  }

  static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_ROWS) {
      throw new IllegalArgumentException(
          "Expected a page of 1 to " + MAX_ROWS + " rows, but got " + limit);
    }
  }
}

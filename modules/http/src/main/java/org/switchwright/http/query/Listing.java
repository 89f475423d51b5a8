package org.switchwright.http.query;

import java.util.List;
import java.util.Optional;

/**
 * A page of an answer.
 *
 * @param next to be given as {@code after} for the next page; empty on the last one
 */
public record Listing<T>(AsOf asOf, List<T> items, Optional<String> next) {
  public Listing {
    items = List.copyOf(items);
  }
}

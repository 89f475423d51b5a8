package org.switchwright.domain.routing;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A strategy as it was written.
 *
 * @param files the texts of the files that it names, such as holidays; by name
 */
public record StrategySource(String text, SortedMap<String, String> files) {
  /** In all, names apart: fits one message between nodes, whatever the characters. */
  public static final int MAX_CHARS = 60_000;

  public StrategySource {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public int chars() {
    int chars = text.length();
    for (String file : files.values()) {
      chars += file.length();
    }
    return chars;
  }
}

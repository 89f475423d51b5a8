package org.switchwright.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The events of a run in the order of their writes; counted only, unless they are to be kept. */
final class Journal {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Class<?>, Integer> kinds = new HashMap<>();
  private boolean digested;

  record Entry(String actor, int number, Object event) {}

  void write(String actor, int number, Object event) {
    if (digested) {
      entries.add(new Entry(actor, number, event));
    }
    kinds.merge(event.getClass(), 1, Integer::sum);
  }

  /** Keeps the events from now on, for {@link #digest}. */
  void keep() {
    digested = true;
  }

  /** How many events of each kind there are. */
  SortedMap<String, Integer> kinds() {
    TreeMap<String, Integer> named = new TreeMap<>();
    kinds.forEach((kind, count) -> named.put(kind.getSimpleName(), count));
    return Collections.unmodifiableSortedMap(named);
  }

  /** SHA-256 over every entry, in hexadecimal: equal for equal runs. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Entry entry : entries) {
        sha.update(entry.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256 in every JDK, but it is not", e);
    }
  }
}

package org.switchwright.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All events of a run in the order of their writes. */
final class Journal {
  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<String, Integer> kinds = new TreeMap<>();

  record Entry(String actor, int number, Object event) {}

  void write(String actor, int number, Object event) {
    entries.add(new Entry(actor, number, event));
    kinds.merge(event.getClass().getSimpleName(), 1, Integer::sum);
  }

  /** How many events of each kind there are. */
  SortedMap<String, Integer> kinds() {
    return Collections.unmodifiableSortedMap(kinds);
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

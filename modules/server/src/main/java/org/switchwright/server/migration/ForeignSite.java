package org.switchwright.server.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A call center of another product, in our words, as far as it has been read. */
final class ForeignSite {
  static final int MAX_NAMES = 12_000;

  /** Our keys of a queue with their values as HOCON, and its members. */
  record Queue(SortedMap<String, String> keys, SortedMap<String, Member> members) {
    Queue() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    void set(String key, String value) {
      keys.put(key, value);
    }
  }

  record Member(int tier, int position) {}

  private final Map<String, String> names = new HashMap<>();
  private final SortedMap<String, Queue> queues = new TreeMap<>();
  private final SortedMap<String, String> siteKeys = new TreeMap<>();
  private final SortedMap<String, String> agents = new TreeMap<>();
  private final List<Remark> remarks = new ArrayList<>();

  Queue queue(String name) throws Unreadable {
    return queues.computeIfAbsent(id("queue ", name), _ -> new Queue());
  }

  String agent(String name) throws Unreadable {
    String id = id("agent ", name);
    agents.putIfAbsent(id, name);
    return id;
  }

  /** A key of the site, such as {@code delays.busy}. */
  void set(String key, String value) {
    siteKeys.put(key, value);
  }

  void remark(Path file, int line, String sentence) {
    remarks.add(new Remark(file, line, sentence));
  }

  List<Remark> remarks() {
    return Collections.unmodifiableList(remarks);
  }

  SortedMap<String, Queue> queues() {
    return queues;
  }

  SortedMap<String, String> siteKeys() {
    return siteKeys;
  }

  /** Our id of each agent, with the name that it had. */
  SortedMap<String, String> agents() {
    return agents;
  }

  /** Our ids have fewer characters: what another product calls otherwise gets one of its own. */
  private String id(String kind, String name) throws Unreadable {
    String known = names.get(kind + name);
    if (known != null) {
      return known;
    }
    if (names.size() == MAX_NAMES) {
      throw new Unreadable("Expected at most " + MAX_NAMES + " queues and agents, but got more");
    }
    String bare = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
    String plain =
        bare.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^-+|-+$", "");
    String base = plain.isEmpty() ? "unnamed" : plain.substring(0, Math.min(60, plain.length()));
    String id = base;
    for (int n = 2; taken(kind, id); n++) {
      id = base + "-" + n;
    }
    names.put(kind + name, id);
    return id;
  }

  private boolean taken(String kind, String id) {
    return kind.startsWith("queue") ? queues.containsKey(id) : agents.containsKey(id);
  }
}

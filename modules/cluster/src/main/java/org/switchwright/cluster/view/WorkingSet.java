package org.switchwright.cluster.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The rows of one table that a batch works on, and what it did to them. */
final class WorkingSet<K, R> {
  private final Map<K, R> rows = new HashMap<>();
  private final Set<K> changed = new LinkedHashSet<>();
  private final Set<K> removed = new LinkedHashSet<>();

  void loaded(K key, R row) {
    rows.put(key, row);
  }

  Optional<R> find(K key) {
    return Optional.ofNullable(rows.get(key));
  }

  Collection<R> all() {
    return rows.values();
  }

  void put(K key, R row) {
    rows.put(key, row);
    changed.add(key);
    removed.remove(key);
  }

  /** Changes a row; without one, nothing happens. */
  void change(K key, UnaryOperator<R> change) {
    R row = rows.get(key);
    if (row != null) {
      put(key, change.apply(row));
    }
  }

  void remove(K key) {
    if (rows.remove(key) != null) {
      changed.remove(key);
      removed.add(key);
    }
  }

  List<R> changed() {
    return changed.stream().map(rows::get).toList();
  }

  Set<K> removed() {
    return removed;
  }
}

package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Legs that a call goes on without, and that have not confirmed their end yet.
 *
 * @param legs by number, at most {@value #MAX_LEGS}
 * @param request what the last transfer was asked by, so that it is carried out once
 */
public record Leaving(SortedMap<Integer, Farewell> legs, @Nullable String request) {
  /** Each waits for 40 s at most; nobody sends a caller on more often than that in good faith. */
  static final int MAX_LEGS = 8;

  static final Leaving NONE = new Leaving(Collections.emptySortedMap(), null);

  /**
   * A leg that gets a BYE, or a CANCEL before its answer.
   *
   * @param refer the REFER by which its peer asked for that; null where it did not
   * @param due when it is given up
   */
  record Farewell(Phase.Release release, @Nullable ServerTransaction refer, Instant due) {}

  /** Whether there is no room for so many more. */
  boolean full(int more) {
    return legs.size() + more > MAX_LEGS;
  }

  Leaving with(int leg, Farewell farewell, String asked) {
    TreeMap<Integer, Farewell> more = new TreeMap<>(legs);
    more.put(leg, farewell);
    return new Leaving(Collections.unmodifiableSortedMap(more), asked);
  }

  /** One that nobody was sent on from. */
  Leaving with(int leg, Farewell farewell) {
    TreeMap<Integer, Farewell> more = new TreeMap<>(legs);
    more.put(leg, farewell);
    return new Leaving(Collections.unmodifiableSortedMap(more), request);
  }

  Leaving without(int leg) {
    TreeMap<Integer, Farewell> fewer = new TreeMap<>(legs);
    fewer.remove(leg);
    return new Leaving(Collections.unmodifiableSortedMap(fewer), request);
  }

  /** Those that are not given up by then. */
  Leaving after(Instant now) {
    TreeMap<Integer, Farewell> fewer = new TreeMap<>(legs);
    fewer.values().removeIf(it -> !it.due().isAfter(now));
    return new Leaving(Collections.unmodifiableSortedMap(fewer), request);
  }

  Optional<Instant> due() {
    return farewells().map(it -> it.getValue().due()).min(Instant::compareTo);
  }

  Stream<Map.Entry<Integer, Farewell>> farewells() {
    return legs.entrySet().stream();
  }
}

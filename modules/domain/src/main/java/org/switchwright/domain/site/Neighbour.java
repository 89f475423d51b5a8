package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;

/**
 * Another site, as the one knows it whose calls it looks for agents for.
 *
 * @param cut what was last reported, while its reports do not come and it cannot be asked; empty
 *     while it can
 * @param failures how many calls in a row did not get there
 * @param restsUntil when a call is tried again after that; null where calls get there, as far as is
 *     known
 * @param addresses where calls come to, by the routing points there, that it was not asked about
 * @param looksAt when it is looked again whether there is an agent more there, for calls that wait
 *     for one; null where none does
 */
public record Neighbour(
    Optional<Cut> cut,
    int failures,
    @Nullable Instant restsUntil,
    SortedMap<RoutingPointId, Personal> addresses,
    @Nullable Instant looksAt) {
  static final Neighbour UNKNOWN =
      new Neighbour(Optional.empty(), 0, null, Collections.emptySortedMap(), null);

  public Neighbour {
    addresses = Collections.unmodifiableSortedMap(addresses);
  }

  /**
   * @param at when the link was lost
   * @param free how many agents could have been given a call then, and those who had calls from
   *     here then that are over
   */
  public record Cut(Instant at, int free) {}

  /** Whether it can be asked, and calls get there. */
  boolean serves() {
    return cut.isEmpty() && reachable();
  }

  boolean reachable() {
    return restsUntil == null;
  }

  Neighbour cutOff(Instant at, int free) {
    return new Neighbour(Optional.of(new Cut(at, free)), failures, restsUntil, addresses, null);
  }

  /** One agent more could be given a call. */
  Neighbour freed() {
    return new Neighbour(
        cut.map(it -> new Cut(it.at(), it.free() + 1)), failures, restsUntil, addresses, looksAt);
  }

  Neighbour rejoined() {
    return new Neighbour(Optional.empty(), failures, restsUntil, addresses, null);
  }

  Neighbour failed(int times, Instant until) {
    return new Neighbour(cut, times, until, addresses, null);
  }

  /** Calls are tried again. */
  Neighbour tried() {
    return new Neighbour(cut, failures, null, addresses, looksAt);
  }

  Neighbour reached() {
    return new Neighbour(cut, 0, null, addresses, looksAt);
  }

  Neighbour looking(@Nullable Instant next) {
    return new Neighbour(cut, failures, restsUntil, addresses, next);
  }

  Neighbour reachedAt(RoutingPointId point, Personal address) {
    TreeMap<RoutingPointId, Personal> more = new TreeMap<>(addresses);
    more.put(point, address);
    return new Neighbour(cut, failures, restsUntil, more, looksAt);
  }
}

package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.Phase.Ring;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;

/**
 * What a call remembers of its offers, besides those that ring for it.
 *
 * @param highest the highest number of an offer so far
 * @param forgotten of offers up to this number nothing is remembered but what is in the maps
 * @param ended how the last {@value #MAX_ENDED} that ended did so, by number, to be able to repeat
 *     it
 * @param losing those that rang when another one was accepted, by number, until they are known to
 *     have stopped
 */
public record OfferBook(
    int highest,
    int forgotten,
    SortedMap<Integer, OfferOutcome> ended,
    SortedMap<Integer, Ring> losing) {
  /** More than a site has out at once, so that it gets an answer to each of its questions. */
  static final int MAX_ENDED = 64;

  static final OfferBook EMPTY =
      new OfferBook(0, 0, Collections.emptySortedMap(), Collections.emptySortedMap());

  /** Whether an offer of this number was never heard of. */
  boolean unknown(int number) {
    return number > forgotten && !ended.containsKey(number) && !losing.containsKey(number);
  }

  Optional<Ring> losing(int number) {
    return Optional.ofNullable(losing.get(number));
  }

  /** When the first of the losing ones must have stopped; null where there are none. */
  @Nullable Instant due() {
    return losing.isEmpty() ? null : Phase.due(losing);
  }

  List<OfferEnd> ends(CallId call) {
    return ended.entrySet().stream()
        .map(it -> new OfferEnd(new OfferId(call, it.getKey()), it.getValue()))
        .toList();
  }

  OfferBook offered(int number) {
    return new OfferBook(Math.max(highest, number), forgotten, ended, losing);
  }

  OfferBook ended(int number, OfferOutcome outcome) {
    TreeMap<Integer, OfferOutcome> more = new TreeMap<>(ended);
    more.put(number, outcome);
    int lowest = forgotten;
    if (more.size() > MAX_ENDED) {
      lowest = more.pollFirstEntry().getKey();
    }
    return new OfferBook(
        Math.max(highest, number),
        Math.max(forgotten, lowest),
        Collections.unmodifiableSortedMap(more),
        Phase.without(losing, number));
  }

  OfferBook losing(Ring ring) {
    return new OfferBook(highest, forgotten, ended, Phase.with(losing, ring));
  }
}

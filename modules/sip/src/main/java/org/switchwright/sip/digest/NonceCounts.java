package org.switchwright.sip.digest;

import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * The highest nc seen of each nonce that was answered rightly. When the bound makes it forget a
 * nonce, every unknown nonce of that age or older counts as used.
 */
final class NonceCounts {
  private final int capacity;
  private final LinkedHashMap<String, Use> uses;
  private Instant forgottenUpTo;

  private record Use(Instant issued, int highest) {}

  NonceCounts(int capacity, Instant forgottenUpTo) {
    this.capacity = capacity;
    this.forgottenUpTo = forgottenUpTo;
    this.uses = new LinkedHashMap<>(16, 0.75f, true);
  }

  /** False when that count was used already, or may have been. */
  synchronized boolean use(String nonce, Instant issued, int count) {
    Use known = uses.get(nonce);
    if (known == null ? !issued.isAfter(forgottenUpTo) : count <= known.highest()) {
      return false;
    }
    uses.put(nonce, new Use(issued, count));
    if (uses.size() > capacity) {
      Instant eldest = uses.pollFirstEntry().getValue().issued();
      forgottenUpTo = eldest.isAfter(forgottenUpTo) ? eldest : forgottenUpTo;
    }
    return true;
  }
}

package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the caller was told last, in the queue that the call is in.
 *
 * @param at when it was last the time to tell; also of another queue
 * @param position the best; 0: none
 * @param expectedWait the shortest; empty: none
 */
public record Told(Optional<Instant> at, int position, Optional<Duration> expectedWait) {
  static final Told NOTHING = new Told(Optional.empty(), 0, Optional.empty());

  /** Another queue owes other figures, but not so soon that the caller hears nothing else. */
  Told elsewhere() {
    return new Told(at, 0, Optional.empty());
  }

  Told with(SiteEvent.CallAnnounced it) {
    return new Told(
        Optional.of(it.at()),
        it.position() == 0 ? position : it.position(),
        it.expectedWait().or(() -> expectedWait));
  }
}

package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Optional;
import org.pcollections.PVector;
import org.pcollections.TreePVector;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;

/**
 * Callers who hung up while they waited, and whose place is kept for a while in case they call
 * back. The last {@value #MAX} of them.
 */
public record Departures(PVector<Departure> all) {
  static final int MAX = 256;
  static final Departures NONE = new Departures(TreePVector.empty());

  /**
   * @param caller the From of the call as a name-addr
   * @param until how long the place is kept
   */
  public record Departure(
      CallId call, Personal caller, QueueId queue, Instant arrivedAt, Instant until) {}

  Departures plus(Departure departure, Instant now) {
    PVector<Departure> kept = all;
    while (!kept.isEmpty() && (kept.size() >= MAX || !kept.getFirst().until().isAfter(now))) {
      kept = kept.minus(0);
    }
    return new Departures(kept.plus(departure));
  }

  Departures without(CallId call) {
    PVector<Departure> kept = all;
    for (Departure departure : all) {
      if (departure.call().equals(call)) {
        kept = kept.minus(departure);
      }
    }
    return new Departures(kept);
  }

  /** The latest place that this caller left in this queue; a caller who was erased has none. */
  Optional<Departure> of(Personal caller, QueueId queue, Instant now) {
    Optional<String> address = address(caller);
    Departure found = null;
    for (Departure departure : all) {
      if (departure.queue().equals(queue)
          && departure.until().isAfter(now)
          && address.isPresent()
          && address.equals(address(departure.caller()))) {
        found = departure;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The address in a name-addr, without the name that is shown and without parameters. */
  static Optional<String> address(Personal caller) {
    return caller
        .text()
        .map(text -> {
          int open = text.lastIndexOf('<');
          int close = text.indexOf('>', open + 1);
          String uri = open >= 0 && close > open ? text.substring(open + 1, close) : text;
          int parameters = uri.indexOf(';');
          return parameters < 0 ? uri : uri.substring(0, parameters);
        })
        .filter(uri -> uri.contains("@") && !uri.startsWith("sip:anonymous@"));
  }
}

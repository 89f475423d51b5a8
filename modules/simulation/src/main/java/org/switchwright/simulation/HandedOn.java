package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.CallId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.site.SiteCall;

/** What is promised of callers whom one site has told to go to another one. */
final class HandedOn {
  /** How long a trunk takes at most, and how long the other site may have heard of the call ago. */
  private static final Duration TOLERANCE = Call.EXPECTED_FOR.plusSeconds(15);

  /** What clocks go apart while somebody waits. */
  private static final Duration DRIFT = Duration.ofSeconds(1);

  private final Map<SiteId, Map<CallId, Instant>> places = new TreeMap<>();
  private final Map<SiteId, Set<CallId>> counted = new TreeMap<>();

  /** Where the call was let go, and of whom the place was known there, by a clock of all. */
  void letGo(SiteId home, CallState before, CallEvent.CallEnded it, Instant place) {
    promise(
        it.goesTo().isPresent()
            && (before.answer() == CallState.CallerAnswer.NONE
                || before.answer() == CallState.CallerAnswer.EARLY),
        "only who has not been answered is told to go elsewhere",
        it,
        before);
    places.computeIfAbsent(home, _ -> new TreeMap<>()).put(before.id(), place);
  }

  static boolean letsGo(CallEvent.CallEnded it) {
    return it.outcome() == CallOutcome.HANDED_ON;
  }

  /**
   * Where the caller went to.
   *
   * @param clock of that site
   */
  void came(CallEvent.CallArrived it, Carried carried, Agenda clock) {
    Origin origin = carried.origin();
    promise(
        it.origin().isEmpty()
            && it.place().isPresent()
            && it.interaction().equals(carried.interaction())
            && it.point().equals(carried.point().orElseThrow()),
        "who is handed on is the same caller at the same routing point",
        it,
        carried);
    Instant kept = places.getOrDefault(origin.home(), Map.of()).get(origin.call());
    promise(kept != null, "nobody is handed on who was not let go", it, carried);
    Duration late = Duration.between(kept, clock.truly(it.place().orElseThrow()));
    promise(
        late.plus(DRIFT).isPositive() && late.compareTo(TOLERANCE) <= 0,
        "the place is kept where a caller is sent",
        it,
        late);
  }

  /** A site counts a call that it only expected. */
  void takenOver(SiteId site, CallId call) {
    counted.computeIfAbsent(site, _ -> new TreeSet<>()).add(call);
  }

  /**
   * The call's site forgets it.
   *
   * @param known as it was before
   */
  void left(SiteId site, CallState call, SiteCall known) {
    CallEvent.CallArrived arrived = call.arrival();
    boolean here = arrived != null && arrived.origin().isEmpty();
    promise(
        !here
            || known.abroad().origin().isEmpty()
            || counted.getOrDefault(site, Set.of()).contains(known.id()),
        "who is handed on counts where they went",
        known);
  }

  /** Whether a caller is, or was, on the way from there. */
  boolean isFrom(Origin origin) {
    return places.getOrDefault(origin.home(), Map.of()).containsKey(origin.call());
  }
}

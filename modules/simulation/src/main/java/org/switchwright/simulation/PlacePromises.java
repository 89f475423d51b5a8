package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * At which place a call comes in: its own, or that which its caller left in the same queue by
 * hanging up while waiting, if not too long ago. Told from the events before and from who the
 * people are that call, not from what their phones say of them; exact, whatever goes wrong.
 */
final class PlacePromises {
  static final String BACK = "who calls back in time has the place again, and nobody else";

  /**
   * @param named whether the call came in where places are kept; of others it is not noted who
   *     calls
   * @param waits whether it waits, or rings, and has not been refused
   */
  private record Here(QueueId queue, Instant place, boolean named, boolean waits) {
    Here in(QueueId next) {
      return new Here(next, place, named, waits);
    }

    Here waiting(boolean does) {
      return new Here(queue, place, named, does);
    }
  }

  private record Left(CallId call, String caller, QueueId queue, Instant place, Instant until) {}

  private final Map<CallId, Here> here = new HashMap<>();
  private final List<Left> left = new ArrayList<>();
  private final Function<CallId, String> callers;
  private final Function<CallId, Instant> arrivals;

  /**
   * @param callers who calls
   * @param arrivals when a call came
   */
  PlacePromises(Function<CallId, String> callers, Function<CallId, Instant> arrivals) {
    this.callers = callers;
    this.arrivals = arrivals;
  }

  void check(SiteState before, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it -> entered(before, it);
      case SiteEvent.CallOverflowed it -> change(it.call(), was -> was.in(it.to()));
      case SiteEvent.CallStepped it ->
          it.aim().flatMap(Route.Aim::queue).ifPresent(to -> change(it.call(), was -> was.in(to)));
      case SiteEvent.CallTransferred it ->
          change(it.offer().call(), was -> new Here(it.to(), it.place(), was.named(), true));
      case SiteEvent.CallRequeued it ->
          change(it.offer().call(), was -> was.in(it.queue()).waiting(true));
      case SiteEvent.OfferAccepted it -> change(it.offer().call(), was -> was.waiting(false));
      case SiteEvent.CallReleased it -> change(it.call(), was -> was.waiting(false));
      case SiteEvent.CallLeft it -> left(before, it);
      default -> {}
    }
  }

  private void change(CallId call, Function<Here, Here> how) {
    here.put(call, how.apply(Objects.requireNonNull(here.get(call))));
  }

  private void entered(SiteState before, SiteEvent.CallEntered it) {
    left.removeIf(each -> !each.until().isAfter(it.at()));
    boolean keeps = !keepPlace(before, it.queue()).isZero() && it.origin().isEmpty();
    Left old = keeps ? latest(callers.apply(it.call()), it.queue()) : null;
    Instant place = old == null ? arrivals.apply(it.call()) : old.place();
    promise(
        it.arrivedAt().equals(place)
            && it.resumes().equals(Optional.ofNullable(old).map(Left::call)),
        BACK,
        it,
        "but its place is",
        place,
        "after",
        old);
    if (old != null) {
      left.remove(old);
    }
    here.put(it.call(), new Here(it.queue(), place, keeps, true));
  }

  private @Nullable Left latest(String caller, QueueId queue) {
    Left latest = null;
    for (Left each : left) {
      if (each.caller().equals(caller) && each.queue().equals(queue)) {
        latest = each;
      }
    }
    return latest;
  }

  private void left(SiteState before, SiteEvent.CallLeft it) {
    Here was = Objects.requireNonNull(here.remove(it.call()));
    Duration kept = keepPlace(before, was.queue());
    boolean keeps =
        it.outcome() == CallOutcome.ABANDONED && was.waits() && was.named() && !kept.isZero();
    Optional<Instant> until = keeps ? Optional.of(it.at().plus(kept)) : Optional.empty();
    promise(it.placeUntil().equals(until), BACK, it, "but it is kept until", until, was);
    if (keeps) {
      left.add(
          new Left(
              it.call(), callers.apply(it.call()), was.queue(), was.place(), it.at().plus(kept)));
    }
  }

  private static Duration keepPlace(SiteState state, QueueId id) {
    Queue queue = Needs.known(state, id);
    return queue == null ? Duration.ZERO : queue.keepPlace();
  }
}

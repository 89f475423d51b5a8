package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * When more will do for a call than its queue asked for at first: told from when it came to wait in
 * its queue, which each move begins anew, and from the queue's times.
 *
 * <p>Never before its time, and in whatever decision reserves somebody never after it, whatever
 * goes wrong. Where nobody is reserved it may be late by what keeps a site from writing.
 */
final class WideningPromises {
  static final String IN_TIME = "a call is widened in its time";
  static final String TRULY = "a decision says truly which need was met";

  /** For how long, in its queue, and how much of that it has taken note of. */
  private record Waits(QueueId queue, Instant since, Duration noted) {
    static Waits from(QueueId queue, Instant at) {
      return new Waits(queue, at, Duration.ZERO);
    }
  }

  private final Map<CallId, Waits> books = new HashMap<>();

  void check(SiteState before, SiteState looked, SiteEvent event) {
    switch (event) {
      case SiteEvent.CallEntered it -> books.put(it.call(), Waits.from(it.queue(), it.at()));
      case SiteEvent.CallOverflowed it -> books.put(it.call(), Waits.from(it.to(), it.at()));
      case SiteEvent.CallTransferred it ->
          books.put(it.offer().call(), Waits.from(it.to(), it.at()));
      case SiteEvent.CallRequeued it ->
          books.put(it.offer().call(), Waits.from(it.queue(), it.at()));
      case SiteEvent.ConsultBegan it -> books.put(it.offer().call(), Waits.from(it.to(), it.at()));
      case SiteEvent.CallStepped it ->
          it.aim()
              .flatMap(Route.Aim::queue)
              .filter(to -> !to.equals(waits(it.call()).queue()))
              .ifPresent(to -> books.put(it.call(), Waits.from(to, it.at())));
      case SiteEvent.CallLeft it -> books.remove(it.call());
      case SiteEvent.CallWidened it -> widened(before, it);
      case SiteEvent.AgentReserved it -> reserved(before, looked, it);
      default -> {}
    }
  }

  private Waits waits(CallId call) {
    return Objects.requireNonNull(books.get(call));
  }

  private void widened(SiteState before, SiteEvent.CallWidened it) {
    SiteCall call = Objects.requireNonNull(before.calls().get(it.call()));
    Waits waits = waits(it.call());
    Duration next = next(before, waits);
    promise(
        call.stand() instanceof Stand.Waiting
            && call.directedTo().isEmpty()
            && it.waited().equals(Duration.between(waits.since(), it.at()))
            && next != null
            && next.compareTo(it.waited()) <= 0,
        IN_TIME,
        it,
        "but it has waited",
        waits,
        "and next is",
        next);
    books.put(it.call(), new Waits(waits.queue(), waits.since(), it.waited()));
  }

  /** Whoever waits has taken note of all that will do, so that nobody is passed over. */
  private void reserved(SiteState before, SiteState looked, SiteEvent.AgentReserved it) {
    if (before.lent().containsKey(it.agent())) {
      return;
    }
    SiteCall served = Objects.requireNonNull(before.calls().get(it.offer().call()));
    SiteAgent chosen = Objects.requireNonNull(before.agents().get(it.agent()));
    int met = Needs.met(before, looked, chosen, served);
    promise(it.decision().widening() == met, TRULY, it, "but it is", met, "of", served);
    promise(
        served.widened().equals(waits(served.id()).noted()), IN_TIME, served, waits(served.id()));
    for (SiteCall call : before.calls().values()) {
      noLaterThan(before, call, it.at());
    }
  }

  /** Of whatever waits for anybody: nothing more should have become enough before then. */
  void noLaterThan(SiteState state, SiteCall call, Instant latest) {
    if (call.stand() instanceof Stand.Waiting && call.directedTo().isEmpty()) {
      Waits waits = waits(call.id());
      Duration next = next(state, waits);
      promise(
          next == null || waits.since().plus(next).isAfter(latest),
          IN_TIME,
          call,
          "which waits",
          waits,
          "though after",
          next,
          "more will do");
    }
  }

  /** The first time after what was noted at which more will do; null if there is none. */
  private static @Nullable Duration next(SiteState state, Waits waits) {
    Queue queue = Needs.known(state, waits.queue());
    if (queue == null) {
      return null;
    }
    Duration first = null;
    for (var widening : queue.widenings()) {
      first = earlier(first, widening.after(), waits.noted());
    }
    Duration tierWait = queue.choosing().tierWait();
    if (!tierWait.isZero()) {
      SortedSet<Integer> tiers = new TreeSet<>();
      queue.choosing().members().values().forEach(member -> tiers.add(member.tier()));
      for (int i = 1; i < tiers.size(); i++) {
        first = earlier(first, tierWait.multipliedBy(i), waits.noted());
      }
    }
    return first;
  }

  private static @Nullable Duration earlier(@Nullable Duration one, Duration other, Duration than) {
    boolean counts = other.compareTo(than) > 0 && (one == null || other.compareTo(one) < 0);
    return counts ? other : one;
  }
}

package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.NetworkFigures.Believed;
import org.switchwright.domain.routing.QueueFigures;

/**
 * How many calls more may be out without an answer at a site that cannot be asked, and for how many
 * of them an agent is believed to be free. {@link Neighbours} says why it is so many.
 *
 * @param calls one at least, where none is out
 * @param free agents who are free there for calls from here that are not out yet
 */
record Room(int calls, int free) {

  static Room of(
      SiteState state,
      SiteId site,
      RoutingPointId point,
      Neighbour there,
      Neighbour.Cut cut,
      NetworkFigures network) {
    Optional<NetworkFigures.Remote> remote = network.of(site, point);
    Optional<Believed> believed = remote.flatMap(NetworkFigures.Remote::believed);
    Room room =
        believed.isPresent()
            ? estimated(state, site, point, remote.get().figures(), believed.get())
            : reckoned(state, site, cut);
    int unanswered = count(state, lent -> lent.since(site, cut.at()) && !lent.answered());
    return there.failures() > 0
        ? new Room(Math.min(room.calls(), 1 - unanswered), room.free())
        : room;
  }

  /** By dead reckoning. */
  private static Room reckoned(SiteState state, SiteId site, Neighbour.Cut cut) {
    int unanswered = count(state, lent -> lent.since(site, cut.at()) && !lent.answered());
    int answered = count(state, lent -> lent.since(site, cut.at()) && lent.answered());
    return new Room(Math.max(1, cut.free() - answered) - unanswered, free(state, site, cut));
  }

  /** Agents who are free by dead reckoning. */
  static int free(SiteState state, SiteId site, Neighbour.Cut cut) {
    return Math.max(0, cut.free() - count(state, lent -> lent.since(site, cut.at())));
  }

  /** As the queue and the whole site have room. */
  private static Room estimated(
      SiteState state,
      SiteId site,
      RoutingPointId point,
      QueueFigures.Named figures,
      Believed believed) {
    Out all = Out.of(state, lent -> lent.from().equals(site), believed.until());
    Out here =
        Out.of(
            state,
            lent -> lent.from().equals(site) && goesTo(state, lent, point),
            believed.until());
    Room queue = here.room(figures.ready(), figures.waiting());
    Room whole = all.room(believed.ready(), believed.waiting());
    return new Room(Math.min(queue.calls(), whole.calls()), Math.min(queue.free(), whole.free()));
  }

  /**
   * Calls that are out.
   *
   * @param unanswered of which nobody knows an answer
   * @param estimated those of them that wait in the estimate too
   * @param takenSince those that have got an agent who is free in the estimate
   */
  private record Out(int unanswered, int estimated, int takenSince) {
    static Out of(SiteState state, Predicate<Lent> which, Instant until) {
      Predicate<Lent> known = lent -> lent.agent().idleSince().isBefore(until);
      return new Out(
          count(state, which.and(lent -> !lent.answered())),
          count(state, which.and(known).and(lent -> !lent.answered())),
          count(state, which.and(known.negate()).and(Lent::answered)));
    }

    Room room(int ready, int waiting) {
      int others = Math.max(0, waiting - estimated);
      int spare = ready - others - takenSince;
      return new Room(Math.max(1, spare) - unanswered, Math.max(0, spare - unanswered));
    }
  }

  /** By the queue in which its call has its place here. */
  private static boolean goesTo(SiteState state, Lent lent, RoutingPointId point) {
    return lent.call()
        .flatMap(state::call)
        .flatMap(call -> state.configured().queue(call.queue()))
        .filter(queue -> point.equals(queue.elsewhere().get(lent.from())))
        .isPresent();
  }

  static int count(SiteState state, Predicate<Lent> which) {
    int count = 0;
    for (Lent lent : state.lent().values()) {
      count += which.test(lent) ? 1 : 0;
    }
    return count;
  }
}

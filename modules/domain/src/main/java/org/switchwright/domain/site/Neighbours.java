package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Personal;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.SiteSeen;

/**
 * What is known of the ways to other sites. Reports that do not come and calls that do not get
 * there are different things: a site whose link is cut is sent calls on an estimate, and only one
 * that calls do not get to is left out for a while.
 *
 * <p>How many calls may be out there unanswered goes by the estimate of the site: as many as agents
 * are ready, less the calls of others that wait for them. Both are means, of the queue and of the
 * whole site, whose queues may share agents; the smaller room counts. In the estimate calls that
 * were sent from here wait too, and whoever will answer them is ready, so they are taken out of
 * those that wait. But it is some seconds old, and knows nothing of what was sent since: only those
 * are taken out that it knows of, all that are unanswered now count as out, and each of those that
 * were sent since and are answered already has one of the agents whom it takes for ready. So no
 * agent is counted on twice, however often calls are sent between two looks at the estimate.
 *
 * <p>Where there is no estimate it is dead reckoning: as many agents are free as there were at the
 * last report, with those who had calls from here then that are over, less those who have calls
 * that were sent since and are not over.
 *
 * <p>In either case how fast the site really serves shows by what becomes of those calls: at most
 * so many are out there unanswered, and always one, so that a site that was busy when it was cut
 * off, or is wrongly taken to be, gets calls too. An estimate changes with time alone: while calls
 * wait for it, it is looked at again every few seconds.
 */
final class Neighbours {
  /** How long a call may wait at a site that cannot be asked before it comes back to its place. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a call waits for an agent who is known to be free before it goes on an estimate. */
  static final Duration GRACE = Duration.ofSeconds(2);

  /** How soon an estimate is looked at again for calls that wait for it to have room. */
  static final Duration LOOKS_AFTER = Duration.ofSeconds(2);

  /** How soon it is looked at whether there is an estimate now. */
  static final Duration ASKS_AFTER = Duration.ofSeconds(15);

  private static final Duration SHORTEST_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);
  private static final int DOUBLINGS = 4;

  private Neighbours() {}

  static Neighbour of(SiteState state, SiteId site) {
    return Optional.ofNullable(state.neighbours().get(site)).orElse(Neighbour.UNKNOWN);
  }

  static Decision<SiteEvent> linked(
      SiteState state, Site.NoteLink it, NetworkFigures network, Instant now) {
    boolean cut = of(state, it.site()).cut().isPresent();
    if (cut != it.linked()) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected the link to site "
              + it.site()
              + " to be known otherwise, but it is known as "
              + (cut ? "cut" : "up"));
    }
    Draft draft = new Draft(state, now);
    draft.add(
        it.linked()
            ? new SiteEvent.SiteRejoined(now, it.site())
            : new SiteEvent.SiteCutOff(now, it.site(), it.free()));
    return accepted(draft.matched(network));
  }

  /**
   * What the end of an offer to a lent agent says of the way there. Calls that were on it together
   * say so once.
   */
  static void learn(Draft draft, OfferOutcome outcome, SiteId site, Instant now) {
    Neighbour before = of(draft.state(), site);
    if (outcome == OfferOutcome.UNREACHABLE) {
      if (!before.reachable()) {
        return;
      }
      int failures = before.failures() + 1;
      Duration rest = SHORTEST_REST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
      Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
      draft.add(new SiteEvent.PathFailed(now, site, failures, now.plus(bounded)));
    } else if (outcome != OfferOutcome.WITHDRAWN) {
      found(draft, site, now);
    }
  }

  private static void found(Draft draft, SiteId site, Instant now) {
    if (of(draft.state(), site).failures() > 0) {
      draft.add(new SiteEvent.PathFound(now, site));
    }
  }

  /** An agent has answered: where it is one who is lent, calls get there. */
  static void answered(Draft draft, AgentId agent, Instant now) {
    Lent lent = draft.state().lent().get(agent);
    if (lent != null) {
      found(draft, lent.from(), now);
    }
  }

  /** Lets calls be tried again where they did not get to, and be sent where there is room now. */
  static void expire(Draft draft, NetworkFigures network, Instant now) {
    draft
        .state()
        .neighbours()
        .forEach((site, it) -> {
          Instant rests = it.restsUntil();
          if (rests != null && !rests.isAfter(now)) {
            draft.add(new SiteEvent.PathTried(now, site));
          }
          Instant looks = it.looksAt();
          if (looks != null && !looks.isAfter(now)) {
            boolean waits =
                draft.state().waiting().stream()
                    .anyMatch(call -> goes(draft.state(), call, site, now));
            Optional<Instant> next =
                Optional.of(looksAt(draft.state(), site, network, now)).filter(_ -> waits);
            draft.add(new SiteEvent.RoomAwaited(now, site, next));
          }
        });
  }

  /**
   * Sends the oldest calls that may go to sites that cannot be asked, as far as there is room;
   * where some are left, there may be room for them later.
   *
   * @return whether there were any
   */
  static boolean send(Draft draft, NetworkFigures network, Instant now) {
    int before = draft.state().lent().size();
    for (Map.Entry<SiteId, Neighbour> one : draft.state().neighbours().entrySet()) {
      Neighbour there = one.getValue();
      if (there.cut().isPresent() && there.reachable()) {
        send(draft, one.getKey(), there, there.cut().get(), network, now);
      }
    }
    return draft.state().lent().size() > before;
  }

  private static void send(
      Draft draft,
      SiteId site,
      Neighbour there,
      Neighbour.Cut cut,
      NetworkFigures network,
      Instant now) {
    SortedMap<RoutingPointId, Room> rooms = new TreeMap<>();
    for (RoutingPointId point : points(draft.state(), site)) {
      rooms.put(point, Room.of(draft.state(), site, point, there, cut, network));
    }
    boolean looked = there.looksAt() != null;
    if (looked && rooms.values().stream().noneMatch(room -> room.calls() > 0)) {
      return;
    }
    List<SiteCall> waiting =
        draft.state().waiting().stream()
            .filter(call -> goes(draft.state(), call, site, now))
            .sorted(draft.state().order())
            .toList();
    boolean left = false;
    for (SiteCall call : waiting) {
      RoutingPointId point = Enlisting.elsewhere(draft.state(), call).get(site);
      Room room = point == null ? null : rooms.get(point);
      if (point == null || room == null || room.calls() <= 0) {
        left = true;
        continue;
      }
      Optional<NetworkFigures.Remote> remote = network.of(site, point);
      send(draft, call, site, cut, room, SiteSeen.of(remote, now), now);
      rooms.replaceAll((it, _) -> Room.of(draft.state(), site, it, there, cut, network));
    }
    if (left && !looked) {
      Instant next = looksAt(draft.state(), site, network, now);
      draft.add(new SiteEvent.RoomAwaited(now, site, Optional.of(next)));
    }
  }

  /** Where calls may come to there. */
  private static SortedSet<RoutingPointId> points(SiteState state, SiteId site) {
    SortedSet<RoutingPointId> points = new TreeSet<>();
    for (SiteConfiguration.Queue queue : state.configured().queues()) {
      RoutingPointId point = queue.elsewhere().get(site);
      if (point != null) {
        points.add(point);
      }
    }
    return points;
  }

  /** Soon, where there is an estimate, which may have more room then. */
  private static Instant looksAt(
      SiteState state, SiteId site, NetworkFigures network, Instant now) {
    boolean estimated =
        points(state, site).stream()
            .anyMatch(point ->
                network.of(site, point).flatMap(NetworkFigures.Remote::believed).isPresent());
    return now.plus(estimated ? LOOKS_AFTER : ASKS_AFTER);
  }

  static Sent sent(SiteState state, SiteId site) {
    Neighbour it = of(state, site);
    return new Sent(
        Room.count(state, lent -> lent.from().equals(site) && !lent.answered()),
        Room.count(state, lent -> lent.from().equals(site) && lent.answered()),
        it.cut().map(cut -> Room.free(state, site, cut)),
        it.failures(),
        Optional.ofNullable(it.restsUntil()));
  }

  /** Whoever had a call when the site was cut off, and has it no more, is free there. */
  static PSortedMap<SiteId, Neighbour> returned(
      PSortedMap<SiteId, Neighbour> neighbours, @Nullable Lent back) {
    Neighbour there = back == null ? null : neighbours.get(back.from());
    return back == null || there == null || there.cut().isEmpty()
        ? neighbours
        : back.since(back.from(), there.cut().get().at())
            ? neighbours
            : neighbours.plus(back.from(), there.freed());
  }

  private static boolean goes(SiteState state, SiteCall call, SiteId site, Instant now) {
    return call.abroad().at(site).isEmpty()
        && address(state, call, site).isPresent()
        && (!awaits(state, call) || !call.enteredQueueAt().plus(GRACE).isAfter(now));
  }

  /** Whether another site may have an agent at once, and say so. */
  private static boolean awaits(SiteState state, SiteCall call) {
    return Enlisting.elsewhere(state, call).keySet().stream()
        .anyMatch(site -> of(state, site).serves());
  }

  /** Whether a call may go to a site that cannot be asked. */
  static boolean mayGo(SiteState state, SiteCall call) {
    return Enlisting.elsewhere(state, call).keySet().stream()
        .anyMatch(site -> of(state, site).cut().isPresent());
  }

  private static Optional<Personal> address(SiteState state, SiteCall call, SiteId site) {
    return Optional.ofNullable(Enlisting.elsewhere(state, call).get(site))
        .flatMap(point -> Optional.ofNullable(of(state, site).addresses().get(point)));
  }

  private static void send(
      Draft draft,
      SiteCall call,
      SiteId site,
      Neighbour.Cut cut,
      Room room,
      SiteSeen seen,
      Instant now) {
    SiteState state = draft.state();
    int number = call.abroad().enlistments() + 1;
    Carried carried =
        new Carried(
            new Origin(state.id(), call.id(), number),
            call.interaction(),
            Carried.waited(call.arrivedAt(), now));
    address(state, call, site)
        .flatMap(carried::at)
        .ifPresent(station -> {
          AgentId agent = name(state, site);
          RoutingDecision.Considered why =
              new RoutingDecision.Considered(
                  agent, RoutingDecision.Verdict.ESTIMATED, null, cut.at(), (long) room.free());
          Enlisting.offer(
              draft,
              new SiteEvent.AgentLent(
                  now,
                  call.id(),
                  site,
                  number,
                  agent,
                  Optional.empty(),
                  station,
                  Optional.of(seen)),
              why,
              now.plus(PATIENCE));
        });
  }

  /** Whoever it is there: nobody says. */
  private static AgentId name(SiteState state, SiteId site) {
    return Enlisting.name(state, site, new AgentId("somebody"));
  }
}

package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.site.Abroad;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * What is promised of sites that cannot be asked, and of those that calls do not get to. A cut link
 * leaves no site out; calls that do not get there do, and only for as long.
 */
final class NeighbourPromises {
  /** How long a call may be under way to where it is found not to get. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(10);

  private static final Duration LONGEST_REST = Duration.ofSeconds(60);
  private static final int REST_S = 62;

  /** How long a call may wait though there is room where nobody can be asked. */
  private static final int ROOM_S = 25;

  /** How soon it is looked again whether there is room. */
  private static final Duration LOOKED_AT = Duration.ofSeconds(15);

  /** A minute there, and what it takes to call somebody back. */
  private static final int TRANSITION_S = 64;

  /** How long after it was decided an event may be written. */
  private static final Duration LATE = Weather.SLOWEST_WRITE.plusSeconds(1);

  private final Map<SiteId, DataCenter> sites;
  private final List<Link> links;
  private final Map<NetworkSimulation.Way, CallPath> paths;
  private final Differences differences;
  private final boolean sound;

  NeighbourPromises(
      Map<SiteId, DataCenter> sites,
      List<Link> links,
      Map<NetworkSimulation.Way, CallPath> paths,
      NetworkScenario scenario,
      Differences differences) {
    this.sites = sites;
    this.links = links;
    this.paths = paths;
    this.differences = differences;
    this.sound = scenario.soundSites();
  }

  private CallPath path(SiteId home, SiteId other) {
    return Objects.requireNonNull(paths.get(new NetworkSimulation.Way(home, other)));
  }

  /** Events of one write of a site, and the state before them. */
  void written(SiteId home, SiteState before, List<?> events, SiteState after) {
    DataCenter site = Objects.requireNonNull(sites.get(home));
    Instant now = site.world().now();
    SiteState state = before;
    for (int at = 0; at < events.size(); at++) {
      SiteEvent event = (SiteEvent) events.get(at);
      promise(
          !event.at().isAfter(now) && !event.at().isBefore(now.minus(LATE)),
          "each site goes by its own clock",
          event,
          now);
      check(home, state, event, after);
      if (at + 1 < events.size()) {
        state = site.host().site().rules().evolve(state, event);
      }
    }
  }

  private void check(SiteId home, SiteState before, SiteEvent event, SiteState after) {
    switch (event) {
      case SiteEvent.AgentLent it when it.theirs().isEmpty() -> sent(before, it);
      case SiteEvent.PathFailed it -> failed(home, before, it);
      case SiteEvent.OfferAccepted it when before.lent().containsKey(it.agent()) -> {
        Lent lent = Objects.requireNonNull(before.lent().get(it.agent()));
        Neighbour there = after.neighbours().get(lent.from());
        promise(
            there == null || there.failures() == 0,
            "who is got to is not taken for one who is not",
            it,
            there);
      }
      default -> {}
    }
  }

  /** Where nobody can be asked, the estimate says how many may be out there unanswered. */
  private static void sent(SiteState before, SiteEvent.AgentLent it) {
    Neighbour there = before.neighbours().get(it.site());
    Neighbour.Cut cut = there == null ? null : there.cut().orElse(null);
    RoutingPointId point = point(before, it.call(), it.site());
    promise(cut != null, "nobody is sent unasked to a site that can be asked", it);
    promise(
        point != null
            && there != null
            && cut != null
            && room(before, it.site(), point, there, cut, it.at()) > 0,
        "no more are sent unasked than the estimate says",
        it,
        before.lent());
    promise(
        there != null && there.restsUntil() == null,
        "nobody is sent where calls do not get to",
        it,
        there);
    promise(
        point != null && it.seen().equals(Optional.of(seen(before, it.site(), point, it.at()))),
        "what was known is written down with whoever is sent unasked",
        it);
  }

  private static SiteSeen seen(SiteState state, SiteId site, RoutingPointId point, Instant at) {
    return SiteSeen.of(EstimatingSite.figures(state, at).of(site, point), at);
  }

  private static @Nullable RoutingPointId point(SiteState state, CallId id, SiteId site) {
    SiteCall call = state.calls().get(id);
    Queue queue = call == null ? null : Needs.known(state, call.queue());
    return queue == null ? null : queue.elsewhere().get(site);
  }

  private static long room(
      SiteState state,
      SiteId site,
      RoutingPointId point,
      Neighbour there,
      Neighbour.Cut cut,
      Instant at) {
    long answered = 0;
    long unanswered = 0;
    for (Lent lent : state.lent().values()) {
      if (lent.from().equals(site) && !lent.agent().idleSince().isBefore(cut.at())) {
        boolean talks = lent.agent().work() instanceof SiteAgent.Work.Talking;
        answered += talks ? 1 : 0;
        unanswered += talks ? 0 : 1;
      }
    }
    NetworkFigures.Remote remote = EstimatingSite.figures(state, at).of(site, point).orElse(null);
    NetworkFigures.Believed whole =
        remote == null ? null : remote.believed().orElseThrow(IllegalStateException::new);
    long most = there.failures() > 0 ? 1 - unanswered : Long.MAX_VALUE;
    if (remote == null || whole == null) {
      return Math.min(most, Math.max(1, cut.free() - answered) - unanswered);
    }
    long queue =
        left(state, site, point, remote.figures().ready(), remote.figures().waiting(), whole);
    long all = left(state, site, null, whole.ready(), whole.waiting(), whole);
    return Math.min(most, Math.min(queue, all));
  }

  /**
   * Each call that is out needs an agent of those who are ready, and each that waits there and is
   * not of this site: what the estimate knows of as waiting may be either.
   *
   * @param point null: any
   */
  private static long left(
      SiteState state,
      SiteId site,
      @Nullable RoutingPointId point,
      int ready,
      int waiting,
      NetworkFigures.Believed estimate) {
    long unanswered = 0;
    long waitsInEstimate = 0;
    long readyNoMore = 0;
    for (Lent lent : state.lent().values()) {
      CallId call =
          switch (lent.agent().work()) {
            case SiteAgent.Work.Reserved it -> it.offer().call();
            case SiteAgent.Work.Talking it -> it.offer().call();
            default -> null;
          };
      boolean goesThere =
          lent.from().equals(site)
              && (point == null || (call != null && point.equals(point(state, call, site))));
      boolean talks = lent.agent().work() instanceof SiteAgent.Work.Talking;
      boolean estimated = lent.agent().idleSince().isBefore(estimate.until());
      unanswered += goesThere && !talks ? 1 : 0;
      waitsInEstimate += goesThere && !talks && estimated ? 1 : 0;
      readyNoMore += goesThere && talks && !estimated ? 1 : 0;
    }
    long others = Math.max(0, waiting - waitsInEstimate);
    return Math.max(1, ready - readyNoMore - others) - unanswered;
  }

  private void failed(SiteId home, SiteState before, SiteEvent.PathFailed it) {
    Neighbour there = before.neighbours().get(it.site());
    promise(
        there == null || there.restsUntil() == null,
        "calls that fail together count once",
        it,
        there);
    promise(
        !sound || path(home, it.site()).failedIn(UNDER_WAY),
        "only where calls do not get to is left out",
        it);
    promise(
        !it.until().isAfter(it.at().plus(LONGEST_REST)), "who is left out is tried again soon", it);
  }

  void audit() {
    for (Link link : links) {
      SiteId home = link.home().host().siteId();
      SiteId other = link.other().host().siteId();
      SiteState state = link.home().host().site().state();
      Neighbour there = state.neighbours().get(other);
      boolean believed = there != null && there.cut().isPresent();
      differences.expect(
          link.home().stopped() || believed == link.cut(),
          "a site knows how its links stand",
          4 * (int) Link.EVERY.toSeconds(),
          120,
          home,
          other,
          believed);
      if (there != null) {
        differences.expect(
            there.restsUntil() == null || path(home, other).failedIn(UNDER_WAY),
            "who is left out is tried again soon",
            REST_S,
            sound ? REST_S : REST_S + 60,
            home,
            other);
        there
            .cut()
            .filter(_ -> there.restsUntil() == null)
            .ifPresent(cut -> waiting(home, state, other, there, cut, link.home().world().now()));
      }
      transition(home, state, other);
    }
  }

  /**
   * Whoever waits is sent where nobody can be asked, while the estimate says that there is room.
   */
  private void waiting(
      SiteId home, SiteState state, SiteId other, Neighbour there, Neighbour.Cut cut, Instant now) {
    for (SiteCall call : state.calls().values()) {
      boolean anybodys =
          call.stand() instanceof SiteCall.Stand.Waiting
              && call.abroad().origin().isEmpty()
              && call.consults().now().isEmpty()
              && call.directedTo().isEmpty();
      Queue queue = Needs.known(state, call.queue());
      RoutingPointId point = queue == null ? null : queue.elsewhere().get(other);
      Abroad.Enlistment known = call.abroad().enlisted().get(other);
      boolean rests = known != null && known.stand() instanceof Abroad.Stand.Resting;
      boolean goes = anybodys && !rests && point != null && there.addresses().containsKey(point);
      boolean room = goes && point != null && room(state, other, point, there, cut, now) > 0;
      Instant looks = there.looksAt();
      differences.expect(
          !room,
          "a site that cannot be asked gets calls",
          ROOM_S,
          sound ? ROOM_S : 150,
          home,
          call.id(),
          other);
      differences.expect(
          !goes || room || (looks != null && !looks.isAfter(now.plus(LOOKED_AT))),
          "who waits for room where nobody can be asked is looked after",
          ROOM_S,
          sound ? ROOM_S : 150,
          home,
          call.id(),
          other);
    }
  }

  /** What is on the way is answered or comes back, and is counted for no longer. */
  private void transition(SiteId home, SiteState state, SiteId other) {
    int counted = 0;
    for (Map.Entry<?, Lent> one : state.lent().entrySet()) {
      Lent lent = one.getValue();
      if (lent.from().equals(other) && lent.agent().work() instanceof SiteAgent.Work.Reserved it) {
        counted++;
        differences.expect(
            false,
            "who is on the way gets there or comes back",
            TRANSITION_S,
            sound ? TRANSITION_S : 260,
            home,
            it.offer());
      }
    }
    promise(
        state.sentTo(other).inTransition() == counted,
        "who is on the way is counted",
        state.sentTo(other),
        counted);
  }

  /** When all is over, nobody is on the way anywhere. */
  void atTheEnd() {
    for (Link link : links) {
      SiteId other = link.other().host().siteId();
      var sent = link.home().host().site().state().sentTo(other);
      promise(
          sent.inTransition() == 0 && sent.talking() == 0, "who is on the way is counted", sent);
    }
  }
}

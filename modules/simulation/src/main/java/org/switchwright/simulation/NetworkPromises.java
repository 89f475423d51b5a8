package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Carried;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Abroad;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration.Queue;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** What is promised of sites that look for agents at each other, beyond what each promises. */
final class NetworkPromises {
  private static final Duration AUDIT = Duration.ofSeconds(2);

  /** How late a message may come where nothing goes wrong. */
  private static final Duration CALM_DELAY = Duration.ofSeconds(1);

  /** How far clocks may go apart while somebody waits. */
  private static final Duration CLOCKS_DRIFT = Duration.ofSeconds(1);

  private final Map<SiteId, DataCenter> sites;
  private final Differences differences;
  private final NeighbourPromises neighbours;
  private final Crossings crossings = new Crossings();
  private final HandedOn handedOn = new HandedOn();
  private final List<Link> links;
  private final boolean peaceful;
  private final boolean sound;
  private final Map<CallKey, Origin> origins = new TreeMap<>();
  private final Map<CallKey, Set<CallKey>> talking = new TreeMap<>();
  private final Map<CallKey, Instant> told = new TreeMap<>();
  private final Set<CallKey> answered = new TreeSet<>();
  private final Set<CallKey> unasked = new TreeSet<>();
  private final EnumMap<Met, Integer> met = new EnumMap<>(Met.class);

  /** A call that is expected at a site, or was, and where it has its place. */
  record Awaited(SiteId site, CallId call, SiteId home) {}

  /** A call, in whatever data center. */
  private record CallKey(SiteId site, CallId call) implements Comparable<CallKey> {
    @Override
    public int compareTo(CallKey other) {
      int bySite = site.compareTo(other.site);
      return bySite != 0 ? bySite : call.compareTo(other.call);
    }
  }

  NetworkPromises(
      Map<SiteId, DataCenter> sites,
      List<Link> links,
      Map<NetworkSimulation.Way, CallPath> paths,
      NetworkScenario scenario) {
    this.sites = sites;
    this.links = links;
    this.differences = new Differences(sites.values().iterator().next().world());
    this.neighbours = new NeighbourPromises(sites, links, paths, scenario, differences);
    this.peaceful = scenario.peaceful();
    this.sound = scenario.soundSites();
  }

  Crossings.Totals crossings() {
    return crossings.totals();
  }

  private void note(Met what) {
    met.merge(what, 1, Integer::sum);
  }

  SortedMap<Met, Integer> met() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(met));
  }

  /** Who is to be called by the address that is made for one call. */
  Optional<Awaited> expected(String address) {
    for (SiteId site : sites.keySet()) {
      String prefix = Trunk.address(site, "");
      if (address.startsWith(prefix)) {
        CallId call = new CallId(address.substring(prefix.length()));
        return Optional.ofNullable(origins.get(new CallKey(site, call)))
            .map(origin -> new Awaited(site, call, origin.home()));
      }
    }
    return Optional.empty();
  }

  private DataCenter site(SiteId id) {
    return Objects.requireNonNull(sites.get(id));
  }

  private Instant truly(SiteId there, Instant at) {
    return site(there).world().agenda().truly(at);
  }

  private SiteState state(SiteId id) {
    return site(id).host().site().state();
  }

  private CallState call(SiteId site, CallId call) {
    return site(site).host().call(call).state();
  }

  /** Who sees what happens in one data center. */
  Witness of(DataCenter there) {
    SiteId id = there.host().siteId();
    return new Witness() {
      @Override
      public void written(Actor<?, ?, ?> actor, Object before, List<?> events, Object after) {
        switch (after) {
          case CallState it ->
              events.forEach(event -> happened(id, (CallState) before, it, (CallEvent) event));
          case SiteState it -> {
            events.forEach(event -> happened(id, (SiteState) before, (SiteEvent) event));
            neighbours.written(id, (SiteState) before, events, it);
          }
          default -> {}
        }
        if (after instanceof CallState it) {
          talks(id, it);
        }
      }

      @Override
      public void recovered(Actor<?, ?, ?> actor) {}

      @Override
      public void performed(
          Actor<?, ?, ?> actor, int number, @Nullable Object event, Effect effect) {
        if (effect instanceof Effect.TellElsewhere it && it.command() instanceof Call.Forget) {
          forgets(id, it);
        }
      }
    };
  }

  /** One who was taken over, and does not know, may know nothing of the lending either. */
  private void forgets(SiteId home, Effect.TellElsewhere it) {
    boolean lent =
        state(home).lent().values().stream().anyMatch(one -> lent(one, it.site(), it.call()));
    boolean divided = !site(home).world().weather().faults().pauses().isZero();
    boolean comes = call(it.site(), it.call()).phase() instanceof Phase.Expected;
    promise(!lent || !comes || divided, "nobody is forgotten who is on the way", home, it);
  }

  /** What the INVITE said of a place elsewhere; null where it said nothing. */
  private @Nullable Carried carried(SiteId site, CallEvent.CallArrived it) {
    return site(site).phone(it.invite().headers().text().orElseThrow()) instanceof CallerPhone phone
        ? phone.carried().orElse(null)
        : null;
  }

  private boolean handedOn(SiteId site, CallEvent.CallArrived it) {
    Carried carried = carried(site, it);
    return carried != null && carried.handedOn();
  }

  private static boolean lent(Lent one, SiteId site, CallId expected) {
    return one.from().equals(site)
        && one.theirs().filter(offer -> offer.call().equals(expected)).isPresent();
  }

  private void happened(SiteId site, CallState before, CallState after, CallEvent event) {
    CallKey key = new CallKey(site, after.id());
    Origin origin = origins.get(key);
    switch (event) {
      case CallEvent.CallExpected it -> {
        origins.put(key, it.expectation().origin());
        told.put(key, it.at());
        place(site, it.expectation().origin(), it.expectation().place(), it);
      }
      case CallEvent.ExpectationRenewed it -> told.put(key, it.at());
      case CallEvent.CallArrived it when handedOn(site, it) -> {
        Carried carried = Objects.requireNonNull(carried(site, it));
        handedOn.came(it, carried, site(site).world().agenda());
        note(origin == null ? Met.CAME_LATE : Met.TAKEN_OVER);
        origins.remove(key);
      }
      case CallEvent.CallArrived it when carried(site, it) != null -> {
        Carried carried = Objects.requireNonNull(carried(site, it));
        promise(
            it.origin().equals(Optional.of(carried.origin()))
                && it.interaction().equals(carried.interaction()),
            "who comes unasked is no new caller",
            it,
            carried);
        note(Met.CAME_UNASKED);
        unasked.add(key);
        origins.put(key, carried.origin());
        crossings.arrived(carried.origin());
        place(site, carried.origin(), it.place().orElseThrow(), it);
      }
      case CallEvent.CallArrived it ->
          promise(
              it.origin().equals(Optional.ofNullable(origin)),
              "who is expected is no new caller",
              it,
              origin);
      case CallEvent.OfferAccepted _ -> answered.add(key);
      case CallEvent.CallConnected _ when unasked.contains(key) -> note(Met.ANSWERED_UNASKED);
      case CallEvent.CallConnected _ when origin != null -> note(Met.ANSWERED_ELSEWHERE);
      case CallEvent.CallUnneeded _ when before.phase() instanceof Phase.Expected it ->
          note(it.held() == null ? Met.FORGOTTEN : Met.WITHDRAWN);
      case CallEvent.CallEnded it when it.outcome() == CallOutcome.ELSEWHERE -> note(Met.SENT_BACK);
      case CallEvent.CallEnded it when HandedOn.letsGo(it) -> {
        note(Met.HANDED_ON);
        SiteCall known = Objects.requireNonNull(state(site).calls().get(after.id()));
        handedOn.letGo(site, before, it, truly(site, known.arrivedAt()));
      }
      default -> {}
    }
    boolean waits =
        after.phase() instanceof Phase.Waiting || after.phase() instanceof Phase.Seeking;
    promise(
        !origins.containsKey(key) || !waits || answered.contains(key) || unasked.contains(key),
        "whoever is not answered elsewhere waits at home",
        after);
  }

  private void happened(SiteId site, SiteState before, SiteEvent event) {
    crossings.happened(site, event, truly(site, site(site).world().now()));
    switch (event) {
      case SiteEvent.CallEnlisted it -> {
        SiteCall known = before.calls().get(it.call());
        boolean again = known != null && known.abroad().enlistments() >= it.number();
        note(again ? Met.RENEWED : Met.ENLISTED);
      }
      case SiteEvent.AgentLent it -> note(Met.of(it));
      case SiteEvent.RoomAwaited _ -> note(Met.ROOM_AWAITED);
      case SiteEvent.SiteCutOff _ -> note(Met.CUT_OFF);
      case SiteEvent.SiteRejoined _ -> note(Met.REJOINED);
      case SiteEvent.PathFailed it -> note(it.failures() == 1 ? Met.LEFT_OUT : Met.LEFT_OUT_AGAIN);
      case SiteEvent.PathTried _ -> note(Met.TRIED);
      case SiteEvent.PathFound _ -> note(Met.FOUND);
      case SiteEvent.CallDelisted it when it.why() == SiteEvent.Delisting.REFUSED ->
          note(Met.REFUSED);
      case SiteEvent.OfferEnded it -> ended(before, it);
      case SiteEvent.CallLeft it ->
          handedOn.left(
              site, call(site, it.call()), Objects.requireNonNull(before.calls().get(it.call())));
      case SiteEvent.CallTakenOver it -> handedOn.takenOver(site, it.call());
      default -> {}
    }
  }

  /** Where nothing goes wrong, whoever is sent to a lent agent gets there. */
  private void ended(SiteState before, SiteEvent.OfferEnded it) {
    Lent lent = before.lent().get(it.agent());
    if (lent != null
        && lent.theirs().isPresent()
        && peaceful
        && it.outcome() != OfferOutcome.WITHDRAWN) {
      CallState there = call(lent.from(), lent.theirs().get().call());
      promise(there.arrival() != null, "who is sent to a lent agent gets there", it, there);
    }
  }

  /** It never claims to have waited for longer than it has; whatever clocks show. */
  private void place(SiteId there, Origin origin, Instant place, CallEvent event) {
    SiteCall home = state(origin.home()).calls().get(origin.call());
    if (home == null) {
      return;
    }
    Duration late = Duration.between(truly(origin.home(), home.arrivedAt()), truly(there, place));
    promise(late.plus(CLOCKS_DRIFT).isPositive(), "the place is kept elsewhere", event, late);
    promise(
        !(peaceful || (unaskedIn(event) && sound)) || late.compareTo(CALM_DELAY) <= 0,
        "the place is kept elsewhere",
        event,
        late);
  }

  /** It says so itself, and no link delays that. */
  private static boolean unaskedIn(CallEvent event) {
    return event instanceof CallEvent.CallArrived;
  }

  /** Who talks to an agent of the site: the caller's call, or one that was expected. */
  private void talks(SiteId site, CallState call) {
    CallKey key = new CallKey(site, call.id());
    Origin origin = origins.get(key);
    CallKey home = origin == null ? key : new CallKey(origin.home(), origin.call());
    boolean talks =
        switch (call.phase()) {
          case Phase.Joining it -> own(site, it.offer());
          case Phase.Connected it -> own(site, it.offer());
          default -> false;
        };
    if (talks) {
      talking.computeIfAbsent(home, _ -> new TreeSet<>()).add(key);
    } else if (talking.containsKey(home)) {
      Set<CallKey> left = Objects.requireNonNull(talking.get(home));
      left.remove(key);
      talking.remove(home, Set.of());
    }
  }

  private boolean own(SiteId site, Phase.Offer offer) {
    return !(site(site).phone(offer.station().text().orElseThrow()) instanceof Trunk.Here);
  }

  void audit(Agenda agenda) {
    agenda.in(
        AUDIT,
        () -> {
          talking.forEach((caller, calls) -> {
            if (calls.size() > 1) {
              note(Met.TWO_AT_ONCE);
            }
            differences.expect(
                calls.size() <= 1, "no caller with two agents in the network", 3, 100, caller);
          });
          sites.forEach(this::expected);
          origins.forEach(this::come);
          sites.forEach(this::waiting);
          sites.forEach(this::lent);
          neighbours.audit();
          differences.look();
          audit(agenda);
        });
  }

  /** Whoever is expected waits at home, or is on the way. */
  private void expected(SiteId id, DataCenter site) {
    for (SiteCall call : state(id).calls().values()) {
      Origin origin = call.abroad().origin().orElse(null);
      if (origin == null || !(call(id, call.id()).phase() instanceof Phase.Expected it)) {
        continue;
      }
      SiteState home = state(origin.home());
      SiteCall caller = home.calls().get(origin.call());
      boolean known =
          caller != null
              && Optional.ofNullable(caller.abroad().enlisted().get(id))
                  .filter(one -> one.number() == origin.number())
                  .isPresent();
      boolean lent = home.lent().values().stream().anyMatch(one -> lent(one, id, call.id()));
      boolean going = lent || handedOn.isFrom(origin);
      differences.expect(
          known || going, "nobody is expected who does not wait", 2, 130, id, call.id());
      Instant until =
          Objects.requireNonNull(told.get(new CallKey(id, call.id()))).plus(Call.EXPECTED_FOR);
      differences.expect(
          !site.world().now().isAfter(until),
          "who is not spoken of any more is forgotten",
          1,
          40,
          id,
          call.id());
      Phase.Held held = it.held();
      Queue queue = Needs.known(state(id), call.queue());
      int ringS = queue == null ? 0 : (int) queue.ringTimeout().toSeconds();
      differences.expect(
          held == null,
          "no agent is held for one who does not come",
          handedOn.isFrom(origin) ? (int) Call.EXPECTED_FOR.toSeconds() : 3,
          ringS + 60,
          id,
          held == null ? call.id() : held.offer());
    }
  }

  /** Whoever has come here is not gone at home. */
  private void come(CallKey expected, Origin origin) {
    CallState here = call(expected.site(), expected.call());
    if (here.arrival() != null && !(here.phase() instanceof Phase.Over)) {
      boolean there = !(call(origin.home(), origin.call()).phase() instanceof Phase.Over);
      differences.expect(
          there, "no agent has a caller of another site who is gone", 4, 430, expected);
    }
  }

  /** Whoever waits does so wherever his queue looks for agents. */
  private void waiting(SiteId id, DataCenter home) {
    SiteState site = state(id);
    for (SiteCall call : site.calls().values()) {
      boolean anybodys =
          call.stand() instanceof SiteCall.Stand.Waiting
              && call.abroad().origin().isEmpty()
              && call.consults().now().isEmpty()
              && call.directedTo().isEmpty();
      Queue queue = Needs.known(site, call.queue());
      if (!anybodys || queue == null) {
        continue;
      }
      for (Map.Entry<SiteId, RoutingPointId> asked : queue.elsewhere().entrySet()) {
        SiteId other = asked.getKey();
        Abroad.Enlistment one = call.abroad().enlisted().get(other);
        boolean waits =
            one != null
                && (one.stand() instanceof Abroad.Stand.Resting
                    || call(other, new Origin(id, call.id(), one.number()).expected()).phase()
                        instanceof Phase.Expected);
        differences.expect(
            waits || !has(other, asked.getValue()) || !serves(site, other),
            "who waits does so at each site that is asked",
            35,
            200,
            id,
            call.id(),
            other);
      }
    }
  }

  /** Whether it can be asked, and calls get there, as far as is known. */
  private static boolean serves(SiteState site, SiteId other) {
    Neighbour there = site.neighbours().get(other);
    return there == null || (there.cut().isEmpty() && there.restsUntil() == null);
  }

  private boolean has(SiteId site, RoutingPointId point) {
    return state(site)
        .configuration()
        .filter(it -> it.points().stream().anyMatch(one -> one.id().equals(point)))
        .isPresent();
  }

  /** Whoever is lent rings or talks there, or has sent the caller on there. */
  private void lent(SiteId id, DataCenter home) {
    for (Lent lent : state(id).lent().values()) {
      if (lent.theirs().isEmpty()) {
        continue;
      }
      SiteCall there = state(lent.from()).calls().get(lent.theirs().get().call());
      boolean works =
          (there != null && there.talked() > 0)
              || state(lent.from()).agents().values().stream()
                  .map(SiteAgent::work)
                  .anyMatch(work ->
                      switch (work) {
                        case SiteAgent.Work.Reserved it ->
                            lent.theirs().equals(Optional.of(it.offer()));
                        case SiteAgent.Work.Talking it ->
                            it.offer().call().equals(lent.theirs().orElseThrow().call());
                        default -> false;
                      });
      differences.expect(works, "who is lent works for that call", 4, 150, id, lent.agent().id());
    }
  }

  void atTheEnd(Collection<Trunk> trunks) {
    neighbours.atTheEnd();
    crossings.compare(sound);
    if (crossings.totals().crossed() > 0) {
      met.put(Met.ANSWERED_TOO_LATE, crossings.totals().crossed());
    }
    if (peaceful) {
      trunks.forEach(
          it -> promise(!it.busy(), "nothing is left over", it.here().name, it.there().state()));
    }
    for (Link link : links) {
      MonitorState monitor = link.home().host().monitor(link.other().host().siteId()).state();
      promise(
          monitor.mirror().equals(link.other().host().site().state()),
          "a monitor knows what its site has reported",
          monitor);
    }
    long counted =
        sites.keySet().stream()
            .map(it -> state(it).tally())
            .mapToLong(it -> it.arrived() - it.handedOn())
            .sum();
    long came =
        sites.values().stream()
            .flatMap(it -> it.callers().stream().map(caller -> it.host().call(caller.call())))
            .filter(it -> it.state().arrival() != null)
            .count();
    promise(counted <= came, "each caller is counted at one site", counted, "of", came);
  }
}

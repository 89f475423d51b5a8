package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteConfiguration;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** What is promised of a site's work: told from its events, and by books kept beside it. */
final class SitePromises {
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final Duration TROUBLED_LATENESS = Duration.ofSeconds(60);
  private static final Duration TROUBLED_SILENCE = Duration.ofSeconds(170);

  private final Host host;
  private final AgentPromises agents;
  private final CallPromises calls;
  private final Map<AgentId, AgentPerson> people = new HashMap<>();
  private final AnnouncementPromises told = new AnnouncementPromises();
  private final SiteBooks books = new SiteBooks();
  private final WideningPromises widening = new WideningPromises();
  private final PresencePromises presence = new PresencePromises();
  private final PlacePromises places;
  private final Map<OfferId, AgentId> open = new HashMap<>();
  private final Map<CallId, OfferId> winners = new HashMap<>();
  private final Map<AgentId, Instant> notBefore = new HashMap<>();
  private final Map<AgentId, Long> versions = new HashMap<>();
  private final Map<AgentId, Long> underJudgement = new HashMap<>();
  private final Map<AgentId, OfferOutcome> judgedFor = new HashMap<>();
  private final Map<AgentId, Instant> wrappingUpUntil = new HashMap<>();
  private final Set<OfferId> sentOn = new HashSet<>();

  SitePromises(
      Host host,
      AgentPromises agents,
      CallPromises calls,
      List<AgentPerson> people,
      Function<CallId, String> callers) {
    this.host = host;
    this.agents = agents;
    this.calls = calls;
    people.forEach(person -> this.people.put(person.id(), person));
    this.given = people;
    this.places = new PlacePromises(callers, call -> place(host.call(call).state()));
  }

  private final List<AgentPerson> given;

  private static Instant place(CallState call) {
    return switch (call.phase()) {
      case Phase.Expected it -> it.expectation().place();
      case Phase.Unneeded it -> it.expectation().place();
      default -> {
        CallEvent.CallArrived arrived = Objects.requireNonNull(call.arrival());
        yield arrived.place().orElse(arrived.at());
      }
    };
  }

  /** Whether this offer to this agent has begun and not ended. */
  boolean open(OfferId offer, AgentId agent) {
    return agent.equals(open.get(offer));
  }

  /**
   * @param states the one before, and then one after each event
   */
  void written(List<?> states, List<?> events, SiteState after) {
    SiteState looked = (SiteState) states.getFirst();
    for (int at = 0; at < events.size(); at++) {
      SiteState before = (SiteState) states.get(at);
      SiteEvent event = (SiteEvent) events.get(at);
      // All who ring for a call at once were found in one look.
      looked = at > 0 && together((SiteEvent) events.get(at - 1), event) ? looked : before;
      books.check(before, looked, event);
      widening.check(before, looked, event);
      places.check(before, event);
      check(before, event);
      if (event instanceof SiteEvent.CallAnnounced it) {
        told.announced((SiteState) states.getFirst(), it);
      }
    }
    books.check(after);
    presence.written(states, events, after);
  }

  /**
   * What a site owes when a time has come, it may do later by as long as it is kept from writing;
   * so long that it is asked for only now and then.
   */
  void inTime(Instant now) {
    SiteState state = host.site().state();
    if (state.configuration().isEmpty()) {
      return;
    }
    boolean troubled = host.weather().faults().any();
    Duration bound = troubled ? TROUBLED_LATENESS : MARGIN;
    Instant bare = now.minus(bound);
    Instant latest = bare.minus(host.weather().stalledSince(bare, now));
    for (SiteCall call : state.calls().values()) {
      widening.noLaterThan(state, call, latest);
    }
    presence.noLaterThan(state, latest);
  }

  /** Of several the record of the first says why, and that of the others only who. */
  private static boolean together(SiteEvent one, SiteEvent next) {
    return one instanceof SiteEvent.AgentReserved it
        && next instanceof SiteEvent.AgentReserved other
        && it.offer().call().equals(other.offer().call())
        && other.decision().considered().size() == 1;
  }

  private void check(SiteState before, SiteEvent event) {
    switch (event) {
      case SiteEvent.AgentReserved it -> reserved(before, it);
      case SiteEvent.OfferAccepted it -> {
        closed(it.offer(), it.agent());
        OfferId other = winners.put(it.offer().call(), it.offer());
        promise(other == null, "exactly one winner", it, "after", other);
        promise(
            calls.outcome(it.offer()) == OfferOutcome.ACCEPTED,
            "a site believes only what the call says",
            it,
            "but the call says",
            calls.outcome(it.offer()));
      }
      case SiteEvent.ConsultAnswered it -> {
        closed(it.offer(), it.agent());
        promise(
            calls.outcome(it.offer()) == OfferOutcome.ACCEPTED,
            "a site believes only what the call says",
            it);
      }
      case SiteEvent.OfferEnded it -> ended(before, it);
      case SiteEvent.CallLeft it -> {
        promise(
            open.keySet().stream().noneMatch(offer -> offer.call().equals(it.call())),
            "an offer ends in one of six ways",
            it);
        told.left(it.call());
        CallOutcome end = calls.end(it.call());
        promise(end == it.outcome(), "a site believes only what the call says", it, "not", end);
      }
      case SiteEvent.ConversationEnded it -> {
        winners.remove(it.offer().call());
        boolean ours = !before.lent().containsKey(it.agent());
        Duration wrapUp = ours ? wrapUp(before, it.offer()) : Duration.ZERO;
        boolean right =
            wrapUp.isZero()
                ? it.wrapUpUntil() == null
                : it.at().plus(wrapUp).equals(it.wrapUpUntil());
        promise(right, "wrap-up is as long as configured", it, wrapUp);
        if (it.wrapUpUntil() != null) {
          wrappingUpUntil.put(it.agent(), it.wrapUpUntil());
        }
      }
      case SiteEvent.WrapUpEnded it -> {
        Instant until = Objects.requireNonNull(wrappingUpUntil.remove(it.agent()));
        Instant asked = person(it.agent()).endedWrapUpAt();
        promise(
            it.early() ? asked != null : !it.at().isBefore(until),
            "wrap-up is as long as configured",
            it,
            "before",
            until);
      }
      case SiteEvent.WrapUpExtended it -> {
        Instant was = wrappingUpUntil.put(it.agent(), it.until());
        promise(
            was != null && !it.until().isBefore(was), "wrap-up is as long as configured", it, was);
      }
      case SiteEvent.CallTransferred it -> sentOn(it.offer(), it);
      case SiteEvent.CallRequeued it -> sentOn(it.offer(), it);
      case SiteEvent.CallOverflowed it -> told.anew(it.call());
      case SiteEvent.AgentReported it -> reported(it);
      case SiteEvent.ConferenceBegan it -> conferring(before, it.conferring(), true);
      case SiteEvent.ConferenceEnded it -> conferring(before, it.conferring(), false);
      case SiteEvent.ConsultBegan _,
          SiteEvent.ConsultEnded _,
          SiteEvent.SiteConfigured _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallEntered _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallQueued _,
          SiteEvent.CallUndirected _,
          SiteEvent.CallReleased _,
          SiteEvent.CallWidened _,
          SiteEvent.CallRouted _,
          SiteEvent.CallStepped _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferOverdue _,
          SiteEvent.ConversationChecked _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.AgentRested _ -> {}
    }
  }

  /** Two agents and the caller: in the order in which the call said so. */
  private void conferring(SiteState before, SiteEvent.Conferring it, boolean attends) {
    SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
    SiteCall.Consult asking = call.consults().now().orElseThrow();
    boolean news =
        call.consults().number() == it.number()
            && asking.attendance() < it.change()
            && it.change() <= calls.attendance(call.id())
            && it.change() % 2 == (attends ? 1 : 0);
    promise(news, "a site believes only what the call says", it, "not", asking);
    boolean theirs =
        asking.offer().equals(it.offer())
            && asking.agent().equals(it.agent())
            && calls.outcome(it.asked()) == OfferOutcome.ACCEPTED;
    promise(theirs, "a site believes only what the call says", it, "not", call.stand());
  }

  private void sentOn(OfferId offer, SiteEvent event) {
    told.anew(offer.call());
    promise(calls.sentOn(offer), "a site believes only what the call says", event);
    promise(sentOn.add(offer), "a caller is sent on once for each wish", event);
  }

  private AgentPerson person(AgentId id) {
    return people.computeIfAbsent(
        id, _ -> given.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow());
  }

  /** By the queue that the conversation is of: an agent who asks another one may be of another. */
  private static Duration wrapUp(SiteState state, OfferId offer) {
    SiteCall call = Objects.requireNonNull(state.calls().get(offer.call()));
    QueueId queue =
        call.consults()
            .now()
            .filter(asking -> asking.offer().equals(offer))
            .map(SiteCall.Consult::from)
            .orElse(call.queue());
    return state.configuration().orElseThrow().queues().stream()
        .filter(it -> it.id().equals(queue))
        .findFirst()
        .map(SiteConfiguration.Queue::wrapUp)
        .orElse(Duration.ZERO);
  }

  private void reserved(SiteState before, SiteEvent.AgentReserved it) {
    promise(!open.containsValue(it.agent()), "no agent with two interactions", it, "while", open);
    SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
    promise(
        ringing(call) < most(before, call), "no interaction with two agents", it, "while", open);
    Instant earliest = notBefore.get(it.agent());
    promise(
        earliest == null || !it.at().isBefore(earliest),
        "each way in which an offer ends has its consequence",
        it,
        "before",
        earliest);
    promise(!wrappingUpUntil.containsKey(it.agent()), "wrap-up is as long as configured", it);
    heard(before, it);
    open.put(it.offer(), it.agent());
  }

  /** Among faults, only the end of the registration is sure to tell. */
  private void heard(SiteState before, SiteEvent.AgentReserved it) {
    if (before.lent().containsKey(it.agent())) {
      return;
    }
    Instant goneSince = person(it.agent()).phone().goneSince();
    Duration bound =
        host.weather().faults().any() ? TROUBLED_SILENCE : Probes.TIMES.silentWithin().plus(MARGIN);
    promise(
        goneSince == null || !goneSince.plus(bound).isBefore(it.at()),
        "no offer to a phone that has long been silent",
        it,
        "silent since",
        goneSince);
  }

  /** At how many agents it rings; after a transfer some may not have stopped yet. */
  private long ringing(SiteCall call) {
    return open.keySet().stream()
        .filter(offer -> offer.call().equals(call.id()))
        .filter(offer ->
            !(call.stand() instanceof SiteCall.Stand.Waiting)
                || !Objects.requireNonNull(call.out().get(offer)).overdue())
        .count();
  }

  /** At how many agents a call may ring; one that is expected is held for by one. */
  private static int most(SiteState state, SiteCall call) {
    if (call.abroad().origin().isPresent()) {
      return 1;
    }
    AgentChoice choice =
        state.configuration().orElseThrow().queues().stream()
            .filter(queue -> queue.id().equals(call.queue()))
            .findFirst()
            .orElseThrow()
            .choosing()
            .by();
    return choice == AgentChoice.RING_ALL
        ? Call.MAX_RINGING
        : choice == AgentChoice.RING_PROGRESSIVELY
                && call.stand() instanceof SiteCall.Stand.Offered rings
            ? rings.steps() + 1
            : 1;
  }

  private void closed(OfferId offer, AgentId agent) {
    promise(agent.equals(open.remove(offer)), "each offer ends once", offer, "to", agent);
  }

  private void ended(SiteState before, SiteEvent.OfferEnded it) {
    closed(it.offer(), it.agent());
    OfferOutcome said = calls.outcome(it.offer());
    promise(
        said == it.outcome() || (said == null && it.outcome() == OfferOutcome.WITHDRAWN),
        "a site believes only what the call says",
        it,
        "but the call says",
        said);
    held(before, it);
    if (before.lent().containsKey(it.agent())) {
      return;
    }
    SiteConfiguration.Delays delays = before.configuration().orElseThrow().delays();
    Instant idle = Objects.requireNonNull(before.agents().get(it.agent())).idleSince();
    SiteAgent after =
        Objects.requireNonNull(host.site().rules().evolve(before, it).agents().get(it.agent()));
    switch (it.outcome()) {
      case REJECTED -> {
        notBefore.put(it.agent(), it.at().plus(delays.rejected()));
        consequence(after.idleSince().equals(it.at()), it);
      }
      case BUSY -> {
        notBefore.put(it.agent(), it.at().plus(delays.busy()));
        consequence(after.idleSince().equals(idle), it);
      }
      case MISSED, UNREACHABLE -> {
        consequence(!(after.work() instanceof SiteAgent.Work.Free), it);
        notBefore.put(it.agent(), it.at().plusSeconds(60));
        underJudgement.put(it.agent(), after.version());
        judgedFor.put(it.agent(), it.outcome());
      }
      case WITHDRAWN -> {
        consequence(after.idleSince().equals(idle), it);
        consequence(after.work() instanceof SiteAgent.Work.Free, it);
      }
      case ACCEPTED -> consequence(false, it);
    }
  }

  /** Nobody is to blame for a caller of another site who does not come. */
  private void held(SiteState before, SiteEvent.OfferEnded it) {
    SiteCall call = Objects.requireNonNull(before.calls().get(it.offer().call()));
    boolean came =
        call.abroad().origin().isEmpty() || host.call(call.id()).state().arrival() != null;
    promise(
        came || it.outcome() == OfferOutcome.WITHDRAWN,
        "who is held for a caller of another site comes to no harm",
        it);
  }

  private static void consequence(boolean kept, SiteEvent event) {
    promise(kept, "each way in which an offer ends has its consequence", event);
  }

  private void reported(SiteEvent.AgentReported it) {
    Long before = versions.put(it.agent(), it.version());
    promise(
        before == null || before < it.version(),
        "a wish is never overridden by an older one",
        it,
        "after version",
        before);
    @Nullable AgentState record = agents.at(it.agent(), it.version());
    promise(
        record != null
            && record.wish().equals(it.wish())
            && record.judged() == it.judged()
            && (record.station() == null) == it.station().isEmpty(),
        "a site believes only what the agent's record says",
        it,
        "but the record says",
        record);
    Long judged = underJudgement.get(it.agent());
    if (judged != null && it.judged() >= judged && record != null) {
      OfferOutcome outcome = Objects.requireNonNull(judgedFor.get(it.agent()));
      boolean believed =
          outcome == OfferOutcome.MISSED
              ? record.wish() instanceof Wish.Ready && record.wishVersion() <= judged
              : record.station() != null && record.stationVersion() <= judged;
      consequence(!believed, it);
      underJudgement.remove(it.agent());
      notBefore.remove(it.agent());
    }
  }
}

package org.switchwright.simulation;

import static org.switchwright.simulation.Promises.promise;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.call.Conference;
import org.switchwright.domain.call.Consultation;
import org.switchwright.domain.call.Phase;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.OfferOutcome;

/** What is promised of each call by itself, and of calls among each other. */
final class CallPromises {
  private final Map<AgentId, CallId> engaged = new HashMap<>();
  private final Map<OfferId, OfferOutcome> outcomes = new HashMap<>();
  private final Map<CallId, CallOutcome> ends = new HashMap<>();
  private final Map<CallId, Instant> wonAt = new HashMap<>();
  private final Set<OfferId> sentOn = new HashSet<>();
  private final Map<CallId, Integer> attendances = new HashMap<>();
  private @Nullable SitePromises site;

  private final Function<String, @Nullable Phone> phones;
  private final boolean peaceful;

  private final boolean writesStandStill;

  /**
   * @param phones by their addresses
   * @param peaceful whether nothing goes wrong, not even with phones
   * @param writesStandStill whether a site may be silent for longer than callers are kept
   */
  CallPromises(
      Function<String, @Nullable Phone> phones, boolean peaceful, boolean writesStandStill) {
    this.phones = phones;
    this.peaceful = peaceful;
    this.writesStandStill = writesStandStill;
  }

  void with(SitePromises next) {
    site = next;
  }

  /** How the call says that an offer ended, or that it was accepted; null while it does not. */
  @Nullable OfferOutcome outcome(OfferId offer) {
    return outcomes.get(offer);
  }

  /** Whether the call says that its caller was sent on from the conversation that this began. */
  boolean sentOn(OfferId offer) {
    return sentOn.contains(offer);
  }

  /** How often the caller came to a conference of the last consultation, and went. */
  int attendance(CallId call) {
    return attendances.getOrDefault(call, 0);
  }

  @Nullable CallOutcome end(CallId call) {
    return ends.get(call);
  }

  Map<CallId, CallOutcome> ends() {
    return ends;
  }

  void written(CallState before, List<?> events, CallState after) {
    promise(
        before.arrival() == null || before.arrival().equals(after.arrival()),
        "the place is kept",
        after);
    for (Object event : events) {
      happened(before, (CallEvent) event);
    }
    Set<AgentId> is = agents(after);
    agents(before).stream().filter(agent -> !is.contains(agent)).forEach(engaged::remove);
    is.forEach(agent -> {
      CallId other = engaged.put(agent, after.id());
      promise(
          other == null || other.equals(after.id()),
          "no agent with two interactions",
          agent,
          "has",
          after.id(),
          "and",
          other);
    });
  }

  private void happened(CallState before, CallEvent event) {
    switch (event) {
      case CallEvent.CallOffered it -> isOut(it.offer(), it.agent());
      case CallEvent.OfferHeld it -> isOut(it.offer(), it.agent());
      case CallEvent.CallUnneeded _ when before.phase() instanceof Phase.Expected it -> {
        promise(ends.put(before.id(), CallOutcome.ELSEWHERE) == null, "each call ends once", it);
        if (it.held() != null) {
          once(it.held().offer(), OfferOutcome.WITHDRAWN);
        }
      }
      case CallEvent.OfferAccepted it -> {
        once(it.offer(), OfferOutcome.ACCEPTED);
        wonAt.put(it.offer().call(), it.at());
        Phase.Offer offer = offer(before, it.offer());
        promise(offer != null && answered(offer), "accepted means answered", it);
      }
      case CallEvent.OfferEnded it -> {
        once(it.offer(), it.outcome());
        released(before, it);
        truth(before, it);
      }
      case CallEvent.OfferForgone it -> once(it.offer(), OfferOutcome.WITHDRAWN);
      case CallEvent.CallTransferred it ->
          promise(sentOn.add(it.offer()), "a caller is sent on once for each wish", it);
      case CallEvent.ConsultBegan _ -> attendances.remove(before.id());
      case CallEvent.ConferenceJoined it when Conference.callers(it.leg()) ->
          attendances.merge(before.id(), 1, Integer::sum);
      case CallEvent.ConferenceEnded _ ->
          attendances.computeIfPresent(
              before.id(), (_, changes) -> changes % 2 == 1 ? changes + 1 : changes);
      case CallEvent.ConsultEnded it -> {
        wonAt.put(before.id(), it.at());
        if (it.ending() == Consultation.Ending.LEFT) {
          promise(sentOn.add(it.offer()), "a caller is sent on once for each wish", it);
        }
      }
      case CallEvent.CallEnded it -> {
        CallOutcome earlier = ends.put(before.id(), it.outcome());
        promise(earlier == null, "each call ends once", before.id(), earlier, it);
        boolean unheard =
            before.phase() instanceof Phase.Seeking seeking
                && (seeking.transfer() != null || before.consultation().now() != null)
                && it.cause() == Refusal.OVERLOADED;
        promise(
            !unheard || writesStandStill, "who is sent on does not end in the site's silence", it);
        boolean late = it.cause() == Refusal.TIMED_OUT || it.cause() == Refusal.SESSION_EXPIRED;
        promise(!(late && peaceful), "nothing times out where nothing goes wrong", it);
        for (OfferId offer : out(before)) {
          if (!outcomes.containsKey(offer)) {
            once(offer, OfferOutcome.WITHDRAWN);
          }
        }
      }
      default -> {}
    }
  }

  private void isOut(OfferId offer, AgentId agent) {
    SitePromises promises = site;
    promise(
        promises != null && promises.open(offer, agent),
        "an offer is out at its site",
        offer,
        agent);
  }

  private void once(OfferId offer, OfferOutcome outcome) {
    OfferOutcome earlier = outcomes.put(offer, outcome);
    promise(earlier == null, "each offer ends once", offer, earlier, outcome);
  }

  /** Where nothing is lost, whoever rang when another answered is free at once. */
  private void released(CallState before, CallEvent.OfferEnded it) {
    Phase.Ring lost = before.book().losing().get(it.offer().number());
    if (lost == null || !peaceful) {
      return;
    }
    Integer said = said(lost.offer());
    Instant won = Objects.requireNonNull(wonAt.get(it.offer().call()));
    promise(
        said == null || !it.at().isAfter(won.plusMillis(500)),
        "who lost is released within half a second",
        it,
        "after",
        won);
  }

  /** What the agent is told to have done must have been done. */
  private void truth(CallState before, CallEvent.OfferEnded it) {
    Phase.Offer offer = offer(before, it.offer());
    if (offer == null) {
      return;
    }
    boolean elsewhere = phone(offer) instanceof Trunk.Here;
    Integer said = said(offer);
    boolean kept =
        switch (it.outcome()) {
          // 487 unasked: answered there, and hung up before the caller heard of it. 200: so was it
          // while nobody was here to hear of it, who asked once more afterwards.
          case REJECTED ->
              said != null
                  && (said == 603
                      || said == 480
                      || (elsewhere && (said == 487 || (said == 200 && !peaceful))));
          case BUSY -> said != null && (said == 486 || said == 488);
          case ACCEPTED -> false;
          case MISSED -> !peaceful || (said != null && (said == 487 || said == 480));
          case UNREACHABLE -> !peaceful || said == null;
          // 200: answered, and hung up before anybody heard of the answer.
          case WITHDRAWN ->
              !peaceful
                  || before.book().losing().containsKey(it.offer().number())
                  || (said != null && (said == 488 || said == 200));
        };
    promise(kept, "an offer ends as the phone said", it, "but the phone said", said);
  }

  private boolean answered(Phase.Offer offer) {
    Integer said = said(offer);
    return said != null && said == 200;
  }

  private @Nullable Phone phone(Phase.Offer offer) {
    return phones.apply(offer.station().text().orElseThrow());
  }

  private @Nullable Integer said(Phase.Offer offer) {
    return phone(offer) instanceof StationPhone phone
        ? phone.said(new LegKey(offer.id().call(), offer.id().number()))
        : null;
  }

  private static Phase.@Nullable Offer offer(CallState state, OfferId offer) {
    return state.ring(offer.number()).map(Phase.Ring::offer).orElse(null);
  }

  /** The offers that a call has out, those included that lost. */
  private static List<OfferId> out(CallState state) {
    return rings(state).map(Phase.Ring::offer).map(Phase.Offer::id).toList();
  }

  private static Stream<Phase.Ring> rings(CallState state) {
    Stream<Phase.Ring> losing = state.book().losing().values().stream();
    return state.phase() instanceof Phase.Ringing it
        ? Stream.concat(it.rings().values().stream(), losing)
        : losing;
  }

  private static Set<AgentId> agents(CallState state) {
    Set<AgentId> agents = new TreeSet<>();
    rings(state).forEach(ring -> agents.add(ring.offer().agent()));
    Consultation.Aside aside = state.consultation().now();
    if (aside != null) {
      agents.add(aside.offer().agent());
    }
    switch (state.phase()) {
      case Phase.Joining it -> agents.add(it.offer().agent());
      case Phase.Connected it -> agents.add(it.offer().agent());
      case Phase.Expected it -> {
        if (it.held() != null) {
          agents.add(it.held().agent());
        }
      }
      case Phase.Unborn _,
          Phase.Unneeded _,
          Phase.Greeting _,
          Phase.Seeking _,
          Phase.Waiting _,
          Phase.Ringing _,
          Phase.Over _ -> {}
    }
    return agents;
  }
}

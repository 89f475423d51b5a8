package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.SiteCall.Stand;

/**
 * Agents who ask others about a caller. That it happened is the call's to say. While it lasts, the
 * agent who asks keeps the conversation, and whoever is asked is reserved like for any call.
 */
final class Consults {
  /** Longer than this nobody is looked for while a caller listens to treatment. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private Consults() {}

  static Duration longestWait(Duration ofQueue) {
    return ofQueue.compareTo(LONGEST_WAIT) < 0 ? ofQueue : LONGEST_WAIT;
  }

  /** Until when somebody is looked for. */
  static Instant until(SiteState state, SiteCall call) {
    return call.enteredQueueAt().plus(longestWait(state.dues().maxWait(call.queue())));
  }

  /** When more agents will do, as for any call that waits for anybody; or nobody was found. */
  static Instant due(SiteState state, SiteCall call) {
    Instant until = until(state, call);
    Instant widens = call.directedTo().isPresent() ? until : state.dues().widensAt(call);
    return widens.isBefore(until) ? widens : until;
  }

  static Decision<SiteEvent> conversation(SiteState state, Site.FindConversation it) {
    SiteAgent agent = state.agents().get(it.agent());
    if (agent == null || !(agent.work() instanceof SiteAgent.Work.Talking talking)) {
      return rejected(
          Reason.OUT_OF_ORDER, "Expected agent " + it.agent() + " to talk, but that is not so");
    }
    return Transfers.check(state, new Site.CheckDestination(it.to()))
            instanceof Decision.Rejected<SiteEvent> no
        ? no
        : Decision.named(talking.offer().call());
  }

  static Decision<SiteEvent> begin(
      SiteState state, Site.Consult it, NetworkFigures network, Instant now) {
    Optional<SiteCall> known = state.call(it.offer().call());
    if (known.isEmpty()) {
      return answered(new Effect.TellCall(it.offer().call(), new Call.Settle()));
    }
    SiteCall call = known.get();
    if (it.number() <= call.consults().number()) {
      return Entrance.again(state, call, now);
    }
    Draft draft = new Draft(state, now);
    call.ring(it.offer()).ifPresent(ring -> draft.accept(it.offer(), ring.agent()));
    if (!(draft.state().call(call.id()).orElseThrow().stand() instanceof Stand.Talking talking)
        || !talking.offer().equals(it.offer())
        || call.consult().isPresent()) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected call " + call.id() + " to talk by offer " + it.offer() + ", but it does not");
    }
    Transfers.Found found = Transfers.find(state, it.to());
    Optional<AgentId> asked =
        found
            .agent()
            .filter(agent -> !(agent.wish() instanceof Wish.LoggedOut))
            .map(SiteAgent::id)
            .filter(agent -> !agent.equals(talking.agent()));
    boolean nobody = found.queue().isEmpty() && asked.isEmpty();
    draft.add(
        new SiteEvent.ConsultBegan(
            now,
            it.number(),
            it.offer(),
            talking.agent(),
            call.queue(),
            found.queue().map(SiteConfiguration.RoutingPoint::queue).orElse(call.queue()),
            asked));
    if (nobody) {
      draft.consultForNothing(call.id());
    }
    return accepted(draft.matched(network));
  }

  static Decision<SiteEvent> attends(SiteState state, Site.Attends it, Instant now) {
    Optional<SiteCall> known = state.call(it.offer().call());
    if (known.isEmpty()) {
      return answered(new Effect.TellCall(it.offer().call(), new Call.Settle()));
    }
    SiteCall call = known.get();
    boolean past =
        it.number() < call.consults().number()
            || (it.number() == call.consults().number()
                && call.consult().filter(asks -> asks.attendance() < it.change()).isEmpty());
    if (past) {
      return answered(
          new Effect.TellCall(call.id(), new Call.ConferenceNoted(it.number(), it.change())));
    }
    Draft draft = new Draft(state, now);
    call.ring(it.asked()).ifPresent(ring -> draft.accept(it.asked(), ring.agent()));
    SiteCall after = draft.state().call(call.id()).orElseThrow();
    if (it.number() != call.consulting()
        || !(after.stand() instanceof Stand.Talking talking)
        || !talking.offer().equals(it.asked())) {
      return rejected(
          Reason.OUT_OF_ORDER,
          "Expected call " + call.id() + " to ask by offer " + it.asked() + ", but it does not");
    }
    SiteEvent.Conferring conferring =
        new SiteEvent.Conferring(
            it.number(),
            it.change(),
            it.offer(),
            after.consult().orElseThrow().agent(),
            it.asked(),
            talking.agent());
    draft.add(
        it.change() % 2 == 1
            ? new SiteEvent.ConferenceBegan(now, conferring)
            : new SiteEvent.ConferenceEnded(now, conferring));
    return accepted(draft.noted());
  }

  static Decision<SiteEvent> over(
      SiteState state, Site.ConsultOver it, NetworkFigures network, Instant now) {
    Optional<SiteCall> known = state.call(it.offer().call());
    if (known.isEmpty()) {
      return answered(new Effect.TellCall(it.offer().call(), new Call.Settle()));
    }
    SiteCall call = known.get();
    Draft draft = new Draft(state, now);
    if (call.consult().isPresent() && call.consults().number() == it.number()) {
      end(draft, call, it);
      return accepted(draft.matched(network));
    }
    boolean overtook =
        it.number() > call.consults().number()
            && call.stand() instanceof Stand.Talking talking
            && talking.offer().equals(it.offer());
    if (overtook && call.stand() instanceof Stand.Talking talking) {
      draft.consultEnded(it.number(), talking.offer(), talking.agent());
      return accepted(draft.events());
    }
    return it.number() > call.consults().number()
        ? rejected(
            Reason.OUT_OF_ORDER,
            "Expected call " + call.id() + " to talk by " + it.offer() + ", but it does not")
        : answered(new Effect.TellCall(call.id(), new Call.ConsultOver(it.number())));
  }

  /** Whoever still rings is waited for, and keeps nobody else from anything. */
  private static void end(Draft draft, SiteCall call, Site.ConsultOver it) {
    it.answered().flatMap(call::ring).ifPresent(ring -> draft.accept(ring.offer(), ring.agent()));
    SiteCall after = draft.state().call(call.id()).orElseThrow();
    if (it.talks().equals(it.offer())) {
      draft.consultRetrieved(after);
    } else if (after.stand() instanceof Stand.Talking talking
        && talking.offer().equals(it.talks())) {
      draft.consultCompleted(after, talking.offer(), talking.agent());
    }
  }

  /** Whether a conversation that began with this offer has to wait for an end of a consultation. */
  static boolean keeps(SiteCall call, OfferId offer) {
    return call.consult().filter(it -> it.offer().equals(offer)).isPresent()
        && !(call.stand() instanceof Stand.Waiting);
  }

  /** A transfer tells that a consultation before it is over, and how. */
  static void settle(Draft draft, Site.Transfer it) {
    SiteCall call = draft.state().call(it.offer().call()).orElseThrow();
    if (call.consult().isEmpty()) {
      return;
    }
    if (call.consult().get().offer().equals(it.offer())) {
      draft.consultRetrieved(call);
      return;
    }
    call.ring(it.offer()).ifPresent(ring -> draft.accept(it.offer(), ring.agent()));
    SiteCall after = draft.state().call(call.id()).orElseThrow();
    if (after.stand() instanceof Stand.Talking talking && talking.offer().equals(it.offer())) {
      draft.consultCompleted(after, talking.offer(), talking.agent());
    }
  }

  /** The call is over in the middle of a consultation. */
  static void cutOff(Draft draft, SiteCall call, Site.CallOver over) {
    for (OfferEnd end : over.offers()) {
      if (end.outcome() == OfferOutcome.ACCEPTED) {
        call.ring(end.offer()).ifPresent(ring -> draft.accept(ring.offer(), ring.agent()));
      }
    }
    draft.consultRetrieved(draft.state().call(call.id()).orElseThrow());
  }
}

package org.switchwright.domain.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Personal;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;

/** What calls and agents are owed because of an event of their site, and what after a recovery. */
final class SiteReaction {
  private SiteReaction() {}

  static List<Effect> react(SiteState state, SiteEvent event) {
    return switch (event) {
      case SiteEvent.CallQueued it -> tell(it.call(), queued(state, it));
      case SiteEvent.CallAnnounced it ->
          it.silent()
              ? List.of()
              : tell(it.call(), new Call.Announce(it.queue(), it.position(), it.expectedWait()));
      case SiteEvent.CallReleased it -> tell(it.call(), new Call.Release(it.why()));
      case SiteEvent.AgentReserved it -> tell(it.offer().call(), offered(state, it));
      case SiteEvent.OfferOverdue it -> tell(it.offer().call(), new Call.EndOffer(it.offer()));
      case SiteEvent.CallEnlisted it -> {
        SiteCall call = state.call(it.call()).orElseThrow();
        yield List.of(Enlisting.ask(call, it.site(), call.abroad().at(it.site()).orElseThrow()));
      }
      case SiteEvent.CallDelisted it when it.why() == SiteEvent.Delisting.NOT_NEEDED ->
          List.of(Enlisting.forget(state, it.call(), it.site(), it.number()));
      case SiteEvent.OfferEnded it ->
          state.agent(it.agent()).map(SiteReaction::judgement).orElse(List.of());
      case SiteEvent.ConversationChecked it ->
          tell(it.offer().call(), new Call.AreYouTalking(it.offer()));
      case SiteEvent.CallLeft it -> tell(it.call(), new Call.Settle());
      case SiteEvent.UnknownCallEnded it -> tell(it.call(), new Call.Settle());
      case SiteEvent.AgentReported it ->
          List.of(new Effect.TellAgent(it.agent(), new Agent.Acknowledge(it.version())));
      case SiteEvent.ConferenceBegan it -> noted(it.conferring());
      case SiteEvent.ConferenceEnded it -> noted(it.conferring());
      case SiteEvent.ConsultEnded it -> tell(it.offer().call(), new Call.ConsultOver(it.number()));
      case SiteEvent.SiteConfigured _,
          SiteEvent.ConsultBegan _,
          SiteEvent.ConsultAnswered _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallEntered _,
          SiteEvent.CallOverflowed _,
          SiteEvent.CallWidened _,
          SiteEvent.CallRouted _,
          SiteEvent.CallStepped _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.WrapUpExtended _,
          SiteEvent.CallTransferred _,
          SiteEvent.CallRequeued _,
          SiteEvent.CallUndirected _,
          SiteEvent.OfferAccepted _,
          SiteEvent.RingStepped _,
          SiteEvent.ConversationEnded _,
          SiteEvent.WrapUpEnded _,
          SiteEvent.AgentRested _ ->
          List.of();
    };
  }

  private static List<Effect> noted(SiteEvent.Conferring it) {
    return tell(it.offer().call(), new Call.ConferenceNoted(it.number(), it.change()));
  }

  private static Call.Queued queued(SiteState state, SiteEvent.CallQueued it) {
    return new Call.Queued(
        it.queue(),
        it.position(),
        it.askAgainAt(),
        state.queue(it.queue()).treatment(),
        state.call(it.call()).orElseThrow().talked(),
        state.call(it.call()).orElseThrow().consulting(),
        Entrance.music(state, state.call(it.call()).orElseThrow()));
  }

  private static Call.Offered offered(SiteState state, SiteEvent.AgentReserved it) {
    Personal station = state.agent(it.agent()).flatMap(SiteAgent::station).orElseThrow();
    SiteCall call = state.call(it.offer().call()).orElseThrow();
    return new Call.Offered(
        it.offer(),
        it.agent(),
        station,
        it.until(),
        call.talked(),
        call.consulting(),
        lender(state, call, it.agent()));
  }

  private static Optional<Call.Lender> lender(SiteState state, SiteCall call, AgentId agent) {
    return Optional.ofNullable(state.lent().get(agent))
        .map(lent ->
            lent.lender(
                state
                    .configured()
                    .queue(call.queue())
                    .map(queue -> queue.elsewhere().get(lent.from()))
                    .map(point -> new Call.Line(point, call.arrivedAt()))));
  }

  private static List<Effect> tell(CallId call, Call.Command command) {
    return List.of(new Effect.TellCall(call, command));
  }

  private static List<Effect> judgement(SiteAgent agent) {
    if (!(agent.work() instanceof SiteAgent.Work.Judged judged)) {
      return List.of();
    }
    Agent.Command command =
        switch (judged.judgement()) {
          case MISSED -> new Agent.Missed(judged.version());
          case UNREACHABLE -> new Agent.Unreachable(judged.version());
        };
    return List.of(new Effect.TellAgent(agent.id(), command));
  }

  static List<Effect> owed(SiteState state) {
    List<Effect> effects = new ArrayList<>();
    for (SiteCall call : state.calls().values()) {
      effects.addAll(owed(state, call));
    }
    for (SiteAgent agent : state.agents().values()) {
      effects.addAll(judgement(agent));
    }
    return effects;
  }

  /** What one call has been told and has not answered yet. */
  static List<Effect> owed(SiteState state, SiteCall call) {
    List<Effect> effects = new ArrayList<>(Enlisting.owed(call));
    for (SiteCall.Ring ring : call.out().values()) {
      effects.addAll(offer(state, call, ring));
    }
    if (call.stand() instanceof SiteCall.Stand.Released it) {
      effects.addAll(tell(call.id(), new Call.Release(it.why())));
    }
    return effects;
  }

  /**
   * A phone that has left meanwhile cannot be offered again; the deadline sees to such an offer.
   */
  private static List<Effect> offer(SiteState state, SiteCall call, SiteCall.Ring it) {
    if (it.overdue()) {
      return tell(call.id(), new Call.EndOffer(it.offer()));
    }
    return state
        .agent(it.agent())
        .flatMap(SiteAgent::station)
        .map(station ->
            tell(
                call.id(),
                new Call.Offered(
                    it.offer(),
                    it.agent(),
                    station,
                    it.due(),
                    call.talked(),
                    call.consulting(),
                    lender(state, call, it.agent()))))
        .orElse(List.of());
  }
}

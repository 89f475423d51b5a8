package org.switchwright.domain.site;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.site.SiteAgent.Judgement;
import org.switchwright.domain.site.SiteAgent.Work;
import org.switchwright.domain.site.SiteCall.Stand;
import org.switchwright.domain.site.SiteEvent.*;

/** How each event changes a site. No rule here: an event that cannot be is a bug. */
final class SiteFold {
  private SiteFold() {}

  static SiteState evolve(SiteState state, SiteEvent event) {
    return changed(state, event).with(PaceFold.after(state, event));
  }

  private static SiteState changed(SiteState state, SiteEvent event) {
    return switch (event) {
      case SiteConfigured it -> state.configuredAs(it.configuration());
      case CallEntered it ->
          state
              .with(SiteCall.entering(it))
              .with(it.origin().isPresent() ? state.tally() : state.tally().arrival())
              .with(it.resumes().map(state.departures()::without).orElse(state.departures()));
      case CallEnlisted it -> Enlisting.evolve(state, it);
      case EnlistmentTaken it -> Enlisting.evolve(state, it);
      case CallDelisted it -> Enlisting.evolve(state, it);
      case AgentLent it -> Enlisting.evolve(state, it);
      case CallDataChanged it -> Enlisting.evolve(state, it);
      case CallTakenOver it ->
          state.with(call(state, it.call()).with(Abroad.NOTHING)).with(state.tally().arrival());
      case SiteCutOff it ->
          state.with(it.site(), Neighbours.of(state, it.site()).cutOff(it.at(), it.free()));
      case SiteRejoined it -> state.with(it.site(), Neighbours.of(state, it.site()).rejoined());
      case PathFailed it ->
          state.with(it.site(), Neighbours.of(state, it.site()).failed(it.failures(), it.until()));
      case PathTried it -> state.with(it.site(), Neighbours.of(state, it.site()).tried());
      case PathFound it -> state.with(it.site(), Neighbours.of(state, it.site()).reached());
      case RoomAwaited it ->
          state.with(it.site(), Neighbours.of(state, it.site()).looking(it.looksAt().orElse(null)));
      case CallWidened it -> state.with(call(state, it.call()).widenedTo(it.waited()));
      case CallAnnounced it -> state.with(call(state, it.call()).announced(it));
      case CallReprioritised it -> state.with(call(state, it.call()).prioritised(it.to()));
      case QueueDeserted it -> state.deserting(it.queue(), it.until());
      case QueueAttended it -> state.attended(it.queue());
      case CallQueued it -> {
        call(state, it.call());
        yield state;
      }
      case CallOverflowed it -> state.with(call(state, it.call()).passedOn(it.to(), it.at()));
      case CallTransferred it ->
          state.with(
              talking(state, it.offer(), it)
                  .sentOn(
                      it.offer(), it.to(), it.priority(), it.place(), it.at(), it.directedTo()));
      case CallRequeued it ->
          state.with(talking(state, it.offer(), it).requeued(it.offer(), it.at()));
      case ConsultBegan it -> state.with(talking(state, it.offer(), it).consulting(it));
      case ConsultAnswered it -> accepted(state, it.offer(), it.agent(), it.at(), it.checkAt());
      case ConferenceBegan it -> conferring(state, it.conferring());
      case ConferenceEnded it -> conferring(state, it.conferring());
      case ConsultEnded it -> state.with(call(state, it.offer().call()).consulted(it));
      case CallUndirected it -> state.with(call(state, it.call()).undirected());
      case CallRouted it -> state.with(call(state, it.call()).routed(Optional.of(Routing.of(it))));
      case CallStepped it -> state.with(call(state, it.call()).stepped(it));
      case StrategyPublished it ->
          state.published(
              it.strategy(),
              state
                  .strategies()
                  .getOrDefault(it.strategy(), Published.NOTHING)
                  .with(
                      new Published.Version(
                          it.version(), it.source(), it.points(), it.at(), it.by(), it.why()),
                      version -> state.inUse(it.strategy(), version)));
      case StrategyActivated it ->
          state.published(
              it.strategy(),
              state
                  .strategies()
                  .getOrDefault(it.strategy(), Published.NOTHING)
                  .activating(it.to()));
      case CallReleased it ->
          state.with(call(state, it.call()).standing(new Stand.Released(it.why(), it.remindAt())));
      case AgentReserved it -> reserved(state, it);
      case OfferOverdue it -> {
        SiteCall call = call(state, it.offer().call());
        yield state.with(call.with(ring(state, it.offer(), it).overdue(it.askAgainAt())));
      }
      case RingStepped it ->
          state.with(call(state, it.call()).standing(new Stand.Offered(it.steps(), it.at())));
      case OfferAccepted it -> accepted(state, it.offer(), it.agent(), it.at(), it.checkAt());
      case OfferEnded it -> offerEnded(state, it);
      case ConversationChecked it -> {
        SiteCall call = call(state, it.offer().call());
        yield call.stand() instanceof Stand.Talking talking
            ? state.with(
                call.standing(new Stand.Talking(it.offer(), talking.agent(), it.checkAt())))
            : impossible(state, it);
      }
      case ConversationEnded it when state.lent().containsKey(it.agent()) ->
          state.returning(it.agent());
      case ConversationEnded it -> {
        Instant until = it.wrapUpUntil();
        SiteAgent agent = agent(state, it.agent()).talkedUntil(it.at());
        yield state.with(
            until == null
                ? agent.working(new Work.Free(), it.at()).idle(it.at())
                : agent.working(new Work.WrappingUp(until), it.at()));
      }
      case CallLeft it -> {
        Departures departures = departed(state, call(state, it.call()), it);
        boolean ours = call(state, it.call()).abroad().origin().isEmpty();
        SiteState.Tally tally = ours ? state.tally().ending(it.outcome()) : state.tally();
        yield state.without(it.call()).with(tally).with(departures);
      }
      case UnknownCallEnded it -> state.without(it.call());
      case WrapUpEnded it ->
          state.with(agent(state, it.agent()).working(new Work.Free(), it.at()).idle(it.at()));
      case WrapUpExtended it ->
          state.with(agent(state, it.agent()).working(new Work.WrappingUp(it.until()), it.at()));
      case AgentRested it -> state.with(agent(state, it.agent()).working(new Work.Free(), it.at()));
      case AgentReported it -> reported(state, it);
    };
  }

  private static Departures departed(SiteState state, SiteCall call, CallLeft it) {
    if (it.placeUntil().isEmpty() || call.caller().isEmpty()) {
      return state.departures();
    }
    return state
        .departures()
        .plus(
            new Departures.Departure(
                call.id(),
                call.caller().get(),
                call.queue(),
                call.arrivedAt(),
                it.placeUntil().get()),
            it.at());
  }

  private static SiteState reserved(SiteState state, AgentReserved it) {
    SiteCall call = call(state, it.offer().call());
    SiteAgent agent = agent(state, it.agent());
    boolean open = call.waiting() || call.stand() instanceof Stand.Offered;
    if (!open || !(agent.work() instanceof Work.Free)) {
      return impossible(state, it);
    }
    SiteState next =
        state
            .with(
                call.offered(new SiteCall.Ring(it.offer(), it.agent(), it.until(), false), it.at()))
            .with(agent.working(new Work.Reserved(it.offer()), it.at()));
    return state.lent().containsKey(it.agent()) ? next : next.turned(call.queue(), it.agent());
  }

  private static SiteState conferring(SiteState state, SiteEvent.Conferring it) {
    return state.with(call(state, it.offer().call()).conferring(it.change()));
  }

  private static SiteState accepted(
      SiteState state, OfferId offer, AgentId agent, Instant at, Instant checkAt) {
    return state
        .with(call(state, offer.call()).accepted(offer, agent, at, checkAt))
        .with(agent(state, agent).working(new Work.Talking(offer, at), at).answered());
  }

  private static SiteState offerEnded(SiteState state, OfferEnded it) {
    if (state.lent().containsKey(it.agent())) {
      return state.with(call(state, it.offer().call()).without(it.offer())).returning(it.agent());
    }
    SiteAgent agent = agent(state, it.agent()).heard(it.outcome());
    SiteAgent next =
        switch (it.outcome()) {
          case WITHDRAWN -> agent.working(new Work.Free(), it.at());
          case REJECTED -> resting(agent, it).idle(it.at());
          case BUSY -> resting(agent, it);
          case MISSED -> failed(agent, Judgement.MISSED, it);
          case UNREACHABLE -> failed(agent, Judgement.UNREACHABLE, it);
          case ACCEPTED ->
              throw new IllegalStateException("Expected an offer that ended, but got " + it);
        };
    return state.with(call(state, it.offer().call()).without(it.offer())).with(next);
  }

  private static SiteAgent resting(SiteAgent agent, OfferEnded it) {
    return agent.working(new Work.Resting(Objects.requireNonNull(it.until())), it.at());
  }

  private static SiteAgent failed(SiteAgent agent, Judgement judgement, OfferEnded it) {
    return it.spared() ? resting(agent, it).idle(it.at()) : judged(agent, judgement, it);
  }

  private static SiteAgent judged(SiteAgent agent, Judgement judgement, OfferEnded it) {
    return agent.working(
        new Work.Judged(judgement, agent.version(), Objects.requireNonNull(it.until())), it.at());
  }

  private static SiteState reported(SiteState state, AgentReported it) {
    SiteAgent before =
        Optional.ofNullable(state.agents().get(it.agent()))
            .orElseGet(() ->
                new SiteAgent(
                    it.agent(),
                    0,
                    new Wish.LoggedOut(),
                    it.skills(),
                    it.station(),
                    new Work.Free(),
                    it.at(),
                    Workload.from(it.at())));
    boolean cleared =
        before.work() instanceof Work.Judged judged && it.judged() >= judged.version();
    boolean becomesReady =
        it.wish() instanceof Wish.Ready && !(before.wish() instanceof Wish.Ready);
    boolean logsIn = !before.staffed() && !(it.wish() instanceof Wish.LoggedOut);
    Workload workload = before.workload();
    boolean comesBack = it.station().isPresent() && before.station().isEmpty();
    return state.with(
        new SiteAgent(
            it.agent(),
            it.version(),
            it.wish(),
            it.skills(),
            it.station(),
            cleared ? new Work.Free() : before.work(),
            becomesReady || comesBack || cleared ? it.at() : before.idleSince(),
            logsIn ? workload.restarted(it.at()) : cleared ? workload.failing(0, 0) : workload));
  }

  private static SiteCall talking(SiteState state, OfferId offer, SiteEvent event) {
    SiteCall call = call(state, offer.call());
    if (call.stand() instanceof Stand.Talking it && it.offer().equals(offer)) {
      return call;
    }
    throw new IllegalStateException(
        "Expected a site that allows " + event + ", but " + state.id() + " does not");
  }

  private static SiteCall call(SiteState state, CallId id) {
    return state
        .call(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected call " + id + " at site " + state.id() + ", but it is not there"));
  }

  private static SiteCall.Ring ring(SiteState state, OfferId offer, SiteEvent event) {
    return call(state, offer.call())
        .ring(offer)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected an offer " + offer + " for " + event + ", but none is out"));
  }

  private static SiteAgent agent(SiteState state, AgentId id) {
    return state
        .agent(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "Expected agent " + id + " at site " + state.id() + ", but it is not there"));
  }

  private static SiteState impossible(SiteState state, SiteEvent event) {
    throw new IllegalStateException(
        "Expected a site that allows " + event + ", but " + state.id() + " does not");
  }
}

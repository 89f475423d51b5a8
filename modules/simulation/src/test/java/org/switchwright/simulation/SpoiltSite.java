package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Sites with one fault each. */
final class SpoiltSite {
  private SpoiltSite() {}

  static class Rules extends Faulty<Site.Command, SiteEvent, SiteState> {
    Rules() {
      super(new EstimatingSite());
    }
  }

  static SiteState with(SiteState state, SiteCall call) {
    return state.with(call);
  }

  static SiteState with(SiteState state, SiteAgent agent) {
    return state.with(agent);
  }

  static SiteAgent working(SiteAgent agent, SiteAgent.Work work) {
    return new SiteAgent(
        agent.id(),
        agent.version(),
        agent.wish(),
        agent.skills(),
        agent.station(),
        work,
        agent.idleSince(),
        agent.workload());
  }

  /** Frees the agent when the reservation's time is up, without waiting for the call's report. */
  static final class FreesByItsOwnClock extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      if (!(real instanceof Decision.Accepted<SiteEvent> yes)) {
        return real;
      }
      List<SiteEvent> events = new ArrayList<>();
      SiteState at = state;
      for (SiteEvent event : yes.events()) {
        SiteEvent next = event;
        if (event instanceof SiteEvent.OfferOverdue it
            && at.calls().get(it.offer().call()).out().get(it.offer())
                instanceof SiteCall.Ring out) {
          next =
              new SiteEvent.OfferEnded(
                  now, it.offer(), out.agent(), OfferOutcome.BUSY, now.plusSeconds(5), false);
        }
        events.add(next);
        at = real().evolve(at, next);
      }
      return new Decision.Accepted<>(events, yes.answers());
    }

    private org.switchwright.domain.Aggregate<Site.Command, SiteEvent, SiteState> real() {
      return real;
    }
  }

  /** Frees those who lost at once, without waiting for the call to say that they stopped. */
  static final class FreesLosersAtOnce extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      if (!(command instanceof Site.OfferAccepted it)
          || !(real instanceof Decision.Accepted<SiteEvent> yes)
          || yes.events().isEmpty()) {
        return real;
      }
      List<SiteEvent> events = new ArrayList<>(yes.events());
      for (SiteCall.Ring ring : state.calls().get(it.offer().call()).out().values()) {
        if (!ring.offer().equals(it.offer())) {
          events.add(
              new SiteEvent.OfferEnded(
                  now, ring.offer(), ring.agent(), OfferOutcome.WITHDRAWN, null, false));
        }
      }
      return new Decision.Accepted<>(events, yes.answers());
    }
  }

  /** Forgets those who lost: they stay reserved for a call that another one has. */
  static final class ForgetsLosers extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (!(event instanceof SiteEvent.OfferAccepted it)) {
        return next;
      }
      SiteCall call = next.calls().get(it.offer().call());
      return with(
          next,
          new SiteCall(
              call.id(),
              call.interaction(),
              call.queue(),
              call.priority(),
              call.arrivedAt(),
              call.enteredQueueAt(),
              call.stand(),
              call.offers(),
              call.been(),
              call.widened(),
              call.told(),
              call.front(),
              call.tried(),
              call.caller(),
              call.directedTo(),
              new java.util.TreeMap<>(),
              call.talked(),
              call.routing(),
              call.consults(),
              call.abroad()));
    }
  }

  /** Takes an agent who asks another one for free. */
  static final class FreesWhoAsks extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.ConsultBegan it
          ? with(next, working(next.agents().get(it.agent()), new SiteAgent.Work.Free()))
          : next;
    }
  }

  /** Puts a call whose offer ended at the end of the queue. */
  static final class LosesThePlace extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (!(event instanceof SiteEvent.OfferEnded it)) {
        return next;
      }
      SiteCall call = next.calls().get(it.offer().call());
      return with(
          next,
          new SiteCall(
              call.id(),
              call.interaction(),
              call.queue(),
              call.priority(),
              it.at(),
              call.enteredQueueAt(),
              call.stand(),
              call.offers(),
              call.been(),
              call.widened(),
              call.told(),
              call.front(),
              call.tried(),
              call.caller(),
              call.directedTo(),
              call.out(),
              call.talked(),
              call.routing(),
              call.consults(),
              call.abroad()));
    }
  }

  /** Serves whoever came last, as a stack would. */
  static final class ServesOutOfTurn extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      SiteState turned = state;
      for (SiteCall call : state.calls().values()) {
        turned =
            with(
                turned,
                new SiteCall(
                    call.id(),
                    call.interaction(),
                    call.queue(),
                    call.priority(),
                    Instant.EPOCH.plus(
                        Duration.between(call.arrivedAt(), Instant.MAX.minusSeconds(1))
                            .dividedBy(1_000_000)),
                    call.enteredQueueAt(),
                    call.stand(),
                    call.offers(),
                    call.been(),
                    call.widened(),
                    call.told(),
                    call.front(),
                    call.tried(),
                    call.caller(),
                    call.directedTo(),
                    call.out(),
                    call.talked(),
                    call.routing(),
                    call.consults(),
                    call.abroad()));
      }
      return super.decide(turned, command, now);
    }
  }

  /** Has no deadline for offers that are out. */
  static final class WaitsForEverForAnAnswer extends Rules {
    @Override
    public Optional<Instant> due(SiteState state) {
      SiteState without = state;
      for (SiteCall call : state.calls().values()) {
        if (call.stand() instanceof SiteCall.Stand.Offered) {
          without =
              new SiteState(
                  without.id(),
                  without.configuration(),
                  without.calls().minus(call.id()),
                  without.agents(),
                  without.lately(),
                  without.tally(),
                  without.paces(),
                  without.turns(),
                  without.deserted(),
                  without.departures(),
                  without.strategies(),
                  without.lent(),
                  without.neighbours());
        }
      }
      return super.due(without);
    }
  }

  /** Believes whichever report of an agent came last, whatever its version. */
  static final class BelievesOldReports extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      if (command instanceof Site.ReportAgent it && state.agents().containsKey(it.agent())) {
        SiteAgent agent = state.agents().get(it.agent());
        SiteAgent young =
            new SiteAgent(
                agent.id(),
                0,
                agent.wish(),
                agent.skills(),
                agent.station(),
                agent.work(),
                agent.idleSince(),
                agent.workload());
        return super.decide(with(state, young), command, now);
      }
      return super.decide(state, command, now);
    }
  }

  /** Lets whoever rejected go on at once. */
  static final class ForgetsTheConsequence extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.OfferEnded it && it.outcome() == OfferOutcome.REJECTED
          ? with(next, working(next.agents().get(it.agent()), new SiteAgent.Work.Free()))
          : next;
    }
  }

  /** Forgets to tell calls that their end has been noted, unless they happen to ask again. */
  static final class NeverSettles extends Rules {
    @Override
    public List<Effect> react(SiteState state, SiteEvent event) {
      return event instanceof SiteEvent.CallLeft ? List.of() : super.react(state, event);
    }

    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return command instanceof Site.CallOver over && !state.calls().containsKey(over.call())
          ? Decision.accepted(List.of())
          : super.decide(state, command, now);
    }
  }

  /** Counts a call again each time that it comes to wait. */
  static final class CountsTwice extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (!(event instanceof SiteEvent.CallOverflowed)) {
        return next;
      }
      SiteState.Tally was = next.tally();
      return next.with(
          new SiteState.Tally(
              was.arrived(),
              was.served(),
              was.abandoned(),
              was.overflowed() + 1,
              was.refused(),
              was.failed(),
              was.handedOn()));
    }
  }

  /** Ends wrap-up a little early. */
  static final class CutsWrapUpShort extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.ConversationEnded it && it.wrapUpUntil() != null
          ? with(
              next,
              working(
                  next.agents().get(it.agent()),
                  new SiteAgent.Work.WrappingUp(it.wrapUpUntil().minusSeconds(1))))
          : next;
    }
  }

  /** Does not look for work for an agent who has just become free. */
  static final class LeavesCallsBesideFreeAgents extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      return command instanceof Site.ReportAgent
              && real instanceof Decision.Accepted<SiteEvent> yes
              && yes.events().size() > 1
          ? new Decision.Accepted<>(List.of(yes.events().getFirst()), yes.answers())
          : real;
    }
  }

  private static Decision<SiteEvent> changing(
      Decision<SiteEvent> real, UnaryOperator<SiteEvent> change) {
    return real instanceof Decision.Accepted<SiteEvent> yes
        ? new Decision.Accepted<>(yes.events().stream().map(change).toList(), yes.answers())
        : real;
  }

  /** Puts a caller who was sent on last, whatever was promised. */
  static final class PutsTheTransferredLast extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.CallTransferred it
                  ? new SiteEvent.CallTransferred(
                      it.at(),
                      it.offer(),
                      it.by(),
                      it.from(),
                      it.to(),
                      it.directedTo(),
                      it.placeKept(),
                      it.priority(),
                      now)
                  : event);
    }
  }

  /** Puts a caller who was sent back where he was. */
  static final class PutsTheRequeuedBack extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (!(event instanceof SiteEvent.CallRequeued it)) {
        return next;
      }
      SiteCall call = next.calls().get(it.offer().call());
      return with(
          next,
          new SiteCall(
              call.id(),
              call.interaction(),
              call.queue(),
              call.priority(),
              call.arrivedAt(),
              call.enteredQueueAt(),
              call.stand(),
              call.offers(),
              call.been(),
              call.widened(),
              call.told(),
              false,
              call.tried(),
              call.caller(),
              call.directedTo(),
              call.out(),
              call.talked(),
              call.routing(),
              call.consults(),
              call.abroad()));
    }
  }

  /** Spares an agent who sends a caller on the wrap-up. */
  static final class SparesTheWrapUp extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      return command instanceof Site.Transfer
          ? changing(
              real,
              event ->
                  event instanceof SiteEvent.ConversationEnded it
                      ? new SiteEvent.ConversationEnded(it.at(), it.offer(), it.agent(), null)
                      : event)
          : real;
    }
  }

  /** Takes a caller who was sent on for a new one. */
  static final class CountsTheTransferred extends Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      SiteState.Tally was = next.tally();
      return event instanceof SiteEvent.CallTransferred
          ? next.with(
              new SiteState.Tally(
                  was.arrived() + 1,
                  was.served(),
                  was.abandoned(),
                  was.overflowed(),
                  was.refused(),
                  was.failed(),
                  was.handedOn()))
          : next;
    }
  }

  /** Forgets to whom a caller was sent. */
  static final class ForgetsTheOneAgent extends Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      SiteState forgetful = state;
      for (SiteCall call : state.calls().values()) {
        forgetful =
            with(
                forgetful,
                new SiteCall(
                    call.id(),
                    call.interaction(),
                    call.queue(),
                    call.priority(),
                    call.arrivedAt(),
                    call.enteredQueueAt(),
                    call.stand(),
                    call.offers(),
                    call.been(),
                    call.widened(),
                    call.told(),
                    call.front(),
                    call.tried(),
                    call.caller(),
                    Optional.empty(),
                    call.out(),
                    call.talked(),
                    call.routing(),
                    call.consults(),
                    call.abroad()));
      }
      return super.decide(forgetful, command, now);
    }
  }
}

package org.switchwright.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Effect;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Lent;
import org.switchwright.domain.site.Neighbour;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** Sites with one fault each in how they look for agents at other sites. */
final class SpoiltEnlisting {
  private SpoiltEnlisting() {}

  static Decision<SiteEvent> keeping(Decision<SiteEvent> real, Predicate<SiteEvent> which) {
    return real instanceof Decision.Accepted<SiteEvent> yes
        ? new Decision.Accepted<>(
            yes.events().stream().filter(which).toList(), yes.answers(), yes.named())
        : real;
  }

  static Decision<SiteEvent> changing(Decision<SiteEvent> real, UnaryOperator<SiteEvent> change) {
    return real instanceof Decision.Accepted<SiteEvent> yes
        ? new Decision.Accepted<>(
            yes.events().stream().map(change).toList(), yes.answers(), yes.named())
        : real;
  }

  private static boolean isForget(Effect effect) {
    return effect instanceof Effect.TellElsewhere it && it.command() instanceof Call.Forget;
  }

  private static SiteState lending(SiteState it, PSortedMap<AgentId, Lent> lent) {
    return with(it, lent, it.neighbours());
  }

  static SiteState knowing(SiteState it, PSortedMap<SiteId, Neighbour> neighbours) {
    return with(it, it.lent(), neighbours);
  }

  private static SiteState with(
      SiteState it, PSortedMap<AgentId, Lent> lent, PSortedMap<SiteId, Neighbour> neighbours) {
    return new SiteState(
        it.id(),
        it.configuration(),
        it.calls(),
        it.agents(),
        it.lately(),
        it.tally(),
        it.paces(),
        it.turns(),
        it.deserted(),
        it.departures(),
        it.strategies(),
        lent,
        neighbours);
  }

  private static SiteCall waiting(SiteCall it) {
    return with(it, it.arrivedAt(), new SiteCall.Stand.Waiting());
  }

  private static SiteCall with(SiteCall it, Instant arrivedAt, SiteCall.Stand stand) {
    return new SiteCall(
        it.id(),
        it.interaction(),
        it.queue(),
        it.priority(),
        arrivedAt,
        it.enteredQueueAt(),
        stand,
        it.offers(),
        it.been(),
        it.widened(),
        it.told(),
        it.front(),
        it.tried(),
        it.caller(),
        it.directedTo(),
        it.out(),
        it.talked(),
        it.routing(),
        it.consults(),
        it.abroad());
  }

  /** Keeps the other sites looking when somebody has taken the call, and takes a second agent. */
  static final class LendsToWhoRings extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      if (command instanceof Site.Lend it
          && state.calls().get(it.call()) instanceof SiteCall call
          && call.stand() instanceof SiteCall.Stand.Offered) {
        SiteState forgetful = SpoiltSite.with(state, waiting(call));
        return keeping(
            super.decide(forgetful, command, now),
            event ->
                event instanceof SiteEvent.AgentLent || event instanceof SiteEvent.AgentReserved);
      }
      return keeping(
          super.decide(state, command, now),
          event ->
              !(event instanceof SiteEvent.CallDelisted it
                  && it.why() == SiteEvent.Delisting.NOT_NEEDED));
    }
  }

  /** Does not tell the others that nobody needs to look any more. */
  static final class TellsNobody extends SpoiltSite.Rules {
    @Override
    public List<Effect> react(SiteState state, SiteEvent event) {
      return super.react(state, event).stream().filter(it -> !isForget(it)).toList();
    }
  }

  /** Keeps an agent who was lent. */
  static final class NeverReturns extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      return event instanceof SiteEvent.ConversationEnded it && state.lent().containsKey(it.agent())
          ? lending(next, state.lent())
          : next;
    }
  }

  /** Asks once, and never again. */
  static final class NeverRenews extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      return command instanceof Site.Expire
          ? keeping(
              real, event -> !(event instanceof SiteEvent.CallEnlisted it && known(state, it)))
          : real;
    }

    private static boolean known(SiteState state, SiteEvent.CallEnlisted it) {
      SiteCall call = state.calls().get(it.call());
      return call != null
          && Optional.ofNullable(call.abroad().enlisted().get(it.site()))
              .filter(one -> one.number() == it.number())
              .isPresent();
    }
  }

  /** Counts whom it only expects. */
  static final class CountsTheExpected extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      SiteState.Tally was = next.tally();
      return event instanceof SiteEvent.CallEntered it && it.origin().isPresent()
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

  /** Puts last whoever comes back from another site. */
  static final class PutsLastWhoComesBack extends SpoiltSite.Rules {
    @Override
    public SiteState evolve(SiteState state, SiteEvent event) {
      SiteState next = super.evolve(state, event);
      if (event instanceof SiteEvent.OfferEnded it && state.lent().containsKey(it.agent())) {
        SiteCall call = Objects.requireNonNull(next.calls().get(it.offer().call()));
        return SpoiltSite.with(next, with(call, it.at(), call.stand()));
      }
      return next;
    }
  }

  /** Blames an agent for a caller of another site who did not come. */
  static final class BlamesWhoIsHeld extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return changing(
          super.decide(state, command, now),
          event ->
              event instanceof SiteEvent.OfferEnded it
                      && it.outcome() == OfferOutcome.WITHDRAWN
                      && state.calls().get(it.offer().call()) instanceof SiteCall call
                      && call.abroad().origin().isPresent()
                  ? new SiteEvent.OfferEnded(
                      it.at(),
                      it.offer(),
                      it.agent(),
                      OfferOutcome.REJECTED,
                      now.plusSeconds(5),
                      false)
                  : event);
    }
  }

  /** Forgets whom it sends there when told once more that the call is expected. */
  static final class ForgetsWhomItSends extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      Decision<SiteEvent> real = super.decide(state, command, now);
      return command instanceof Site.Enlisted it
              && real instanceof Decision.Rejected<SiteEvent>
              && !(state.calls().get(it.call()) instanceof SiteCall call
                  && call.stand() instanceof SiteCall.Stand.Waiting)
          ? Decision.answered(
              new Effect.TellElsewhere(
                  it.at(),
                  new Origin(state.id(), it.call(), it.number()).expected(),
                  new Call.Forget()))
          : real;
    }
  }

  /** Takes no agent for a second call while the first goes on, though somebody else has it. */
  static final class TakesNobodyTwice extends SpoiltSite.Rules {
    @Override
    public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
      return command instanceof Site.Lend it
              && state.lent().containsKey(new AgentId(it.from() + "." + it.agent()))
          ? Decision.rejected(Decision.Reason.OUT_OF_ORDER, "Expected another agent")
          : super.decide(state, command, now);
    }
  }
}

package org.switchwright.domain.site;

import static org.switchwright.domain.Decision.accepted;
import static org.switchwright.domain.Decision.answered;
import static org.switchwright.domain.Decision.rejected;

import java.time.Instant;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.routing.NetworkFigures;

/** What agents report, and what they ask for themselves. */
final class AgentWork {
  private AgentWork() {}

  static Decision<SiteEvent> report(
      SiteState state, Site.ReportAgent it, NetworkFigures network, Instant now) {
    long known =
        Optional.ofNullable(state.agents().get(it.agent())).map(SiteAgent::version).orElse(0L);
    if (it.version() <= known) {
      return answered(new Effect.TellAgent(it.agent(), new Agent.Acknowledge(known)));
    }
    Draft draft = new Draft(state, now);
    draft.add(
        new SiteEvent.AgentReported(
            now, it.agent(), it.version(), it.judged(), it.wish(), it.skills(), it.station()));
    if (it.wish() instanceof Wish.LoggedOut) {
      draft.undirectAll(it.agent());
    }
    return accepted(draft.matched(network));
  }

  static Decision<SiteEvent> endWrapUp(
      SiteState state, Site.EndWrapUp it, NetworkFigures network, Instant now) {
    return wrapUp(state, it.agent())
        .map(_ -> {
          Draft draft = new Draft(state, now);
          draft.add(new SiteEvent.WrapUpEnded(now, it.agent(), true));
          return Decision.accepted(draft.matched(network));
        })
        .orElseGet(() -> notInWrapUp(state, it.agent()));
  }

  static Decision<SiteEvent> extendWrapUp(SiteState state, Site.ExtendWrapUp it, Instant now) {
    Optional<SiteAgent.Work.WrappingUp> wrapUp = wrapUp(state, it.agent());
    if (wrapUp.isEmpty()) {
      return notInWrapUp(state, it.agent());
    }
    Instant latest = now.plus(state.configured().rules().longestWrapUp());
    Instant wanted = wrapUp.get().until().plus(it.by());
    Instant until = wanted.isBefore(latest) ? wanted : latest;
    if (it.by().isNegative() || !until.isAfter(wrapUp.get().until())) {
      return rejected(
          Reason.ALREADY_DONE,
          "Expected wrap-up of agent "
              + it.agent()
              + " to be extended to at most "
              + state.configured().rules().longestWrapUp().toSeconds()
              + " s from now, but it goes on for as long already");
    }
    return accepted(new SiteEvent.WrapUpExtended(now, it.agent(), until));
  }

  private static Optional<SiteAgent.Work.WrappingUp> wrapUp(SiteState state, AgentId agent) {
    return state
        .agent(agent)
        .map(SiteAgent::work)
        .filter(SiteAgent.Work.WrappingUp.class::isInstance)
        .map(SiteAgent.Work.WrappingUp.class::cast);
  }

  private static Decision<SiteEvent> notInWrapUp(SiteState state, AgentId id) {
    return state
        .agent(id)
        .<Decision<SiteEvent>>map(agent ->
            rejected(
                Reason.NOT_IN_WRAP_UP,
                "Expected agent "
                    + id
                    + " to be in wrap-up, but it is "
                    + agent.work().getClass().getSimpleName()))
        .orElseGet(() ->
            rejected(
                Reason.UNKNOWN_AGENT,
                "Expected agent " + id + " at site " + state.id() + ", but there is none"));
  }
}

package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.Decision;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** A site that gives a call to somebody who talks to another one. */
final class SpoiltCapacity extends SpoiltSite.Rules {
  @Override
  public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
    Decision<SiteEvent> real = super.decide(state, command, now);
    Optional<SiteAgent> busy =
        state.agents().values().stream()
            .filter(agent -> agent.work() instanceof SiteAgent.Work.Talking)
            .findFirst();
    if (!(real instanceof Decision.Accepted<SiteEvent> yes) || busy.isEmpty()) {
      return real;
    }
    List<SiteEvent> events = new ArrayList<>();
    for (SiteEvent event : yes.events()) {
      events.add(
          event instanceof SiteEvent.AgentReserved it
              ? new SiteEvent.AgentReserved(
                  it.at(), it.offer(), busy.get().id(), it.until(), it.decision())
              : event);
    }
    return new Decision.Accepted<>(events, yes.answers());
  }

  /** Else the fold itself would refuse. */
  @Override
  public SiteState evolve(SiteState state, SiteEvent event) {
    return super.evolve(
        event instanceof SiteEvent.AgentReserved it
            ? SpoiltSite.with(
                state,
                SpoiltSite.working(state.agents().get(it.agent()), new SiteAgent.Work.Free()))
            : state,
        event);
  }
}

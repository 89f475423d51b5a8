package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.Decision;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** A site that looks at who can and forgets by which rule its queues take them. */
final class SpoiltChoice extends SpoiltSite.Rules {
  private final boolean onlyTiers;

  /**
   * @param onlyTiers whether the rule is kept and the tiers are forgotten
   */
  SpoiltChoice(boolean onlyTiers) {
    this.onlyTiers = onlyTiers;
  }

  @Override
  public Decision<SiteEvent> decide(SiteState state, Site.Command command, Instant now) {
    Decision<SiteEvent> real = super.decide(state, command, now);
    if (!(real instanceof Decision.Accepted<SiteEvent> yes)) {
      return real;
    }
    List<SiteEvent> events = new ArrayList<>();
    SiteState at = state;
    for (SiteEvent event : yes.events()) {
      SiteEvent next = event instanceof SiteEvent.AgentReserved it ? other(at, it) : event;
      events.add(next);
      if (next != event) {
        return new Decision.Accepted<>(events, yes.answers());
      }
      at = evolve(at, next);
    }
    return real;
  }

  private SiteEvent other(SiteState state, SiteEvent.AgentReserved it) {
    SiteCall call = state.calls().get(it.offer().call());
    SiteAgent chosen = state.agents().get(it.agent());
    var members = Needs.queue(state, call.queue()).choosing().members();
    for (SiteAgent other : state.agents().values()) {
      boolean tiersDiffer =
          !members.isEmpty()
              && members.containsKey(other.id())
              && members.containsKey(chosen.id())
              && members.get(other.id()).tier() != members.get(chosen.id()).tier();
      if (SiteBooks.free(other)
          && call.directedTo().isEmpty()
          && (!onlyTiers || tiersDiffer)
          && Needs.met(state, other, call) == Needs.met(state, chosen, call)
          && !other.id().equals(chosen.id())) {
        return new SiteEvent.AgentReserved(
            it.at(), it.offer(), other.id(), it.until(), it.decision());
      }
    }
    return it;
  }
}

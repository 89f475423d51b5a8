package org.switchwright.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.switchwright.domain.Decision;
import org.switchwright.domain.routing.AgentChoice;
import org.switchwright.domain.site.Choosing;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteAgent;
import org.switchwright.domain.site.SiteCall;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** A site that looks at who can and forgets by which rule its queues take them. */
final class SpoiltChoice extends SpoiltSite.Rules {
  /** What is forgotten. */
  enum Forgets {
    RULES,
    TIERS,
    /** Whose turn it is: each time from the first. */
    TURNS
  }

  private final Forgets what;

  SpoiltChoice(Forgets what) {
    this.what = what;
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
    Choosing choosing = Needs.queue(state, call.queue()).choosing();
    if (what == Forgets.TURNS && choosing.by() != AgentChoice.ROUND_ROBIN) {
      return it;
    }
    var members = choosing.members();
    for (SiteAgent other : state.agents().values()) {
      boolean tiersDiffer =
          !members.isEmpty()
              && members.containsKey(other.id())
              && members.containsKey(chosen.id())
              && members.get(other.id()).tier() != members.get(chosen.id()).tier();
      if (SiteBooks.free(other)
          && call.directedTo().isEmpty()
          && (what != Forgets.TIERS || tiersDiffer)
          && (what != Forgets.TURNS || !tiersDiffer && before(choosing, other, chosen))
          && Needs.met(state, other, call) == Needs.met(state, chosen, call)
          && !other.id().equals(chosen.id())) {
        return new SiteEvent.AgentReserved(
            it.at(), it.offer(), other.id(), it.until(), it.decision());
      }
    }
    return it;
  }

  private static boolean before(Choosing choosing, SiteAgent one, SiteAgent other) {
    return Turns.inOrder(choosing, List.of(one.id(), other.id())).getFirst().equals(one.id());
  }
}

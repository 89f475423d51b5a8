package org.switchwright.simulation;

import org.switchwright.domain.Aggregate;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * Whose rules a run plays. Tests put faulty ones in, to prove that a run notices.
 *
 * @param actsFirst whether the host performs effects before their events are written: a fault of
 *     the host
 */
record Cast(
    Aggregate<Call.Command, CallEvent, CallState> call,
    Aggregate<Site.Command, SiteEvent, SiteState> site,
    Aggregate<Agent.Command, AgentEvent, AgentState> agent,
    boolean actsFirst) {
  static final Cast REAL = new Cast(Call.AGGREGATE, Site.AGGREGATE, Agent.AGGREGATE, false);
}

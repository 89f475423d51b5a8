package org.switchwright.domain;

import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.Signal;
import org.switchwright.domain.site.Site;

/** What an aggregate owes the world: a message to another aggregate, or a signal to a SIP edge. */
public sealed interface Effect {
  record TellCall(CallId call, Call.Command command) implements Effect {}

  record TellSite(SiteId site, Site.Command command) implements Effect {}

  /** To a call of another data center, or to one that is expected there. */
  record TellElsewhere(SiteId site, CallId call, Call.FromElsewhere command) implements Effect {}

  record TellAgent(AgentId agent, Agent.Command command) implements Effect {}

  /** To the edge that holds the call's transactions or, where that one is gone, to any other. */
  record Signalled(EdgeId edge, CallId call, Signal signal) implements Effect {}

  /** To the edge that took the phone's registration or, where that one is gone, to any other. */
  record Watched(EdgeId edge, AgentId agent, StationWatch watch) implements Effect {}
}

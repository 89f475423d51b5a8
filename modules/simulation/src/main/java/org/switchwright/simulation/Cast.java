package org.switchwright.simulation;

import java.util.function.Function;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * Whose rules a run plays. Tests put faulty ones in, to prove that a run notices.
 *
 * @param monitor of other sites, at the site of this name
 */
record Cast(
    Aggregate<Call.Command, CallEvent, CallState> call,
    Aggregate<Site.Command, SiteEvent, SiteState> site,
    Aggregate<Agent.Command, AgentEvent, AgentState> agent,
    Function<SiteId, Aggregate<SiteMonitor.Command, MonitorEvent, MonitorState>> monitor,
    HostFault fault) {
  static final Cast REAL = new Cast(Call.AGGREGATE, new EstimatingSite(), Agent.AGGREGATE);

  Cast(
      Aggregate<Call.Command, CallEvent, CallState> call,
      Aggregate<Site.Command, SiteEvent, SiteState> site,
      Aggregate<Agent.Command, AgentEvent, AgentState> agent) {
    this(call, site, agent, HostFault.NONE);
  }

  Cast(
      Aggregate<Call.Command, CallEvent, CallState> call,
      Aggregate<Site.Command, SiteEvent, SiteState> site,
      Aggregate<Agent.Command, AgentEvent, AgentState> agent,
      HostFault fault) {
    this(call, site, agent, SiteMonitor::telling, fault);
  }

  /** What a host, not an aggregate, may do wrong. */
  enum HostFault {
    NONE,
    /** Performs effects before their events are written. */
    ACTS_FIRST,
    /** Its journal takes events of whoever writes, whatever others have written before. */
    NO_FENCE,
    /** Performs the effects of a write that was refused. */
    ACTS_THOUGH_REFUSED,
    /** Goes on as though each write had succeeded. */
    BELIEVES_EVERY_WRITE,
    /** Its edge answers a CANCEL only when the journal has heard of it. */
    HANGS_UP_AFTER_WRITING
  }
}

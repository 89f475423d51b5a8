package org.switchwright.cluster;

import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.routing.NetworkFigures;
import org.switchwright.domain.routing.StrategyCompiler;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/**
 * The aggregates as the cluster knows them.
 *
 * @param typeHint what comes before the id in the journal: {@code call|c7f...}
 * @param snapshotEvery after how many events a snapshot is written; 0: never, histories are short
 */
record Kind<C, E, S>(String typeHint, Aggregate<C, E, S> aggregate, int snapshotEvery) {
  static final Kind<Call.Command, CallEvent, CallState> CALL =
      new Kind<>("call", Call.AGGREGATE, 0);

  /** By this a site is found and told; one that decides is made by {@link #site}. */
  static final Kind<Site.Command, SiteEvent, SiteState> SITE =
      site(StrategyCompiler.NONE, NetworkFigures.NONE);

  static final Kind<Agent.Command, AgentEvent, AgentState> AGENT =
      new Kind<>("agent", Agent.AGGREGATE, 100);

  /** By this a monitor is found and told; one that tells its site is made by {@link #monitor}. */
  static final Kind<SiteMonitor.Command, MonitorEvent, MonitorState> MONITOR =
      monitor(SiteMonitor.AGGREGATE);

  static Kind<SiteMonitor.Command, MonitorEvent, MonitorState> monitor(SiteMonitor monitors) {
    return new Kind<>("monitor", monitors, 100);
  }

  static Kind<Site.Command, SiteEvent, SiteState> site(
      StrategyCompiler strategies, NetworkFigures network) {
    return new Kind<>("site", Site.routingBy(strategies, network), 1_000);
  }

  @SuppressWarnings("unchecked")
  EntityTypeKey<EntityMessage<C>> key() {
    return EntityTypeKey.create((Class<EntityMessage<C>>) (Class<?>) EntityMessage.class, typeHint);
  }
}

package org.switchwright.domain;

import java.util.concurrent.CompletionStage;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.site.Site;

/** Where edges hand in what agents and their phones want. Same promises as {@link CallIntake}. */
public interface AgentIntake {
  CompletionStage<CallIntake.Receipt> submit(AgentId agent, Agent.Command command);

  /** For what the site decides and the agent asks: the end of wrap-up. */
  CompletionStage<CallIntake.Receipt> submit(SiteId site, Site.Command command);
}

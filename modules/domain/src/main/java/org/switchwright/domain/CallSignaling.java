package org.switchwright.domain;

import org.switchwright.domain.agent.StationWatch;
import org.switchwright.domain.call.Signal;

/**
 * A SIP edge as calls and agents see it. Signals of one call come in order; a signal may come
 * twice.
 */
public interface CallSignaling {
  EdgeId id();

  /** Never blocks; what comes of it is reported to {@link CallIntake}. */
  void signal(CallId call, Signal signal);

  /**
   * Probes the agent's phone until the registration ends, in place of whatever was watched for this
   * agent before. A phone that falls silent is reported to {@link AgentIntake}.
   */
  void watch(AgentId agent, StationWatch watch);
}

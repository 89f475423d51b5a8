package org.switchwright.http.query;

import org.switchwright.domain.AgentId;

/** By which an agent's desktop is let in, to what concerns that agent. */
public interface DesktopTokens {
  /**
   * The token that it had before is void.
   *
   * @return its token, which is told once and never again
   */
  String give(AgentId agent);

  /** Whether it had one; it is void. */
  boolean take(AgentId agent);
}

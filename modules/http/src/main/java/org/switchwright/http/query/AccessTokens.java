package org.switchwright.http.query;

import java.util.Optional;
import org.switchwright.domain.AgentId;

/** Who may do what. Asked for every request: answers from memory. */
public interface AccessTokens {
  /** The role of whoever holds this token; empty for a token that nobody was given. */
  Optional<Role> roleOf(String token);

  /** Whose desktop this token is for; empty for any other token. */
  Optional<AgentId> agentOf(String token);

  /** What one may do. */
  enum Role {
    /** Everything. */
    ADMINISTRATOR,
    /** Follow what this site reports, as its controller does. */
    LINK,
    /** See what rings at one agent's station. */
    AGENT
  }
}

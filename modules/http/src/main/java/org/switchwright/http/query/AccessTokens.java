package org.switchwright.http.query;

import java.util.Optional;

/** Who may do what. Asked for every request: answers from memory. */
public interface AccessTokens {
  /** The role of whoever holds this token; empty for a token that nobody was given. */
  Optional<Role> roleOf(String token);

  /** What one may do. */
  enum Role {
    /** Everything. */
    ADMINISTRATOR,
    /** Follow what this site reports, as its controller does. */
    LINK
  }
}

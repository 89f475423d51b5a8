package org.switchwright.domain.call;

/** How a caller gets to an agent of another site; by where the call came from. */
public enum HandOver {
  /** By us: we stay between the caller and that site. */
  RELAY,
  /**
   * By itself, as long as it has not been answered here: its INVITE is answered with where to go on
   * (302; RFC 3261, section 21.3.3), and from then on the call is that site's.
   */
  REDIRECT
}

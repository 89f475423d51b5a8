package org.switchwright.domain.routing;

/** How a customer comes to us. */
public enum Medium {
  VOICE
}

package org.switchwright.sip;

/** The other edges of this data center. */
@FunctionalInterface
public interface Neighbours {
  /** For an edge that is alone. */
  Neighbours NONE = (address, port) -> false;

  /** Whether an edge listens there now. Asked on any thread; must not wait for anything. */
  boolean has(String address, int port);
}

package org.switchwright.domain.estimate;

/** What the controller still sees of a site after its status link was cut. */
public enum ObservationLevel {
  /** Nothing. */
  A,
  /** The calls that it sends there. */
  B,
  /** Also when those are answered and when they end, because it stays in their signalling. */
  C
}

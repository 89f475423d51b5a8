package org.switchwright.domain.call;

/** How a call ended. Every call that arrived ends in exactly one of these. */
public enum CallOutcome {
  /** Caller and agent were connected. */
  SERVED,
  /** The caller left before being connected. */
  ABANDONED,
  /** Released by a rule of the queue: no place left, or waited too long. */
  OVERFLOWED,
  /** Could not be taken at all: no codec in common, overload, an unknown address. */
  REFUSED,
  /** A step of the set-up failed on the way to the agent. */
  FAILED
}

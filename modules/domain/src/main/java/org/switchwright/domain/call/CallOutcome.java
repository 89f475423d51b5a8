package org.switchwright.domain.call;

/** How a call ended. Every call that arrived ends in exactly one of these. */
public enum CallOutcome {
  /** An agent answered, and the caller had not left: even one who hangs up at once is served. */
  SERVED,
  /**
   * The caller left before an agent answered, or cancelled before hearing of the answer; or was
   * sent on by one agent, and left before the next one answered.
   */
  ABANDONED,
  /** Released by a rule of the queue: no place left, or waited too long. */
  OVERFLOWED,
  /** Could not be taken at all: no codec in common, overload, an unknown address. */
  REFUSED,
  /** A step of the set-up failed on the way to the agent. */
  FAILED,
  /** Was expected here and not answered: it is, or was, at its place at another site. */
  ELSEWHERE,
  /** Has its place at another site from then on, where its caller was told to go. */
  HANDED_ON
}

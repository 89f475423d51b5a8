package org.switchwright.domain.call;

/** Why we refuse a request or end a leg. The edge translates it to a status code or a Reason. */
public enum Refusal {
  /** Nothing is known under the address that was called. */
  NOT_FOUND,
  /** No codec in common. */
  NOT_ACCEPTABLE,
  /** Too much to do, or the site does not answer; try later. */
  OVERLOADED,
  /** The queue has no place left. */
  QUEUE_FULL,
  /** No agent is there who could serve the caller, now or soon. */
  NOBODY_THERE,
  /** The agent's phone is in use, at the site that was to serve the caller for another. */
  AGENT_BUSY,
  /** The agent rejected the call, at the site that was to serve the caller for another. */
  AGENT_REJECTED,
  /** Nobody was free within the longest wait of the queue. */
  WAITED_TOO_LONG,
  /** The caller cancelled. */
  CANCELLED,
  /** Both sides re-INVITE at once (RFC 3261, section 14.2). */
  GLARE,
  /** An earlier re-INVITE of the same peer is not finished (RFC 3261, section 14.2). */
  RENEGOTIATING,
  /** There is no such dialog any more. */
  CALL_OVER,
  /** The other party hung up. */
  HUNG_UP,
  /** The agent sent the caller on. */
  TRANSFERRED,
  /** The caller is to go to another site. */
  HANDED_ON,
  /** The session timer ran out (RFC 4028). */
  SESSION_EXPIRED,
  /** A step of the set-up did not end in time. */
  TIMED_OUT,
  /** The agent answered too late: the call was gone. */
  TOO_LATE,
  INTERNAL
}

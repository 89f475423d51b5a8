package org.switchwright.useragent;

/** A way in which an agent breaks or stretches the rules, for testing whoever talks to it. */
public enum Quirk {
  /** Answers an INVITE with 200 when its CANCEL comes, as if both had crossed on the wire. */
  ANSWERS_ON_CANCEL,
  /** Gives CANCEL no response and lets the INVITE pend. */
  IGNORES_CANCEL,
  /** Gives BYE no response and goes on. */
  IGNORES_BYE,
  /** Gives a re-INVITE no response. */
  IGNORES_REINVITE,
  /** Answers each re-INVITE with 488. */
  REFUSES_REINVITE,
  /** Sends no ACK for a 2xx. */
  NEVER_ACKS,
  /** Does not send 100 before anything else. */
  NEVER_TRIES
}

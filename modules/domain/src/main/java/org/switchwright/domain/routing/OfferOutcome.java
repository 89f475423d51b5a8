package org.switchwright.domain.routing;

/** How an offer of an interaction to one agent ended. Six different things. */
public enum OfferOutcome {
  /** The agent answered. */
  ACCEPTED,
  /** The agent pressed "reject": rests for a while, at the end of the line. */
  REJECTED,
  /** It rang and nobody answered: the agent is made not ready, visibly. */
  MISSED,
  /** The phone is in use: it is left alone for a while, the agent's place in line is kept. */
  BUSY,
  /** The phone does not answer at all: its registration is dropped until it registers again. */
  UNREACHABLE,
  /** The offer was taken back (the caller left, a node died): the agent loses nothing. */
  WITHDRAWN
}

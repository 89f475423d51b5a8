package org.switchwright.domain.call;

/** How much of a call its home still sees when somebody at another site has it. */
public enum ObservationLevel {
  /** The home stays in the signalling: it sees the answer and the end. */
  RELAYED,
  /** The home has let go of it, and sees nothing more. */
  REDIRECTED
}

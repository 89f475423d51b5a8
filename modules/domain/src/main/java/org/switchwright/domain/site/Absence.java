package org.switchwright.domain.site;

/** Why an agent cannot be given a call now. Several may hold at once. */
public enum Absence {
  LOGGED_OUT,
  NOT_READY,
  /** No phone is registered. */
  NO_STATION,
  /** The phone rings for another call. */
  RESERVED,
  TALKING,
  WRAPPING_UP,
  /** Left alone for a while after an offer that failed. */
  RESTING,
  /** Missed an offer or could not be reached, and has not been heard from since. */
  UNDER_JUDGEMENT;

  /** Whether it is about what the agent does, not what the agent wants or has. */
  boolean isWork() {
    return switch (this) {
      case LOGGED_OUT, NOT_READY, NO_STATION -> false;
      case RESERVED, TALKING, WRAPPING_UP, RESTING, UNDER_JUDGEMENT -> true;
    };
  }
}

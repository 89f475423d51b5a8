package org.switchwright.sip.sdp;

import java.util.Locale;

/** Who sends media, from the view of the description that bears it (RFC 3264 5.1). */
public enum Direction {
  SENDRECV(true, true),
  SENDONLY(true, false),
  RECVONLY(false, true),
  INACTIVE(false, false);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  public boolean sends() {
    return sends;
  }

  public boolean receives() {
    return receives;
  }

  /** The answer that takes all that is offered (RFC 3264 6.1). */
  public Direction mirrored() {
    return switch (this) {
      case SENDRECV -> SENDRECV;
      case SENDONLY -> RECVONLY;
      case RECVONLY -> SENDONLY;
      case INACTIVE -> INACTIVE;
    };
  }

  /** The attribute's name. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}

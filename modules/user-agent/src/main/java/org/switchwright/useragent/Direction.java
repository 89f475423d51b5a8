package org.switchwright.useragent;

import java.util.Locale;

/** Which way media flows, seen from whoever says it (RFC 3264 section 5.1). */
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

  static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** What we may answer to {@code offered}, wishing for this. */
  Direction answerTo(Direction offered) {
    return of(sends && offered.receives, receives && offered.sends);
  }

  String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}

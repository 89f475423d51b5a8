package org.switchwright.useragent;

import java.time.Duration;
import java.util.Optional;

/**
 * How an agent deals with session timers (RFC 4028).
 *
 * @param supported whether it says "Supported: timer" and answers Session-Expires
 * @param interval the Session-Expires it asks for by itself, whole seconds
 * @param refresher whom it asks to refresh, in its own requests
 * @param least its Min-SE, whole seconds; the standard wants at least 90 s, tests may go below
 */
public record SessionTimer(
    boolean supported, Optional<Duration> interval, Refresher refresher, Duration least) {
  public enum Refresher {
    UNSPECIFIED,
    UAC,
    UAS
  }

  private static final Duration STANDARD_LEAST = Duration.ofSeconds(90);

  /** Does not know session timers. */
  public static SessionTimer none() {
    return new SessionTimer(false, Optional.empty(), Refresher.UNSPECIFIED, STANDARD_LEAST);
  }

  /** Follows what the other side asks for, asks for nothing by itself. */
  public static SessionTimer onDemand(Duration least) {
    return new SessionTimer(true, Optional.empty(), Refresher.UNSPECIFIED, least);
  }

  public static SessionTimer onDemand() {
    return onDemand(STANDARD_LEAST);
  }

  /** Asks for a session of this length; its Min-SE is the standard's or the interval if shorter. */
  public static SessionTimer every(Duration interval, Refresher refresher) {
    Duration least = interval.compareTo(STANDARD_LEAST) < 0 ? interval : STANDARD_LEAST;
    return new SessionTimer(true, Optional.of(interval), refresher, least);
  }
}

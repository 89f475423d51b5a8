package org.switchwright.http;

import java.time.Duration;

/**
 * Where and how HTTP is served.
 *
 * @param address an IP literal
 * @param port 0 for any free one
 * @param maxFollowers event streams at once; one more is refused with 503
 * @param heartbeat how often an idle event stream shows that it is alive
 * @param stalledAfter how long a follower may read nothing before it is cut off
 */
public record HttpSettings(
    String address, int port, int maxFollowers, Duration heartbeat, Duration stalledAfter) {
  /** How long a follower may usually read nothing. */
  public static final Duration STALLED_AFTER = Duration.ofSeconds(30);

  public static HttpSettings of(String address, int port) {
    return new HttpSettings(address, port, 100, Duration.ofSeconds(15), STALLED_AFTER);
  }
}

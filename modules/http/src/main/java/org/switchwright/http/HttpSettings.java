package org.switchwright.http;

import java.time.Duration;

/**
 * Where and how HTTP is served.
 *
 * @param address an IP literal
 * @param port 0 for any free one
 * @param maxFollowers event streams at once; one more is refused with 503
 * @param heartbeat how often an idle event stream shows that it is alive
 */
public record HttpSettings(String address, int port, int maxFollowers, Duration heartbeat) {
  public static HttpSettings of(String address, int port) {
    return new HttpSettings(address, port, 100, Duration.ofSeconds(15));
  }
}

package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Under what name, where and for how long a phone registers.
 *
 * @param domain host part of its address of record and realm's usual name
 * @param registrar where REGISTER and the phone's own calls are sent
 * @param expiry the registration time it asks for, whole seconds
 */
public record Account(
    String user, String password, String domain, InetSocketAddress registrar, Duration expiry) {
  private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(2);

  public Account {
    UserAgents.requireLoopback(registrar);
  }

  public static Account of(
      String user, String password, String domain, InetSocketAddress registrar) {
    return new Account(user, password, domain, registrar, DEFAULT_EXPIRY);
  }

  public Account withExpiry(Duration wanted) {
    return new Account(user, password, domain, registrar, wanted);
  }

  String addressOfRecord() {
    return "sip:" + user + "@" + domain;
  }

  Credentials credentials() {
    return new Credentials(user, password);
  }

  @Override
  public String toString() {
    return "Account[]";
  }
}

package org.switchwright.useragent;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Somebody who calls: a number or name with which calls are placed. Immutable. */
public final class Caller {
  private final UserAgents host;
  private final String user;
  private final String domain;
  private final Optional<String> displayName;
  private final Profile profile;
  private final Optional<Credentials> credentials;

  Caller(
      UserAgents host,
      String user,
      String domain,
      Optional<String> displayName,
      Profile profile,
      Optional<Credentials> credentials) {
    this.host = host;
    this.user = user;
    this.domain = domain;
    this.displayName = displayName;
    this.profile = profile;
    this.credentials = credentials;
  }

  public Caller named(String name) {
    return new Caller(host, user, domain, Optional.of(name), profile, credentials);
  }

  /** Host part of the From URI; the agent's own address unless told otherwise. */
  public Caller at(String otherDomain) {
    return new Caller(host, user, otherDomain, displayName, profile, credentials);
  }

  public Caller profile(Profile wanted) {
    return new Caller(host, user, domain, displayName, wanted, credentials);
  }

  /** What a 401 or 407 is answered with. */
  public Caller credentials(Credentials known) {
    return new Caller(host, user, domain, displayName, profile, Optional.of(known));
  }

  /** A call to {@code uri}, sent to {@code via} whatever the URI's host part. */
  public CallRequest call(String uri, InetSocketAddress via) {
    String name =
        displayName
            .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\" ")
            .orElse("");
    String from = name + "<sip:" + user + "@" + domain + ">";
    return new CallRequest(host, from, host.contact(user), profile, credentials, uri).via(via);
  }
}

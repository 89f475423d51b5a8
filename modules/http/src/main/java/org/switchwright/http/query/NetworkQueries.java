package org.switchwright.http.query;

/** The sites that this server watches, and what it tells of its own to whoever watches it. */
public interface NetworkQueries {
  Listing<NetworkSite> sites();

  Heartbeat heartbeat();
}

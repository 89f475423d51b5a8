package org.switchwright.cluster.link;

import java.net.URI;
import org.switchwright.domain.SiteId;

/**
 * A site that is to be followed.
 *
 * @param url of its HTTP interface, without a path
 * @param token by which it knows this controller
 */
public record WatchedSite(SiteId site, URI url, String token) {
  /** Without the token. */
  @Override
  public String toString() {
    return "WatchedSite[" + site + ", " + url + "]";
  }
}

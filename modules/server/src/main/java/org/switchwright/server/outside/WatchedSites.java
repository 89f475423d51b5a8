package org.switchwright.server.outside;

import java.util.Set;
import java.util.stream.Collectors;
import org.switchwright.domain.SiteId;
import org.switchwright.server.configuration.Configuration;

/** Which sites this server watches, by its configuration. */
record WatchedSites(Set<SiteId> sites) {
  WatchedSites {
    sites = Set.copyOf(sites);
  }

  static WatchedSites of(Configuration.Network network) {
    return new WatchedSites(
        network.sites().stream().map(it -> it.site()).collect(Collectors.toSet()));
  }

  /**
   * @throws IllegalArgumentException if it is none of them
   */
  void check(SiteId site) {
    if (!sites.contains(site)) {
      throw new IllegalArgumentException(
          "Expected a site of network.sites, but got '" + site + "'");
    }
  }
}

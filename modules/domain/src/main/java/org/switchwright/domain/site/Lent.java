package org.switchwright.domain.site;

import org.switchwright.domain.OfferId;
import org.switchwright.domain.SiteId;

/**
 * An agent of another site, for as long as one of this site's calls rings there or is talked about.
 *
 * @param from the agent's own site
 * @param theirs the offer there
 * @param agent as an agent of this site, whose station is the address where the call is expected
 */
public record Lent(SiteId from, OfferId theirs, SiteAgent agent) {}

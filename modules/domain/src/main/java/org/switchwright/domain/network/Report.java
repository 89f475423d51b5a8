package org.switchwright.domain.network;

import org.switchwright.domain.site.SiteEvent;

/**
 * One event of a site, as it told its controller. Texts about persons are not in it: what is left
 * of them is that there is one.
 *
 * @param sequence of the event in the site's own history, from 1 without gaps
 */
public record Report(long sequence, SiteEvent event) {}

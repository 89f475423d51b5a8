/**
 * Phones of agents and callers that speak real SIP and RTP, sharing no code with Switchwright's
 * edge.
 */
@NullMarked
package org.switchwright.useragent;

import org.jspecify.annotations.NullMarked;

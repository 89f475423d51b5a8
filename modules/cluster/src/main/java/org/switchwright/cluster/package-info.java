/** Hosts the aggregates in a Pekko cluster: persist, then act. */
@NullMarked
package org.switchwright.cluster;

import org.jspecify.annotations.NullMarked;

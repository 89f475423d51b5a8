/** Named statistics: estimated waits, service levels, and what they are computed from. */
@NullMarked
package org.switchwright.domain.statistics;

import org.jspecify.annotations.NullMarked;

/** Statistics from the journal: of any past interval, and how good estimates were. */
@NullMarked
package org.switchwright.replay.statistics;

import org.jspecify.annotations.NullMarked;

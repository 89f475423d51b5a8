/** Sites under one controller, as it sees them by what they report. */
@NullMarked
package org.switchwright.domain.network;

import org.jspecify.annotations.NullMarked;

/** The in-flight call: its legs as data, its offers, and what it says to the SIP edge. */
@NullMarked
package org.switchwright.domain.call;

import org.jspecify.annotations.NullMarked;

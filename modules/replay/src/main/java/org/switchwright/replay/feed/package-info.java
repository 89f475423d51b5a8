/** Events for the outside, in the order of their commits and without persons. */
@NullMarked
package org.switchwright.replay.feed;

import org.jspecify.annotations.NullMarked;

/** Erasing what is known of a person, and nothing else. */
@NullMarked
package org.switchwright.replay.privacy;

import org.jspecify.annotations.NullMarked;

/** The SIP messages of a call, kept without addresses and drawn as a ladder. */
@NullMarked
package org.switchwright.replay.ladder;

import org.jspecify.annotations.NullMarked;

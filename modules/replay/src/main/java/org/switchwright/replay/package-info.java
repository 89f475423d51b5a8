/** What the journal tells a person: timelines, explanations, and state at any instant. */
@NullMarked
package org.switchwright.replay;

import org.jspecify.annotations.NullMarked;

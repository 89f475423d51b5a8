/** Reads texts in HOCON, and says everything that is wrong in them at once. */
@NullMarked
package org.switchwright.hocon;

import org.jspecify.annotations.NullMarked;

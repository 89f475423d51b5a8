/** Which agent gets which call, and why none of the others. */
@NullMarked
package org.switchwright.domain.routing;

import org.jspecify.annotations.NullMarked;

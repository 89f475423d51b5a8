/** A whole node: everything put together in the order in which it must start and stop. */
@NullMarked
package org.switchwright.server.running;

import org.jspecify.annotations.NullMarked;

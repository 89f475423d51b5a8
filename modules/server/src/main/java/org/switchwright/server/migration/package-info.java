/** Reads what other call centers were configured with, and writes what that is with us. */
@NullMarked
package org.switchwright.server.migration;

import org.jspecify.annotations.NullMarked;

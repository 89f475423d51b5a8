/** The one room that knows all others: the command line, the configuration, the wiring. */
@NullMarked
package org.switchwright.server;

import org.jspecify.annotations.NullMarked;

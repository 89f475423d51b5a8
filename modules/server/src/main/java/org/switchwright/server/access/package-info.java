/** Who may come in: tokens, and the file by which the command line finds a running server. */
@NullMarked
package org.switchwright.server.access;

import org.jspecify.annotations.NullMarked;

/** Joins what HTTP asks to the rooms that know the answers. */
@NullMarked
package org.switchwright.server.outside;

import org.jspecify.annotations.NullMarked;

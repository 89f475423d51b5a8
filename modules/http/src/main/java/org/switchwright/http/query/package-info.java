/** What HTTP asks of the rooms behind it, and the shapes in which it is answered. */
@NullMarked
package org.switchwright.http.query;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the call logs of other products as the history of a site; what is faulty is said and left
 * out.
 */
@NullMarked
package org.switchwright.history;

import org.jspecify.annotations.NullMarked;

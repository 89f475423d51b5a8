/** What tests of this and other rooms need to work against a real PostgreSQL. */
@NullMarked
package org.switchwright.journal.testing;

import org.jspecify.annotations.NullMarked;

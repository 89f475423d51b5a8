/** Read models: rows made from events, stored in one transaction with how far they have come. */
@NullMarked
package org.switchwright.journal.projection;

import org.jspecify.annotations.NullMarked;

/** Writing the journal: the settings of Pekko's journal plugin, and the fence between writers. */
@NullMarked
package org.switchwright.journal.store;

import org.jspecify.annotations.NullMarked;

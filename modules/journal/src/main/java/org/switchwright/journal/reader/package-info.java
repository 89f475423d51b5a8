/** Reading the journal in the order of its commits: the one source for whoever follows events. */
@NullMarked
package org.switchwright.journal.reader;

import org.jspecify.annotations.NullMarked;

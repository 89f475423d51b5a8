/** The keys of personal data: one per subject, so that erasing a key erases the person. */
@NullMarked
package org.switchwright.journal.keys;

import org.jspecify.annotations.NullMarked;

/**
 * The form in which events are kept for ever: hand-written names, JSON, personal data encrypted.
 */
@NullMarked
package org.switchwright.journal.format;

import org.jspecify.annotations.NullMarked;

/** Tests of the journal's form. */
package org.switchwright.journal.format;

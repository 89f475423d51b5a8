/** Days of a call log played again by real sites in virtual time, with their links cut. */
@NullMarked
package org.switchwright.simulation.rehearsal;

import org.jspecify.annotations.NullMarked;

/** The third host: the domain's aggregates in virtual time, among seeded people and faults. */
@NullMarked
package org.switchwright.simulation;

import org.jspecify.annotations.NullMarked;

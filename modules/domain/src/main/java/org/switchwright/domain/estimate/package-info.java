/**
 * Estimates of a site that does not report: its history, the simulation of what it does unseen, how
 * that is calibrated, and how good it was. Everything here is a seeded function of the history.
 */
@NullMarked
package org.switchwright.domain.estimate;

import org.jspecify.annotations.NullMarked;

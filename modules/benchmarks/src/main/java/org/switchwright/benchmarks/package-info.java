/** Measurements of the whole, each beside a reference in the same run. */
@NullMarked
package org.switchwright.benchmarks;

import org.jspecify.annotations.NullMarked;

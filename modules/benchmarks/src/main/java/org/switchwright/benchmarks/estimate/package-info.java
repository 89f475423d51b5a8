/** What estimates of cut sites are worth, and what they cost. */
@NullMarked
package org.switchwright.benchmarks.estimate;

import org.jspecify.annotations.NullMarked;

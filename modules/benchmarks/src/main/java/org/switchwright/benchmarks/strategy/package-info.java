/** How long a routing strategy takes to decide. */
@NullMarked
package org.switchwright.benchmarks.strategy;

import org.jspecify.annotations.NullMarked;

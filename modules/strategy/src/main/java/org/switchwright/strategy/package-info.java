/** Routing strategies as text: structure in HOCON, conditions in CEL, checked and compiled. */
@NullMarked
package org.switchwright.strategy;

import org.jspecify.annotations.NullMarked;

/** Whole servers among software of others: sipp as callers and agents, baresip as a phone. */
@NullMarked
package org.switchwright.systemtest.interop;

import org.jspecify.annotations.NullMarked;

/** Signed names for calls and legs that any edge with the same secret can make and check. */
@NullMarked
package org.switchwright.sip.token;

import org.jspecify.annotations.NullMarked;

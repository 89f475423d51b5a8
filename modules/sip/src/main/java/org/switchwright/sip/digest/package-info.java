/** Digest authentication: our own check of who registers and who dials feature codes. */
@NullMarked
package org.switchwright.sip.digest;

import org.jspecify.annotations.NullMarked;

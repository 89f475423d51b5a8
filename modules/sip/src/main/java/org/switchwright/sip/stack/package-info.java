/** JAIN-SIP set up for us, with a screen and an admission control before its transactions. */
@NullMarked
package org.switchwright.sip.stack;

import org.jspecify.annotations.NullMarked;

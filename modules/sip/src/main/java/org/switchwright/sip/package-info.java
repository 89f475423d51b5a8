/** The SIP edge: messages become commands for calls, and effects of calls become messages. */
@NullMarked
package org.switchwright.sip;

import org.jspecify.annotations.NullMarked;

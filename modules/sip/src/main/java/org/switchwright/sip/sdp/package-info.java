/** Session descriptions: what a party can hear and where; offers and answers of our own player. */
@NullMarked
package org.switchwright.sip.sdp;

import org.jspecify.annotations.NullMarked;

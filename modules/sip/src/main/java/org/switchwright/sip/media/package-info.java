/** The built-in treatment player: G.711 over RTP, music of our own. */
@NullMarked
package org.switchwright.sip.media;

import org.jspecify.annotations.NullMarked;

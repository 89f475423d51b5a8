package org.switchwright.sip.media;

import org.switchwright.sip.sdp.Law;

/** What can be played, in either law. */
public interface Clip {
  /** Its bytes in that law; a whole number of 20 ms frames. */
  byte[] encoded(Law law);

  /** Whether it begins again at its end. */
  boolean repeats();
}

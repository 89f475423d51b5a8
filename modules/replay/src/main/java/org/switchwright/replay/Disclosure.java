package org.switchwright.replay;

/** Whether personal data is shown. Whoever asks for {@link #SHOWN} has checked who may see it. */
public enum Disclosure {
  MASKED,
  SHOWN
}

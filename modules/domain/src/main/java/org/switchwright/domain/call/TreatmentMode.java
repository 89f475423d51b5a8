package org.switchwright.domain.call;

/** How a waiting caller hears treatment. */
public enum TreatmentMode {
  /** In a 183, unanswered: the caller pays nothing while waiting. */
  EARLY_MEDIA,
  /** After a 200: for trunks and phones that pass no early media. */
  AFTER_ANSWER
}

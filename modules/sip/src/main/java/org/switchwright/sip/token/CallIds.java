package org.switchwright.sip.token;

import org.switchwright.domain.CallId;

/**
 * Derives the id of a new call from its INVITE, so that a repeated INVITE and a CANCEL find the
 * same call at any edge and after any restart (RFC 3261 17.2.3: the branch and the sent-by make the
 * transaction; CANCEL bears them too).
 */
public final class CallIds {
  private static final int BYTES = 15;

  private final EdgeSecret secret;

  public CallIds(EdgeSecret secret) {
    this.secret = secret;
  }

  /**
   * The call that an INVITE outside of any dialog makes.
   *
   * @param sipCallId the Call-ID header's value
   * @param fromTag the tag of From, or an empty text
   * @param cseq the CSeq's number
   * @param branch the branch of the topmost Via
   */
  public CallId of(String sipCallId, String fromTag, long cseq, String branch) {
    return new CallId(
        "c" + secret.signText(BYTES, "call", sipCallId, fromTag, Long.toString(cseq), branch));
  }
}

package org.switchwright.replay.ladder;

import java.time.Instant;
import org.switchwright.domain.CallId;

/**
 * One SIP message of a call, without addresses and texts.
 *
 * @param leg 0 for the caller's, n for the n-th offer's
 * @param inbound whether it came to us
 * @param method of the request, or of the request that is answered; what is longer than {@value
 *     #MAX_METHOD_CHARS} letters, or holds anything but letters, is kept as "OTHER"
 * @param status 0 for a request
 * @param hasSession whether it carried a session description
 */
public record SipMessage(
    CallId call,
    int leg,
    Instant at,
    boolean inbound,
    String method,
    int status,
    long cseq,
    boolean hasSession) {
  static final int MAX_METHOD_CHARS = 16;

  public SipMessage {
    // A peer chooses this text.
    if (!method.matches("[A-Z]{1," + MAX_METHOD_CHARS + "}")) {
      method = "OTHER";
    }
  }
}

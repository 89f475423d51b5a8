package org.switchwright.sip;

import java.time.Instant;
import org.switchwright.domain.CallId;

/** Takes the ladder of a call's messages, without persons. Called on any thread; never blocks. */
@FunctionalInterface
public interface SipTrace {
  SipTrace NONE = _ -> {};

  void record(Line line);

  /** Which way a message went, from the edge's view. */
  enum Direction {
    IN,
    OUT
  }

  /**
   * One message.
   *
   * @param leg 0 for the caller's, n for the n-th offer's
   * @param method of the request, or of the request that is answered
   * @param status 0 for a request
   */
  record Line(
      CallId call,
      int leg,
      Direction direction,
      Instant at,
      String method,
      int status,
      long cseq,
      boolean hasSession) {}
}

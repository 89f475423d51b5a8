package org.switchwright.domain.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;

/**
 * One SIP dialog of a call, with what changes in it.
 *
 * @param number 0 for the caller's, n for the n-th offer's
 * @param heard the peer's last session description; null until a delayed offer was answered
 * @param said ours; null until we sent one
 * @param cseq the last sequence number that we used
 * @param pending our re-INVITE that has no final answer yet, at most one
 * @param timerAt when the session timer wants something
 */
public record Leg(
    int number,
    Dialog dialog,
    @Nullable Personal heard,
    @Nullable SessionDescription said,
    long cseq,
    @Nullable PendingReinvite pending,
    Instant timerAt) {

  /** After a recovery nobody knows which numbers the dead node had used since its last event. */
  static final int CSEQ_RESERVE = 100;

  enum Purpose {
    /** Join a caller in treatment with the agent. */
    JOIN,
    /** Pass on what the other leg's peer proposed. */
    RELAY,
    /** Tell the peer what the other leg changed meanwhile. */
    UPDATE,
    /** Keep the session timer from running out. */
    REFRESH,
    /** Take the dialog over after the edge that held it died. */
    RECLAIM
  }

  /**
   * @param due when it is given up; or, if {@code postponed}, when it is sent again
   */
  record PendingReinvite(
      Purpose purpose, long cseq, SessionDescription session, Instant due, boolean postponed) {}

  static Leg start(int number, Dialog dialog, @Nullable Personal heard, long cseq, Instant at) {
    return new Leg(number, dialog, heard, null, cseq, null, dialog.timer().next(at));
  }

  SessionDescription next(Personal text) {
    if (said == null) {
      return new SessionDescription(text, 1);
    }
    return said.text().equals(text) ? said : new SessionDescription(text, said.version() + 1);
  }

  Leg saying(SessionDescription session) {
    return new Leg(number, dialog, heard, session, cseq, pending, timerAt);
  }

  Leg hearing(Personal session) {
    return new Leg(number, dialog, session, said, cseq, pending, timerAt);
  }

  Leg reinviting(PendingReinvite reinvite) {
    return new Leg(number, dialog, heard, reinvite.session(), reinvite.cseq(), reinvite, timerAt);
  }

  Leg postponing(Instant until) {
    PendingReinvite was = java.util.Objects.requireNonNull(pending);
    PendingReinvite later =
        new PendingReinvite(was.purpose(), was.cseq(), was.session(), until, true);
    return new Leg(number, dialog, heard, said, cseq, later, timerAt);
  }

  Leg settled(Instant at) {
    return new Leg(number, dialog, heard, said, cseq, null, dialog.timer().next(at));
  }

  boolean awaits(long answered) {
    return pending != null && !pending.postponed() && pending.cseq() == answered;
  }

  Instant due() {
    return pending != null && pending.due().isBefore(timerAt) ? pending.due() : timerAt;
  }
}

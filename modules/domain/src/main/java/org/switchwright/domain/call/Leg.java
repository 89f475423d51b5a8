package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.Personal;

/**
 * One SIP dialog of a call, with what changes in it.
 *
 * @param number 0 for the caller's, n for the n-th offer's; from {@link Conference#FIRST_MIXED} on
 *     to rooms, from {@link Consultation#FIRST_DIALLED} on those that agents dialled
 * @param heard the session description that the peer stands by; null until a delayed offer was
 *     answered
 * @param said the one that we stand by; null until we sent one
 * @param version the version of the last that we sent, whether the peer agreed to it or not
 * @param cseq the last sequence number that we used
 * @param peerCseq that of the last INVITE of the peer's that was taken
 * @param pending our re-INVITE that has no final answer yet, at most one
 * @param timerAt when the session timer wants something
 */
public record Leg(
    int number,
    Dialog dialog,
    @Nullable Personal heard,
    @Nullable SessionDescription said,
    long version,
    long cseq,
    long peerCseq,
    @Nullable PendingReinvite pending,
    Instant timerAt) {

  /** After a recovery nobody knows which numbers the dead node had used since its last event. */
  static final int CSEQ_RESERVE = 100;

  public enum Purpose {
    /** Join a caller in treatment with the agent. */
    JOIN,
    /** Put an agent on hold who asks for another one. */
    HOLD,
    /** Pass on what the other leg's peer proposed. */
    RELAY,
    /** Tell the peer what the other leg changed meanwhile. */
    UPDATE,
    /** Tell the peer how the other one answered to an update; then no more of it. */
    CONFIRM,
    /** Keep the session timer from running out. */
    REFRESH,
    /** Take the dialog over after the edge that held it died. */
    RECLAIM
  }

  /**
   * @param due when it is given up; or, if {@code postponed}, when it is sent again
   */
  public record PendingReinvite(
      Purpose purpose, long cseq, SessionDescription session, Instant due, boolean postponed) {}

  static Leg start(int number, Dialog dialog, @Nullable Personal heard, long cseq, Instant at) {
    return new Leg(number, dialog, heard, null, 0, cseq, 0, null, dialog.timer().next(at));
  }

  /** What we say when this text is what we mean. */
  SessionDescription next(Personal text) {
    return said != null && said.text().equals(text) ? said : another(text);
  }

  /** The same or another text, under a version that the peer has not seen. */
  SessionDescription another(Personal text) {
    return new SessionDescription(text, version + 1);
  }

  Leg saying(SessionDescription session) {
    long highest = Math.max(version, session.version());
    return new Leg(number, dialog, heard, session, highest, cseq, peerCseq, pending, timerAt);
  }

  Leg hearing(Personal session) {
    return new Leg(number, dialog, session, said, version, cseq, peerCseq, pending, timerAt);
  }

  Leg reinviting(PendingReinvite next) {
    long highest = Math.max(version, next.session().version());
    return new Leg(number, dialog, heard, said, highest, next.cseq(), peerCseq, next, timerAt);
  }

  Leg postponing(Instant until) {
    PendingReinvite was = Objects.requireNonNull(pending);
    PendingReinvite later =
        new PendingReinvite(was.purpose(), was.cseq(), was.session(), until, true);
    return new Leg(number, dialog, heard, said, version, cseq, peerCseq, later, timerAt);
  }

  /** The peer took our re-INVITE and answered with this. */
  Leg agreed(Personal answer) {
    SessionDescription session = Objects.requireNonNull(pending).session();
    return new Leg(number, dialog, answer, session, version, cseq, peerCseq, null, timerAt);
  }

  /** The peer did not: both stand by what they said before (RFC 3261, section 14.1). */
  Leg refused() {
    return new Leg(number, dialog, heard, said, version, cseq, peerCseq, null, timerAt);
  }

  Leg reinvited(ServerTransaction invite) {
    long highest = Math.max(peerCseq, invite.cseq());
    return new Leg(number, dialog, heard, said, version, cseq, highest, pending, timerAt);
  }

  Leg refreshed(Instant at) {
    Instant next = dialog.timer().next(at);
    return new Leg(number, dialog, heard, said, version, cseq, peerCseq, pending, next);
  }

  boolean awaits(long answered) {
    return pending != null && !pending.postponed() && pending.cseq() == answered;
  }

  /** A refresh of ours that is out has its own deadline. */
  Instant due() {
    if (pending == null) {
      return timerAt;
    }
    return dialog.timer().weRefresh() || pending.due().isBefore(timerAt) ? pending.due() : timerAt;
  }
}

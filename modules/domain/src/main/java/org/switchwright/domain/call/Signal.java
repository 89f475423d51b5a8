package org.switchwright.domain.call;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;

/**
 * What a call asks of the SIP edge, as verbs. Leg 0 is the caller's, leg n the n-th offer's. A
 * signal may come twice; an edge that has nothing left to do for it does nothing.
 */
public sealed interface Signal {
  /**
   * Send a provisional response: 180, or 183 with an early session (RFC 3261, section 13.3.1.1).
   */
  record Progress(ServerTransaction invite, @Nullable SessionDescription early) implements Signal {}

  /**
   * Answer the caller's INVITE with 200 and repeat that until it is acknowledged. {@code timer} is
   * what the caller's dialog agreed.
   */
  record Answer(ServerTransaction invite, SessionDescription session, SessionTimer timer)
      implements Signal {}

  /** Answer the caller's INVITE with a final failure. */
  record Refuse(ServerTransaction invite, Refusal refusal) implements Signal {}

  /**
   * Answer the caller's INVITE with 302.
   *
   * @param to where the caller is to go on, as a SIP URI
   */
  record Redirect(ServerTransaction invite, Personal to) implements Signal {}

  /**
   * Ring a station. The edge answers with a {@link LegReport} in every case; a station that sends
   * no provisional response in the edge's time is reported as unreachable.
   *
   * @param station the URI of the station's registered Contact
   * @param caller whom to show: the caller's From as a name-addr, without tag
   * @param passage which way the caller's INVITE came
   */
  record InviteStation(
      int leg,
      Personal station,
      Personal caller,
      SessionDescription offer,
      Optional<Passage> passage)
      implements Signal {
    /** Of a call of whose way nothing is known. */
    public InviteStation(int leg, Personal station, Personal caller, SessionDescription offer) {
      this(leg, station, caller, offer, Optional.empty());
    }
  }

  /**
   * Stop ringing a station. Carries what the INVITE carried, because a CANCEL repeats it and may be
   * sent by an edge that did not send the INVITE (RFC 3261, section 9.1).
   */
  record CancelStation(int leg, Personal station, Personal caller) implements Signal {}

  /**
   * No offer of this number is out (any more): where a station rings for it all the same, because
   * an INVITE came late to an edge that did not know of its end, it is to stop.
   */
  record SilenceStation(int leg) implements Signal {}

  record Reinvite(int leg, Dialog dialog, long cseq, SessionDescription session)
      implements Signal {}

  /**
   * Answer the peer's re-INVITE, or the INVITE of a leg that it dialled, with 200 and repeat that
   * until it is acknowledged.
   */
  record AnswerReinvite(
      int leg, ServerTransaction reinvite, SessionDescription session, SessionTimer timer)
      implements Signal {}

  record RefuseReinvite(int leg, ServerTransaction reinvite, Refusal refusal) implements Signal {}

  /**
   * Answer the peer's REFER with 202, and tell it in two NOTIFYs, of which the second says that all
   * is done (RFC 3515, section 2.4). They take {@code cseq} and the number after it.
   */
  record AcceptRefer(int leg, ServerTransaction refer, Dialog dialog, long cseq)
      implements Signal {}

  /** End a leg. The edge reports {@link LegReport.Released} when it is gone, however it went. */
  record Bye(int leg, Dialog dialog, long cseq, Refusal why) implements Signal {}

  /**
   * Play treatment to the caller; answered by {@link LegReport.TreatmentStarted} or {@link
   * LegReport.TreatmentFailed}.
   *
   * @param offered the caller's session description; null: make an offer of our own
   * @param previous what an earlier edge of this call answered, to be taken up again at the same
   *     address where possible
   */
  record StartTreatment(@Nullable Personal offered, @Nullable Personal previous)
      implements Signal {}

  /** The answer to an offer of ours came: send the treatment there. */
  record DirectTreatment(Personal answered) implements Signal {}

  /**
   * Answer the caller's re-INVITE during treatment (hold, another address) with the player's
   * session; {@code offered} is null for an offerless re-INVITE.
   */
  record RenewTreatment(
      ServerTransaction reinvite, @Nullable Personal offered, long version, SessionTimer timer)
      implements Signal {}

  /**
   * Play that to the caller from now on, while there is treatment.
   *
   * @param name empty: what is built in
   */
  record PlayMusic(Optional<String> name) implements Signal {}

  /**
   * Tell the caller between the music how the wait stands. Not repeated: lost, it is not missed.
   *
   * @param position 1 for the next to be served; 0: not told
   * @param expectedWait empty: not told
   */
  record Announce(int position, Optional<Duration> expectedWait) implements Signal {}

  record StopTreatment() implements Signal {}

  /**
   * After a recovery: make sure that this leg is attended. An edge that knows the leg does nothing;
   * one that does not adopts it and reports {@link LegReport.Orphaned}.
   *
   * @param key under which the adopting edge reports what it hears from persons
   * @param invite the caller's unanswered INVITE, where there is one
   */
  record Attend(int leg, KeyId key, @Nullable ServerTransaction invite) implements Signal {}
}

package org.switchwright.domain.call;

import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.routing.Destination;

/**
 * What the SIP edge saw happen to a leg. A report is a fact: it is never refused, only classified;
 * it may come twice or late.
 */
public sealed interface LegReport extends Call.Command {
  /** The caller gave up before an answer; the edge has answered CANCEL and INVITE (200, 487). */
  record CallerCancelled() implements LegReport {}

  /**
   * Our 200 to the caller's INVITE was acknowledged.
   *
   * @param answered the session description in the ACK, where our 200 was an offer
   */
  record CallerAcknowledged(@Nullable Personal answered) implements LegReport {}

  /** Our 200 was not acknowledged within 64*T1 (RFC 3261, section 13.3.1.4). */
  record NeverAcknowledged(int leg) implements LegReport {}

  record Ringing(int leg) implements LegReport {}

  /** The station answered; the edge has acknowledged. */
  record Answered(int leg, Dialog dialog, Personal session) implements LegReport {}

  /** The station will not answer. {@code status}: SIP's, 408 where none came. */
  record Refused(int leg, StationRefusal refusal, int status) implements LegReport {}

  /** The peer sent BYE; the edge has answered it. */
  record HungUp(int leg) implements LegReport {}

  /** The peer re-INVITEs; {@code offered} is null for one without offer. */
  record ReinviteArrived(int leg, ServerTransaction reinvite, @Nullable Personal offered)
      implements LegReport {}

  /** The peer asks us to send the other side on, to a destination that the site has (RFC 3515). */
  record ReferArrived(int leg, ServerTransaction refer, Destination to) implements LegReport {}

  /**
   * The agent on the call dialled another destination that the site has, to ask about the caller.
   *
   * @param agent whose phone that is
   */
  record Dialled(AgentId agent, Consultation.Dialled dialled, Destination to)
      implements LegReport {}

  /**
   * The peer asks us to have the other side talk to whom it talks to itself, in a leg that it
   * dialled (RFC 3891).
   */
  record ReplaceArrived(int leg, ServerTransaction refer, int replaced) implements LegReport {}

  record ReinviteAnswered(int leg, long cseq, Personal session) implements LegReport {}

  record ReinviteRefused(int leg, long cseq, ReinviteRefusal refusal, int status)
      implements LegReport {}

  /** The leg is gone: our BYE was answered, or will never be. */
  record Released(int leg) implements LegReport {}

  record TreatmentStarted(Personal session) implements LegReport {}

  record TreatmentFailed(TreatmentFailure failure) implements LegReport {}

  /** The edge that attended the leg is gone; the reporting one has adopted it. */
  record Orphaned(int leg) implements LegReport {}

  /** Why a station will not answer. */
  enum StationRefusal {
    /** The agent pressed "reject" (603 and the like). */
    REJECTED,
    /** The phone is in use (486, 600). */
    BUSY,
    /** No answer from the phone, or none that makes sense. */
    UNREACHABLE,
    /** No codec in common (488, 606, 415). */
    NOT_ACCEPTABLE,
    /** Our CANCEL was obeyed (487). */
    CANCELLED
  }

  /** Why a re-INVITE of ours failed. */
  enum ReinviteRefusal {
    /** The peer re-INVITEs too (491): to be repeated a little later. */
    GLARE,
    NOT_ACCEPTABLE,
    /** The dialog is gone at the peer (481), or the peer is silent (408). */
    GONE,
    FAILED
  }

  /** Why no treatment plays. */
  enum TreatmentFailure {
    NO_COMMON_CODEC,
    /** All streams or ports of the player are in use. */
    NO_CAPACITY
  }
}

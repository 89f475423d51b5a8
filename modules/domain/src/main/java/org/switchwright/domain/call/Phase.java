package org.switchwright.domain.call;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;

/** Where a call is between its arrival and its end. Each has its deadline. */
public sealed interface Phase {
  record Unborn() implements Phase {}

  /** A caller without an offer of media gets ours, and is routed once the answer to it came. */
  record Greeting(Instant due) implements Phase {}

  /** The site was asked and has not answered yet. */
  record Seeking(Instant due) implements Phase {}

  /** In a queue of the site, at a place that the site keeps. */
  record Waiting(QueueId queue, Instant due) implements Phase {}

  /**
   * A station rings, or is asked to stop.
   *
   * @param ending what the offer ends with when the station stops ringing as asked; null while it
   *     rings
   */
  record Ringing(Offer offer, boolean rang, @Nullable OfferOutcome ending, Instant due)
      implements Phase {}

  /** The agent answered; caller and agent are being brought together. */
  record Joining(Offer offer, Leg agent, Instant due) implements Phase {}

  /** Caller and agent talk. */
  record Connected(Offer offer, Leg agent, @Nullable Renegotiation renegotiation)
      implements Phase {}

  /**
   * @param lastOffer the last offer, and how it ended; null where there was none
   * @param releasing legs that are not gone yet, by number
   * @param settled whether the site knows
   */
  record Over(
      CallOutcome outcome,
      Refusal cause,
      @Nullable OfferEnd lastOffer,
      SortedMap<Integer, Release> releasing,
      boolean settled,
      Instant due)
      implements Phase {}

  /**
   * An offer as the call knows it.
   *
   * @param session what the station is offered: the caller's session at that time, in our first
   *     description on that leg
   */
  record Offer(OfferId id, AgentId agent, Personal station, SessionDescription session) {
    int leg() {
      return id.number();
    }
  }

  /** One side's re-INVITE on its way through us to the other side (RFC 3725). */
  record Renegotiation(int from, ServerTransaction reinvite, Personal offered) {}

  /** What it takes to be rid of a leg. */
  sealed interface Release {
    record Hangup(Dialog dialog, long cseq) implements Release {}

    record StopRinging(Personal station) implements Release {}

    /** The caller's INVITE is to be refused. */
    record Refuse() implements Release {}
  }
}

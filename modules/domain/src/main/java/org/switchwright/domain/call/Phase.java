package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;

/** Where a call is between its arrival and its end. Each has its deadline. */
public sealed interface Phase {
  record Unborn() implements Phase {}

  /**
   * The caller is at another site and may come.
   *
   * @param placed whether the site has been heard
   * @param held the agent who is reserved; null while there is none
   * @param patience until when this may last, if it is expected for as long
   */
  record Expected(Expectation expectation, boolean placed, @Nullable Held held, Instant patience)
      implements Phase {
    Instant due() {
      return patience.isBefore(expectation.until()) ? patience : expectation.until();
    }
  }

  /**
   * An agent who is reserved for a caller who has not come yet.
   *
   * @param until when the site will ask for the end of the offer
   */
  record Held(OfferId offer, AgentId agent, Personal station, Instant until) {}

  /**
   * The caller did not come, and will not.
   *
   * @param offers the last offers, and how they ended
   * @param settled whether the site knows
   */
  record Unneeded(Expectation expectation, List<OfferEnd> offers, boolean settled, Instant due)
      implements Phase {}

  /** A caller without an offer of media gets ours, and is routed once the answer to it came. */
  record Greeting(Instant due) implements Phase {}

  /**
   * The site was asked and has not answered yet.
   *
   * @param transfer what the site is told first, after the caller was sent on; null otherwise
   */
  record Seeking(Instant due, @Nullable Transfer transfer) implements Phase {}

  /** In a queue of the site, at a place that the site keeps. */
  record Waiting(QueueId queue, Instant due) implements Phase {}

  /**
   * One or several stations ring, or are asked to stop.
   *
   * @param rings by the number of the offer; at least one, at most {@value Call#MAX_RINGING}
   */
  record Ringing(SortedMap<Integer, Ring> rings) implements Phase {
    Optional<Ring> ring(int leg) {
      return Optional.ofNullable(rings.get(leg));
    }

    Instant due() {
      return Phase.due(rings);
    }
  }

  /** The agent answered; caller and agent are being brought together. */
  record Joining(Offer offer, Leg agent, Instant due) implements Phase {}

  /** Caller and agent talk. */
  record Connected(Offer offer, Leg agent, @Nullable Renegotiation renegotiation)
      implements Phase {}

  /**
   * @param offers the last offers, and how they ended
   * @param transfer as in {@link Seeking}, of which the site had not heard at the end
   * @param releasing legs that are not gone yet, by number
   * @param settled whether the site knows
   */
  record Over(
      CallOutcome outcome,
      Refusal cause,
      List<OfferEnd> offers,
      @Nullable Transfer transfer,
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

  /**
   * An offer whose station was asked to ring.
   *
   * @param rang whether it said that it rings
   * @param ending what the offer ends with when the station stops ringing as asked; null while it
   *     rings
   * @param answered the dialog of a station that answered after another one had; it gets a BYE
   */
  record Ring(
      Offer offer,
      boolean rang,
      @Nullable OfferOutcome ending,
      @Nullable Dialog answered,
      Instant due) {
    OfferId id() {
      return offer.id();
    }

    Ring ringing() {
      return new Ring(offer, true, ending, answered, due);
    }

    Ring ending(OfferOutcome outcome, Instant until) {
      return new Ring(offer, rang, outcome, answered, until);
    }

    /** Another one answered; what was asked of this one before counts. */
    Ring losing(Instant until) {
      return ending(ending == null ? OfferOutcome.WITHDRAWN : ending, until);
    }

    Ring answering(Dialog dialog, Instant until) {
      return new Ring(offer, rang, OfferOutcome.WITHDRAWN, dialog, until);
    }
  }

  static Instant due(SortedMap<Integer, Ring> rings) {
    return rings.values().stream().map(Ring::due).min(Instant::compareTo).orElseThrow();
  }

  static SortedMap<Integer, Ring> with(SortedMap<Integer, Ring> rings, Ring ring) {
    TreeMap<Integer, Ring> more = new TreeMap<>(rings);
    more.put(ring.offer().leg(), ring);
    return Collections.unmodifiableSortedMap(more);
  }

  static SortedMap<Integer, Ring> without(SortedMap<Integer, Ring> rings, int leg) {
    if (!rings.containsKey(leg)) {
      return rings;
    }
    TreeMap<Integer, Ring> fewer = new TreeMap<>(rings);
    fewer.remove(leg);
    return Collections.unmodifiableSortedMap(fewer);
  }

  /** A caller who was sent on from the conversation that this offer began. */
  record Transfer(OfferId offer, Destination to, boolean placeKept) {}

  /** One side's re-INVITE on its way through us to the other side (RFC 3725). */
  record Renegotiation(int from, ServerTransaction reinvite, Personal offered) {}

  /** What it takes to be rid of a leg. */
  sealed interface Release {
    record Hangup(Dialog dialog, long cseq) implements Release {}

    record StopRinging(Personal station) implements Release {}

    /** The caller's INVITE is to be refused. */
    record Refuse() implements Release {}

    /**
     * The caller is to be told to go elsewhere.
     *
     * @param to a SIP URI
     */
    record Redirect(Personal to) implements Release {}
  }
}

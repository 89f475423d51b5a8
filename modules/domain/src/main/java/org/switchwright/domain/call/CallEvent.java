package org.switchwright.domain.call;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferOutcome;

/** What happened to a call. The journal's names for these are in the journal module. */
public sealed interface CallEvent {
  Instant at();

  /**
   * @param caller the caller's From as a name-addr, without tag
   * @param offered the caller's session description; null for an INVITE without one
   * @param attached what the INVITE told of the caller beside that, by the names that strategies
   *     know
   * @param origin where the call has its place; empty: here
   * @param place since when the caller has waited at another site, by the clock here, where this
   *     one was not asked before or the call has its place here from now on; empty otherwise
   * @param passage which way the INVITE came
   */
  record CallArrived(
      Instant at,
      InteractionId interaction,
      SiteId site,
      EdgeId edge,
      RoutingPointId point,
      ServerTransaction invite,
      Dialog dialog,
      Personal caller,
      @Nullable Personal offered,
      SortedMap<String, Personal> attached,
      Optional<Origin> origin,
      Optional<Instant> place,
      Optional<Passage> passage)
      implements CallEvent {
    public CallArrived {
      attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
    }

    /** Whether an agent was held for it when it came, and it goes back where it is not answered. */
    boolean expected() {
      return origin.isPresent() && place.isEmpty();
    }

    /** Whether it had its place at another site before, and has it here. */
    boolean takenOver() {
      return origin.isEmpty() && place.isPresent();
    }

    /** With its place here. */
    public CallArrived(
        Instant at,
        InteractionId interaction,
        SiteId site,
        EdgeId edge,
        RoutingPointId point,
        ServerTransaction invite,
        Dialog dialog,
        Personal caller,
        @Nullable Personal offered,
        SortedMap<String, Personal> attached) {
      this(
          at,
          interaction,
          site,
          edge,
          point,
          invite,
          dialog,
          caller,
          offered,
          attached,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** Of a call that is expected: its caller is at another site. */
  sealed interface OfExpectation extends CallEvent {}

  /** A caller who waits at another site may come here. */
  record CallExpected(Instant at, Expectation expectation) implements OfExpectation {}

  /** Its home says that it is expected yet. */
  record ExpectationRenewed(Instant at, Instant until) implements OfExpectation {}

  /** The site has no agent now for a call that is expected. */
  record ExpectationPlaced(Instant at, QueueId queue, Instant askAgainAt)
      implements OfExpectation {}

  /** An agent is reserved for a call that is expected, and rings when it comes. */
  record OfferHeld(Instant at, OfferId offer, AgentId agent, Personal station, Instant until)
      implements OfExpectation {}

  /** A call that was expected is so no more, and has not come. */
  record CallUnneeded(Instant at) implements OfExpectation {}

  /** About what is attached to the call, and where it is known. */
  sealed interface OfData extends CallEvent {}

  /**
   * Other data are attached to the call.
   *
   * @param version of its home, from 1 up
   * @param attached all of it
   * @param taken where the home is elsewhere: up to which number what was proposed here is in
   * @param by who wanted it: a user's name or an agent's id; empty where the home does not say
   */
  record DataChanged(
      Instant at, long version, SortedMap<String, Personal> attached, int taken, String by)
      implements OfData {
    public DataChanged {
      attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
    }
  }

  /** Somebody here wants other data to be attached to a call whose home is elsewhere. */
  record DataProposed(Instant at, AttachedData.Proposal proposal) implements OfData {}

  /** Another site has said what it knows. */
  record DataShared(Instant at, AttachedData.Place place) implements OfData {}

  /**
   * An offer goes to an agent of another site.
   *
   * @param number of the enlistment
   * @param asked whether that site was asked, and expects the call
   * @param level how much of the call is seen here from then on
   */
  record HandedOver(
      Instant at, OfferId offer, SiteId site, int number, boolean asked, ObservationLevel level)
      implements OfData {}

  /**
   * The site has no agent now and keeps the call's place.
   *
   * @param music the name of what the caller hears; empty: what is built in
   */
  record CallQueued(
      Instant at,
      QueueId queue,
      int position,
      Instant askAgainAt,
      TreatmentMode treatment,
      Optional<String> music)
      implements CallEvent {
    /** With the music that is built in. */
    public CallQueued(
        Instant at, QueueId queue, int position, Instant askAgainAt, TreatmentMode treatment) {
      this(at, queue, position, askAgainAt, treatment, Optional.empty());
    }
  }

  /** The site was not heard from for too long; it is asked again. */
  record SoughtAgain(Instant at) implements CallEvent {}

  record TreatmentStarted(Instant at, SessionDescription session) implements CallEvent {}

  record TreatmentFailed(Instant at, LegReport.TreatmentFailure failure) implements CallEvent {}

  /** The player died with its edge; a new one is asked for. */
  record TreatmentRestarted(Instant at) implements CallEvent {}

  /** The caller changed the session during treatment (hold, another address). */
  record TreatmentRenewed(
      Instant at, ServerTransaction reinvite, @Nullable Personal offered, long version)
      implements CallEvent {}

  /** The caller acknowledged our 200. */
  record CallerConfirmed(Instant at, @Nullable Personal answered) implements CallEvent {}

  record CallOffered(Instant at, OfferId offer, AgentId agent, Personal station, Instant until)
      implements CallEvent {}

  record StationRang(Instant at, OfferId offer) implements CallEvent {}

  /** The station is asked to stop ringing; what it reports decides how the offer ends. */
  record OfferEnding(Instant at, OfferId offer, OfferOutcome outcome) implements CallEvent {}

  /**
   * @param status SIP's status code of the station's answer; 0 where there was none
   */
  record OfferEnded(Instant at, OfferId offer, OfferOutcome outcome, int status)
      implements CallEvent {}

  /**
   * An order to end an offer overtook the offer itself: the call will not take it any more, and
   * says that it was withdrawn.
   */
  record OfferForgone(Instant at, OfferId offer) implements CallEvent {}

  record OfferAccepted(Instant at, OfferId offer, Dialog dialog, Personal session)
      implements CallEvent {}

  record CallConnected(Instant at) implements CallEvent {}

  record LegReinvited(
      Instant at, int leg, Leg.Purpose purpose, long cseq, SessionDescription session)
      implements CallEvent {}

  /** Our re-INVITE met the peer's; it is sent again at {@code until}. */
  record ReinvitePostponed(Instant at, int leg, Instant until) implements CallEvent {}

  /**
   * Our re-INVITE has its final answer; {@code session} is null where the session stays as it was.
   */
  record ReinviteSettled(Instant at, int leg, @Nullable Personal session) implements CallEvent {}

  /** A side proposed another session (hold, resume, another address); it goes to the other side. */
  record RenegotiationStarted(Instant at, int from, ServerTransaction reinvite, Personal offered)
      implements CallEvent {}

  /**
   * The other side agreed.
   *
   * @param version of the description that we answer with; kept here because after an erasure
   *     nobody can tell any more whether it differs from the last
   */
  record RenegotiationAgreed(
      Instant at, int from, ServerTransaction reinvite, Personal answered, long version)
      implements CallEvent {}

  record RenegotiationRefused(Instant at, int from, ServerTransaction reinvite, Refusal refusal)
      implements CallEvent {}

  /** A peer's re-INVITE that changes nothing (RFC 4028). */
  record SessionRefreshed(Instant at, int leg, ServerTransaction reinvite) implements CallEvent {}

  /**
   * The agent sent the caller on: the agent's leg ends, the caller waits again.
   *
   * @param offer that the conversation began with
   * @param placeKept whether the caller keeps the place of the arrival; else comes last
   * @param request names the wish to send the caller on
   * @param refer the agent's REFER; null where it was a command
   */
  record CallTransferred(
      Instant at,
      OfferId offer,
      AgentId agent,
      Destination to,
      boolean placeKept,
      String request,
      @Nullable ServerTransaction refer)
      implements CallEvent {}

  /**
   * The agent asks another one; the caller hears treatment meanwhile.
   *
   * @param number 1 for the call's first
   * @param offer that the conversation began with
   * @param request names the wish to consult
   * @param dialled the call of the agent's phone by which it asks; null where the agent asks in the
   *     conversation's own dialog
   */
  record ConsultBegan(
      Instant at,
      int number,
      OfferId offer,
      AgentId agent,
      Destination to,
      String request,
      Consultation.@Nullable Dialled dialled)
      implements CallEvent {}

  /**
   * @param offer of the agent who asked
   * @param talks of the agent whom the caller talks to now, or did at last
   * @param agent that agent
   * @param gone whether the leg that the call goes on without has ended by itself
   * @param dialledGone the same of the leg that the agent dialled
   * @param refer by which the phone of the agent who asked wanted that; null where it did not
   */
  record ConsultEnded(
      Instant at,
      int number,
      OfferId offer,
      OfferId talks,
      AgentId agent,
      Consultation.Ending ending,
      boolean gone,
      boolean dialledGone,
      @Nullable ServerTransaction refer)
      implements CallEvent {}

  /**
   * The caller is let into the conversation of the two agents.
   *
   * @param firstLeg the number of the caller's leg to the room; those of the agent who asked and of
   *     the one who was asked follow
   * @param room the URI of the room at the mixer
   */
  record ConferenceBegan(Instant at, int firstLeg, Personal room) implements CallEvent {}

  /** The room has answered a leg. */
  record ConferenceJoined(Instant at, int leg, Dialog dialog, Personal session)
      implements CallEvent {}

  /**
   * The two agents talk to each other again.
   *
   * @param gone the leg to the room that had ended by itself; 0 where none had
   */
  record ConferenceEnded(Instant at, int gone) implements CallEvent {}

  /**
   * The site has taken note that the caller takes part in a conference, or does so no longer.
   *
   * @param number of the consultation
   * @param change odd: takes part
   */
  record ConferenceNoted(Instant at, int number, int change) implements CallEvent {}

  /** The site has taken note of the end of the consultation. */
  record ConsultNoted(Instant at, int number) implements CallEvent {}

  /**
   * @param by the leg that ended it; -1 where we did
   * @param goesTo where the caller is to go on, as a SIP URI; empty where nowhere
   */
  record CallEnded(
      Instant at, CallOutcome outcome, Refusal cause, int by, Optional<Personal> goesTo)
      implements CallEvent {
    /** For good. */
    public CallEnded(Instant at, CallOutcome outcome, Refusal cause, int by) {
      this(at, outcome, cause, by, Optional.empty());
    }
  }

  /** The station answered though the call was over, or another one had answered before it. */
  record AnsweredTooLate(Instant at, int leg, Dialog dialog) implements CallEvent {}

  record LegReleased(Instant at, int leg) implements CallEvent {}

  /**
   * Legs that never confirmed their end are given up.
   *
   * @param dueUntil those that had until then; empty: all of them
   */
  record ReleaseGivenUp(Instant at, Optional<Instant> dueUntil) implements CallEvent {}

  /** The site has taken note of the end. */
  record CallSettled(Instant at) implements CallEvent {}
}

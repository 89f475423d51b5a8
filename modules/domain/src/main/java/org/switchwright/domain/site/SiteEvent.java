package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.InteractionId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.Skill;
import org.switchwright.domain.StrategyId;
import org.switchwright.domain.agent.Wish;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.call.Origin;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.SiteSeen;
import org.switchwright.domain.routing.StrategySource;

/** What happened to the work of a site. */
public sealed interface SiteEvent {
  Instant at();

  /** What other sites have to do with the calls of this one. */
  sealed interface OfOtherSites extends SiteEvent {}

  record SiteConfigured(Instant at, SiteConfiguration configuration) implements SiteEvent {}

  /**
   * @param arrivedAt when the interaction arrived: its place
   * @param caller the From of the call, where the queue keeps places for callers who call back
   * @param resumes the earlier call of the same caller, whose place this one has
   * @param origin where the call has its place, if it is only expected here; empty: here
   */
  record CallEntered(
      Instant at,
      CallId call,
      InteractionId interaction,
      RoutingPointId point,
      QueueId queue,
      int priority,
      Instant arrivedAt,
      Optional<Personal> caller,
      Optional<CallId> resumes,
      Optional<Origin> origin)
      implements SiteEvent {

    /** With its place here. */
    public CallEntered(
        Instant at,
        CallId call,
        InteractionId interaction,
        RoutingPointId point,
        QueueId queue,
        int priority,
        Instant arrivedAt,
        Optional<Personal> caller,
        Optional<CallId> resumes) {
      this(
          at,
          call,
          interaction,
          point,
          queue,
          priority,
          arrivedAt,
          caller,
          resumes,
          Optional.empty());
    }
  }

  /**
   * Another site is asked to look for an agent too, for the first time or again.
   *
   * @param point at which the call waits there
   * @param number of the enlistment, 1 for the call's first; again the same where the site is only
   *     told that the call still waits
   * @param due when it is asked again
   * @param seen what was known of that site; empty where it is only told that the call still waits,
   *     and where nobody wrote it down
   */
  record CallEnlisted(
      Instant at,
      CallId call,
      SiteId site,
      RoutingPointId point,
      int number,
      Instant due,
      Optional<SiteSeen> seen)
      implements OfOtherSites {
    CallEnlisted seeing(SiteSeen known) {
      return new CallEnlisted(at, call, site, point, number, due, Optional.of(known));
    }
  }

  /**
   * The other site looks for an agent.
   *
   * @param address where the call is expected there, as a SIP URI
   * @param standing where calls may come to that routing point of which that site was not asked
   */
  record EnlistmentTaken(
      Instant at,
      CallId call,
      SiteId site,
      int number,
      Personal address,
      Optional<Personal> standing,
      Instant due)
      implements OfOtherSites {}

  /**
   * A call that was only expected here has come, and its home has let go of it: it has its place
   * here from now on.
   *
   * @param queue in which it waits here
   * @param arrivedAt its place: since when the caller has waited, by the clock here
   * @param out how many offers are out
   */
  record CallTakenOver(
      Instant at, CallId call, QueueId queue, int priority, Instant arrivedAt, int out)
      implements OfOtherSites {}

  /**
   * Another site can be asked no more, and its reports do not come.
   *
   * @param free how many agents could have been given a call by the last of them
   */
  record SiteCutOff(Instant at, SiteId site, int free) implements OfOtherSites {}

  record SiteRejoined(Instant at, SiteId site) implements OfOtherSites {}

  /**
   * A call did not get to another site.
   *
   * @param failures in a row
   * @param until when calls are sent there again at the soonest
   */
  record PathFailed(Instant at, SiteId site, int failures, Instant until) implements OfOtherSites {}

  /** Calls are sent there again, to see. */
  record PathTried(Instant at, SiteId site) implements OfOtherSites {}

  /**
   * Calls wait that may go to a site that cannot be asked and is believed to have no agent more for
   * them; or none does any longer.
   *
   * @param looksAt when that is looked at again; empty: no call waits for it
   */
  record RoomAwaited(Instant at, SiteId site, Optional<Instant> looksAt) implements OfOtherSites {}

  /** Calls get there again. */
  record PathFound(Instant at, SiteId site) implements OfOtherSites {}

  /**
   * The other site looks for no agent any more.
   *
   * @param restsUntil when it is asked anew; empty: it is not
   */
  record CallDelisted(
      Instant at,
      CallId call,
      SiteId site,
      RoutingPointId point,
      int number,
      Delisting why,
      Optional<Instant> restsUntil)
      implements OfOtherSites {}

  /** Why another site looks for no agent any more. */
  enum Delisting {
    /** The call has an agent, or does not wait there any more. */
    NOT_NEEDED,
    /** The same, while the other site was left alone. */
    RESTED,
    /** The other site does not serve such calls, or none now. */
    REFUSED,
    /** It had an agent, who did not answer. */
    NOT_ANSWERED
  }

  /**
   * Another site has reserved one of its agents for the call; or it cannot be asked, and is
   * believed to have one.
   *
   * @param agent as the agent is called here, for as long as this lasts
   * @param theirs the offer there; empty where that site was not asked
   * @param station where the call goes, as a SIP URI
   * @param seen what was known of that site where it was not asked; empty where it was, and where
   *     nobody wrote it down
   */
  record AgentLent(
      Instant at,
      CallId call,
      SiteId site,
      int number,
      AgentId agent,
      Optional<OfferId> theirs,
      Personal station,
      Optional<SiteSeen> seen)
      implements OfOtherSites {
    /** By a site that was asked. */
    public AgentLent(
        Instant at,
        CallId call,
        SiteId site,
        int number,
        AgentId agent,
        OfferId theirs,
        Personal station) {
      this(at, call, site, number, agent, Optional.of(theirs), station, Optional.empty());
    }
  }

  /**
   * What is attached to a call of another site was changed here, or that site has taken note. Tells
   * that site that there is something to be asked for, and nothing of what it is.
   *
   * @param proposed how many changes there were
   * @param taken up to which of them the home has them
   */
  record CallDataChanged(Instant at, CallId call, int proposed, int taken)
      implements OfOtherSites {}

  /** A strategy has said where the call goes; its queue and priority are in {@link CallEntered}. */
  record CallRouted(
      Instant at, CallId call, RoutingPointId point, StrategyId strategy, int version, Route route)
      implements SiteEvent {}

  /**
   * The call has waited until a step of its case.
   *
   * @param step 1 for the first
   * @param aim what changes; empty where the step's condition did not hold
   */
  record CallStepped(Instant at, CallId call, int step, Optional<Route.Aim> aim)
      implements SiteEvent {}

  /**
   * A strategy's new version is in force for calls that come from now on.
   *
   * @param by who published it: a user's name
   */
  record StrategyPublished(
      Instant at,
      StrategyId strategy,
      int version,
      StrategySource source,
      List<RoutingPointId> points,
      String by,
      String why)
      implements SiteEvent {}

  /**
   * Another version of a strategy is in force again.
   *
   * @param from 0: none was
   * @param to 0: none is, and calls go by their routing point's queue
   */
  record StrategyActivated(Instant at, StrategyId strategy, int from, int to, String by, String why)
      implements SiteEvent {}

  /**
   * Nobody is free for the call now.
   *
   * @param position 1 for the next of its queue
   */
  record CallQueued(Instant at, CallId call, QueueId queue, int position, Instant askAgainAt)
      implements SiteEvent {}

  /**
   * The call has waited for so long that more agents will do for it.
   *
   * @param waited in its queue
   */
  record CallWidened(Instant at, CallId call, Duration waited) implements SiteEvent {}

  /**
   * It was time to tell a waiting caller of the place and the wait; where there was nothing to say,
   * only the next time moves on.
   *
   * @param position 1 for the next of its queue; 0: not told
   * @param expectedWait rounded; empty: not told
   */
  record CallAnnounced(
      Instant at, CallId call, QueueId queue, int position, Optional<Duration> expectedWait)
      implements SiteEvent {
    public boolean silent() {
      return position == 0 && expectedWait.isEmpty();
    }
  }

  /**
   * @param by who wanted it
   */
  record CallReprioritised(Instant at, CallId call, int from, int to, String by)
      implements SiteEvent {}

  /** Nobody is there for those who wait in this queue; they are let go then. */
  record QueueDeserted(Instant at, QueueId queue, Instant until) implements SiteEvent {}

  /** Somebody is there again, or nobody waits any more. */
  record QueueAttended(Instant at, QueueId queue) implements SiteEvent {}

  record CallOverflowed(Instant at, CallId call, QueueId from, QueueId to) implements SiteEvent {}

  /**
   * An agent who talked to the caller sent him on; the conversation has ended before.
   *
   * @param offer that the conversation began with
   * @param by who sent the caller on
   * @param from the queue that the conversation was of
   * @param to the queue that the caller waits in now; may be the same
   * @param directedTo the only agent who is to serve the caller; empty: anybody of the queue
   * @param placeKept whether the place is that of the arrival; else it is the last
   * @param place by which it is served, within its priority
   */
  record CallTransferred(
      Instant at,
      OfferId offer,
      AgentId by,
      QueueId from,
      QueueId to,
      Optional<AgentId> directedTo,
      boolean placeKept,
      int priority,
      Instant place)
      implements SiteEvent {}

  /**
   * An agent who talked to the caller sent him back to the front: before all who wait, in whatever
   * queue; the conversation has ended before.
   */
  record CallRequeued(Instant at, OfferId offer, AgentId by, QueueId queue) implements SiteEvent {}

  /** The call is not kept for this one agent any more: anybody of its queue may serve it. */
  record CallUndirected(Instant at, CallId call, AgentId agent) implements SiteEvent {}

  /**
   * An agent asks another one about the caller: what waits in the queue now is the question, at the
   * caller's place.
   *
   * @param number 1 for the call's first consultation
   * @param offer that the conversation began with
   * @param from the queue that the conversation is of
   * @param to the queue that the consultation waits in; may be the same
   * @param directedTo the only agent who is asked; empty: anybody of the queue
   */
  record ConsultBegan(
      Instant at,
      int number,
      OfferId offer,
      AgentId agent,
      QueueId from,
      QueueId to,
      Optional<AgentId> directedTo)
      implements SiteEvent {}

  /** The agent who was offered the consultation talks to the one who asks. */
  record ConsultAnswered(Instant at, OfferId offer, AgentId agent, Instant checkAt)
      implements SiteEvent {}

  /**
   * Two agents of a consultation, and the caller with them or not.
   *
   * @param number of the consultation
   * @param change how often that has changed within the consultation; odd: the caller takes part
   * @param offer of the agent who asked
   * @param asked of the agent who was asked
   */
  record Conferring(
      int number, int change, OfferId offer, AgentId agent, OfferId asked, AgentId askedAgent) {}

  /** The caller takes part in the conversation of the two agents. */
  record ConferenceBegan(Instant at, Conferring conferring) implements SiteEvent {}

  /** The two agents talk to each other again, without the caller. */
  record ConferenceEnded(Instant at, Conferring conferring) implements SiteEvent {}

  /**
   * @param offer of the agent who has the caller now
   */
  record ConsultEnded(Instant at, int number, OfferId offer, AgentId agent, Instant checkAt)
      implements SiteEvent {}

  record CallReleased(Instant at, CallId call, Refusal why, Instant remindAt)
      implements SiteEvent {}

  /** Reserved and offered in one decision. */
  record AgentReserved(
      Instant at, OfferId offer, AgentId agent, Instant until, RoutingDecision decision)
      implements SiteEvent {}

  /**
   * One more agent may ring beside those that do, because none of them has answered for a while.
   *
   * @param steps how often that was so since the first of them rang
   */
  record RingStepped(Instant at, CallId call, int steps) implements SiteEvent {}

  /** The reservation's time is up; the call is asked to end the offer. */
  record OfferOverdue(Instant at, OfferId offer, Instant askAgainAt) implements SiteEvent {}

  record OfferAccepted(Instant at, OfferId offer, AgentId agent, Instant checkAt)
      implements SiteEvent {}

  /**
   * The call is back at its place, or rings on at others, or another one has answered it.
   *
   * @param until when the agent's consequence ends at the latest; null where there is none
   * @param spared whether an agent who missed the offer or could not be reached is left alone for a
   *     while and then offered calls again
   */
  record OfferEnded(
      Instant at,
      OfferId offer,
      AgentId agent,
      OfferOutcome outcome,
      @Nullable Instant until,
      boolean spared)
      implements SiteEvent {}

  /** The call is asked whether it still talks. */
  record ConversationChecked(Instant at, OfferId offer, Instant checkAt) implements SiteEvent {}

  /**
   * @param wrapUpUntil null where the queue has no wrap-up
   */
  record ConversationEnded(Instant at, OfferId offer, AgentId agent, @Nullable Instant wrapUpUntil)
      implements SiteEvent {}

  /**
   * The call is over; the site forgets it.
   *
   * @param placeUntil how long the caller's place is kept for a call back; empty: it is not
   */
  record CallLeft(Instant at, CallId call, CallOutcome outcome, Optional<Instant> placeUntil)
      implements SiteEvent {}

  /**
   * A call is over that had not come here yet, and will not any more. Written, because only a write
   * proves that this site is not one that another node has taken over, where the call did come.
   */
  record UnknownCallEnded(Instant at, CallId call, CallOutcome outcome) implements SiteEvent {}

  /**
   * @param early whether the agent ended it before its time
   */
  record WrapUpEnded(Instant at, AgentId agent, boolean early) implements SiteEvent {}

  /** The agent asked for more time. */
  record WrapUpExtended(Instant at, AgentId agent, Instant until) implements SiteEvent {}

  /** The rest after a rejected or busy offer is over, or a judgement lapsed unanswered. */
  record AgentRested(Instant at, AgentId agent) implements SiteEvent {}

  record AgentReported(
      Instant at,
      AgentId agent,
      long version,
      long judged,
      Wish wish,
      SortedMap<Skill, Integer> skills,
      Optional<Personal> station)
      implements SiteEvent {}
}

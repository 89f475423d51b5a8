package org.switchwright.journal.format;

import java.util.List;
import java.util.Optional;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.OfferId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.routing.Route;
import org.switchwright.domain.site.SiteEvent;

/**
 * Whom an event is about: its own aggregate, and whom else it names. An agent that was only
 * considered in a decision is not named.
 *
 * @param agents none, one, or the two of a conference
 * @param queues none, one, or the two of an overflow or a transfer
 */
public record Subjects(Optional<CallId> call, List<AgentId> agents, List<QueueId> queues) {
  private static final Subjects NOBODY = new Subjects(Optional.empty(), List.of(), List.of());

  /**
   * @param id of the event's aggregate
   */
  public static Subjects of(String id, Object event) {
    return switch (event) {
      case CallEvent it -> ofCall(new CallId(id), it);
      case SiteEvent it -> ofSite(it);
      case AgentEvent _ -> new Subjects(Optional.empty(), List.of(new AgentId(id)), List.of());
      case MonitorEvent _ -> NOBODY;
      default -> throw new IllegalArgumentException("Expected an event, but got " + event);
    };
  }

  private static Subjects ofCall(CallId call, CallEvent event) {
    return switch (event) {
      case CallEvent.CallOffered it -> of(call, it.agent());
      case CallEvent.OfferHeld it -> of(call, it.agent());
      case CallEvent.ExpectationPlaced it -> of(call, it.queue());
      case CallEvent.CallQueued it -> of(call, it.queue());
      case CallEvent.CallTransferred it -> of(call, it.agent());
      case CallEvent.ConsultBegan it -> of(call, it.agent());
      case CallEvent.ConsultEnded it -> of(call, it.agent());
      case CallEvent.ConferenceBegan _,
          CallEvent.ConferenceJoined _,
          CallEvent.ConferenceEnded _,
          CallEvent.ConferenceNoted _,
          CallEvent.ConsultNoted _,
          CallEvent.CallArrived _,
          CallEvent.CallExpected _,
          CallEvent.ExpectationRenewed _,
          CallEvent.CallUnneeded _,
          CallEvent.OfData _,
          CallEvent.SoughtAgain _,
          CallEvent.TreatmentStarted _,
          CallEvent.TreatmentFailed _,
          CallEvent.TreatmentRestarted _,
          CallEvent.TreatmentRenewed _,
          CallEvent.CallerConfirmed _,
          CallEvent.StationRang _,
          CallEvent.OfferEnding _,
          CallEvent.OfferEnded _,
          CallEvent.OfferForgone _,
          CallEvent.OfferAccepted _,
          CallEvent.CallConnected _,
          CallEvent.LegReinvited _,
          CallEvent.ReinvitePostponed _,
          CallEvent.ReinviteSettled _,
          CallEvent.RenegotiationStarted _,
          CallEvent.RenegotiationAgreed _,
          CallEvent.RenegotiationRefused _,
          CallEvent.SessionRefreshed _,
          CallEvent.CallEnded _,
          CallEvent.AnsweredTooLate _,
          CallEvent.LegReleased _,
          CallEvent.ReleaseGivenUp _,
          CallEvent.CallSettled _ ->
          of(call);
    };
  }

  private static Subjects ofSite(SiteEvent event) {
    return switch (event) {
      case SiteEvent.SiteConfigured _ -> NOBODY;
      case SiteEvent.CallEntered it -> of(it.call(), it.queue());
      case SiteEvent.CallEnlisted it -> of(it.call());
      case SiteEvent.EnlistmentTaken it -> of(it.call());
      case SiteEvent.CallDataChanged it -> of(it.call());
      case SiteEvent.CallTakenOver it -> of(it.call(), it.queue());
      case SiteEvent.CallDelisted it -> of(it.call());
      case SiteEvent.SiteCutOff _,
          SiteEvent.SiteRejoined _,
          SiteEvent.PathFailed _,
          SiteEvent.PathTried _,
          SiteEvent.PathFound _,
          SiteEvent.RoomAwaited _ ->
          NOBODY;
      case SiteEvent.AgentLent it -> of(it.call(), it.agent());
      case SiteEvent.CallQueued it -> of(it.call(), it.queue());
      case SiteEvent.CallWidened it -> of(it.call());
      case SiteEvent.CallAnnounced it -> of(it.call(), it.queue());
      case SiteEvent.CallRouted it -> routed(it.call(), it.route().aim().queue());
      case SiteEvent.CallStepped it -> routed(it.call(), it.aim().flatMap(Route.Aim::queue));
      case SiteEvent.StrategyPublished _, SiteEvent.StrategyActivated _ -> NOBODY;
      case SiteEvent.CallReprioritised it -> of(it.call());
      case SiteEvent.QueueDeserted it -> of(it.queue());
      case SiteEvent.QueueAttended it -> of(it.queue());
      case SiteEvent.CallOverflowed it ->
          new Subjects(Optional.of(it.call()), List.of(), List.of(it.from(), it.to()));
      case SiteEvent.CallTransferred it ->
          new Subjects(
              Optional.of(it.offer().call()),
              List.of(it.by()),
              it.from().equals(it.to()) ? List.of(it.from()) : List.of(it.from(), it.to()));
      case SiteEvent.CallRequeued it ->
          new Subjects(Optional.of(it.offer().call()), List.of(it.by()), List.of(it.queue()));
      case SiteEvent.ConsultBegan it ->
          new Subjects(
              Optional.of(it.offer().call()),
              List.of(it.agent()),
              it.from().equals(it.to()) ? List.of(it.from()) : List.of(it.from(), it.to()));
      case SiteEvent.ConsultAnswered it -> of(it.offer(), it.agent());
      case SiteEvent.ConferenceBegan it -> of(it.conferring());
      case SiteEvent.ConferenceEnded it -> of(it.conferring());
      case SiteEvent.ConsultEnded it -> of(it.offer(), it.agent());
      case SiteEvent.CallUndirected it -> of(it.call(), it.agent());
      case SiteEvent.CallReleased it -> of(it.call());
      case SiteEvent.AgentReserved it ->
          new Subjects(
              Optional.of(it.offer().call()), List.of(it.agent()), List.of(it.decision().queue()));
      case SiteEvent.RingStepped it -> of(it.call());
      case SiteEvent.OfferOverdue it -> of(it.offer().call());
      case SiteEvent.OfferAccepted it -> of(it.offer(), it.agent());
      case SiteEvent.OfferEnded it -> of(it.offer(), it.agent());
      case SiteEvent.ConversationChecked it -> of(it.offer().call());
      case SiteEvent.ConversationEnded it -> of(it.offer(), it.agent());
      case SiteEvent.CallLeft it -> of(it.call());
      case SiteEvent.UnknownCallEnded it -> of(it.call());
      case SiteEvent.WrapUpEnded it -> of(it.agent());
      case SiteEvent.WrapUpExtended it -> of(it.agent());
      case SiteEvent.AgentRested it -> of(it.agent());
      case SiteEvent.AgentReported it -> of(it.agent());
    };
  }

  private static Subjects routed(CallId call, Optional<QueueId> queue) {
    return queue.map(it -> of(call, it)).orElseGet(() -> of(call));
  }

  private static Subjects of(SiteEvent.Conferring it) {
    return new Subjects(
        Optional.of(it.offer().call()), List.of(it.agent(), it.askedAgent()), List.of());
  }

  private static Subjects of(CallId call) {
    return new Subjects(Optional.of(call), List.of(), List.of());
  }

  private static Subjects of(QueueId queue) {
    return new Subjects(Optional.empty(), List.of(), List.of(queue));
  }

  private static Subjects of(CallId call, QueueId queue) {
    return new Subjects(Optional.of(call), List.of(), List.of(queue));
  }

  private static Subjects of(CallId call, AgentId agent) {
    return new Subjects(Optional.of(call), List.of(agent), List.of());
  }

  private static Subjects of(OfferId offer, AgentId agent) {
    return of(offer.call(), agent);
  }

  private static Subjects of(AgentId agent) {
    return new Subjects(Optional.empty(), List.of(agent), List.of());
  }
}

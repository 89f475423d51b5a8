package org.switchwright.replay;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.LegReport;
import org.switchwright.domain.call.TreatmentMode;
import org.switchwright.domain.routing.RoutingDecision;
import org.switchwright.domain.routing.RoutingDecision.Verdict;
import org.switchwright.domain.site.SiteEvent;

/** One sentence for each event of a call and of its site, without personal data. */
final class Sentences {
  private Sentences() {}

  static String of(Object event) {
    return switch (event) {
      case CallEvent it -> ofCall(it);
      case SiteEvent it -> ofSite(it);
      case AgentEvent it -> "The agent's record changed: " + it.getClass().getSimpleName();
      default -> throw new IllegalStateException("Expected an event, but got " + event.getClass());
    };
  }

  private static String ofCall(CallEvent event) {
    return switch (event) {
      case CallEvent.OfExpectation it -> expected(it);
      case CallEvent.OfData it -> data(it);
      case CallEvent.CallArrived it ->
          "A call arrived at "
              + it.point()
              + it.origin().map(from -> ", as expected from site " + from.home()).orElse("")
              + (it.attached().isEmpty()
                  ? ""
                  : ", telling its " + String.join(", ", it.attached().keySet()))
              + (it.offered() == null ? ", leaving it to us to propose the media" : "");
      case CallEvent.CallQueued it ->
          "The caller waits in queue "
              + it.queue()
              + ", place "
              + it.position()
              + ", and hears treatment "
              + (it.treatment() == TreatmentMode.EARLY_MEDIA
                  ? "as early media"
                  : "after an answer");
      case CallEvent.SoughtAgain _ -> "The site was not heard from for too long and asked again";
      case CallEvent.TreatmentStarted _ -> "Treatment plays to the caller";
      case CallEvent.TreatmentFailed it ->
          it.failure() == LegReport.TreatmentFailure.NO_CAPACITY
              ? "No treatment plays: every stream of the player is in use"
              : "No treatment plays: there is no codec in common";
      case CallEvent.TreatmentRestarted _ -> "The player was gone; another one was asked for";
      case CallEvent.TreatmentRenewed _ ->
          "The caller's phone changed the session during treatment";
      case CallEvent.CallerConfirmed _ -> "The caller's phone confirmed our answer";
      case CallEvent.CallOffered it ->
          "Offer "
              + it.offer().number()
              + ": the phone of agent "
              + it.agent()
              + " is called, for at most "
              + Words.span(Duration.between(it.at(), it.until()));
      case CallEvent.StationRang it -> "Offer " + it.offer().number() + ": the phone rings";
      case CallEvent.OfferEnding it ->
          "Offer "
              + it.offer().number()
              + ": the phone is asked to stop ringing ("
              + Words.outcome(it.outcome())
              + ")";
      case CallEvent.OfferEnded it ->
          "Offer "
              + it.offer().number()
              + " ended: "
              + Words.outcome(it.outcome())
              + (it.status() == 0 ? "" : " (SIP " + it.status() + ")");
      case CallEvent.OfferForgone it ->
          "Offer " + it.offer().number() + " was withdrawn before it reached the call";
      case CallEvent.OfferAccepted it -> "Offer " + it.offer().number() + ": the agent answered";
      case CallEvent.CallConnected _ -> "Caller and agent talk";
      case CallEvent.LegReinvited it ->
          "We proposed a session to the phone of " + Words.party(it.leg()) + " " + purpose(it);
      case CallEvent.ReinvitePostponed it ->
          "Our proposal met one of "
              + Words.party(it.leg())
              + "; it is repeated after "
              + Words.span(Duration.between(it.at(), it.until()));
      case CallEvent.ReinviteSettled it ->
          "The phone of "
              + Words.party(it.leg())
              + (it.session() == null ? " kept its session" : " agreed to our proposal");
      case CallEvent.RenegotiationStarted it ->
          "The phone of "
              + Words.party(it.from())
              + " proposed another session (hold, resume or another address)";
      case CallEvent.RenegotiationAgreed it ->
          "The other side agreed to what the phone of " + Words.party(it.from()) + " proposed";
      case CallEvent.RenegotiationRefused it ->
          "What the phone of "
              + Words.party(it.from())
              + " proposed was refused, because "
              + Words.why(it.refusal());
      case CallEvent.SessionRefreshed it ->
          "The phone of " + Words.party(it.leg()) + " refreshed its session";
      case CallEvent.CallTransferred it ->
          "Agent "
              + it.agent()
              + (it.refer() == null ? " sent the caller " : "'s phone sent the caller ")
              + Words.destination(it.to())
              + (it.placeKept() ? "" : ", as the last")
              + "; the agent's leg ends";
      case CallEvent.ConsultBegan it ->
          "Agent "
              + it.agent()
              + " asks another one ("
              + Words.asked(it.to())
              + (it.dialled() == null ? ")" : ") in a second call of the phone")
              + ", while the caller hears treatment";
      case CallEvent.ConsultEnded it ->
          switch (it.ending()) {
            case COMPLETED -> "The caller is handed over to the agent who was asked";
            case RETRIEVED -> "The agent who asked has the caller again";
            case LEFT -> "The agent who asked is gone; the caller goes back to the front";
          };
      case CallEvent.ConferenceBegan _ ->
          "The caller is let into the conversation of the two agents, by a conference at the mixer";
      case CallEvent.ConferenceJoined _ -> "The mixer has answered for one of the three";
      case CallEvent.ConferenceEnded _ ->
          "The conference is over; the two agents talk, and the caller hears treatment";
      case CallEvent.ConferenceNoted it ->
          "The site has taken note that the caller "
              + (it.change() % 2 == 1 ? "takes part" : "takes part no longer");
      case CallEvent.ConsultNoted _ -> "The site has taken note of the end of the consultation";
      case CallEvent.CallEnded it -> ended(it);
      case CallEvent.AnsweredTooLate it ->
          "Offer "
              + it.leg()
              + ": the agent answered too late, when the call was over or another agent had it;"
              + " hung up";
      case CallEvent.LegReleased it -> "The leg of " + Words.party(it.leg()) + " is gone";
      case CallEvent.ReleaseGivenUp _ -> "Legs that never confirmed their end were given up";
      case CallEvent.CallSettled _ -> "The site has taken note of the end";
    };
  }

  private static String expected(CallEvent.OfExpectation event) {
    return switch (event) {
      case CallEvent.CallExpected it ->
          "A call that waits at site "
              + it.expectation().origin().home()
              + " may come to "
              + it.expectation().point();
      case CallEvent.ExpectationRenewed it ->
          "Its site says that the call still waits; it is expected for "
              + Words.span(Duration.between(it.at(), it.until()))
              + " more";
      case CallEvent.ExpectationPlaced it ->
          "The call waits in queue " + it.queue() + " beside its place at the other site";
      case CallEvent.OfferHeld it ->
          "Offer "
              + it.offer().number()
              + ": agent "
              + it.agent()
              + " is held for the call until it comes, for at most "
              + Words.span(Duration.between(it.at(), it.until()));
      case CallEvent.CallUnneeded _ -> "The call is not expected here any more";
    };
  }

  private static String data(CallEvent.OfData event) {
    return switch (event) {
      case CallEvent.DataChanged it ->
          (it.by().isEmpty() ? "The call's home" : it.by())
              + " changed what is attached to the call to version "
              + it.version()
              + (it.attached().isEmpty()
                  ? ", which is nothing"
                  : ": its " + String.join(", ", it.attached().keySet()));
      case CallEvent.DataProposed it ->
          it.proposal().by() + " changed what is attached to the call; its home is to hear of it";
      case CallEvent.DataShared it ->
          "Site "
              + it.place().site()
              + " knows what is attached to the call, by version "
              + it.place().told();
      case CallEvent.HandedOver it ->
          "Offer "
              + it.offer().number()
              + " goes to site "
              + it.site()
              + (it.asked() ? "" : ", which was not asked")
              + switch (it.level()) {
                case RELAYED -> "; this one stays in the call's signalling and sees how it ends";
                case REDIRECTED -> "; the caller is told to go there, and the call is that site's";
              };
    };
  }

  private static String purpose(CallEvent.LegReinvited it) {
    return switch (it.purpose()) {
      case JOIN -> "to join caller and agent";
      case HOLD -> "to put it on hold while another agent is asked";
      case RELAY -> "that the other side proposed";
      case UPDATE -> "that the other side had changed meanwhile";
      case CONFIRM -> "that the other side had answered meanwhile";
      case REFRESH -> "to keep the session timer from running out";
      case RECLAIM -> "to take the leg over from an edge that is gone";
    };
  }

  private static String ended(CallEvent.CallEnded it) {
    String by =
        switch (it.by()) {
          case -1 -> "Switchwright ended the call";
          case 0 -> "The caller ended the call";
          default -> "The agent ended the call";
        };
    return by + ", because " + Words.why(it.cause()) + ": " + Words.outcome(it.outcome());
  }

  private static String ofSite(SiteEvent event) {
    return switch (event) {
      case SiteEvent.SiteConfigured _ -> "The site was configured";
      case SiteEvent.CallEntered it ->
          "The site took the call into queue "
              + it.queue()
              + " with priority "
              + it.priority()
              + it.resumes()
                  .map(call -> ", at the place that the same caller left with call " + call)
                  .orElse("");
      case SiteEvent.CallEnlisted it ->
          "Site "
              + it.site()
              + " is asked to look for an agent too, at "
              + it.point()
              + it.seen().map(seen -> ": " + Words.seen(seen)).orElse("");
      case SiteEvent.EnlistmentTaken it -> "Site " + it.site() + " looks for an agent too";
      case SiteEvent.CallDataChanged it ->
          it.proposed() > it.taken()
              ? "What is attached to the call was changed here; its home is to ask for that"
              : "The call's home knows what was changed here";
      case SiteEvent.CallTakenOver it ->
          "The call's home has let go of it: its place is here from now on, in queue "
              + it.queue()
              + " with priority "
              + it.priority();
      case SiteEvent.CallDelisted it ->
          "Site "
              + it.site()
              + switch (it.why()) {
                case NOT_NEEDED, RESTED -> " need not look for an agent any more";
                case REFUSED -> " looks for no agent";
                case NOT_ANSWERED -> " had an agent, who did not answer";
              };
      case SiteEvent.AgentLent it when it.theirs().isEmpty() ->
          "Site "
              + it.site()
              + ", which cannot be asked, is believed to have an agent"
              + it.seen().map(seen -> ": " + Words.seen(seen)).orElse("");
      case SiteEvent.AgentLent it ->
          "Site " + it.site() + " has reserved one of its agents, who is " + it.agent() + " here";
      case SiteEvent.SiteCutOff it ->
          "Site "
              + it.site()
              + " can be asked no more; by its last report "
              + it.free()
              + " of its agents could take a call";
      case SiteEvent.SiteRejoined it -> "Site " + it.site() + " can be asked again";
      case SiteEvent.PathFailed it ->
          "A call did not get to site "
              + it.site()
              + "; none is sent there for "
              + Words.span(Duration.between(it.at(), it.until()));
      case SiteEvent.PathTried it -> "Calls are sent to site " + it.site() + " again, to see";
      case SiteEvent.PathFound it -> "Calls get to site " + it.site() + " again";
      case SiteEvent.RoomAwaited it ->
          it.looksAt()
              .map(next ->
                  "Calls wait until site "
                      + it.site()
                      + ", which cannot be asked, is believed to have an agent for them; looked at"
                      + " again after "
                      + Words.span(Duration.between(it.at(), next)))
              .orElse("No call waits for an agent of site " + it.site() + " any more");
      case SiteEvent.CallQueued it ->
          "Nobody who could serve queue "
              + it.queue()
              + " was free; the call has place "
              + it.position();
      case SiteEvent.CallRouted it -> Routes.of(it);
      case SiteEvent.CallStepped it -> Routes.of(it);
      case SiteEvent.StrategyPublished it ->
          it.by()
              + " published version "
              + it.version()
              + " of strategy "
              + it.strategy()
              + " ("
              + it.why()
              + ")";
      case SiteEvent.StrategyActivated it ->
          it.by()
              + (it.to() == 0
                  ? " took strategy " + it.strategy() + " out of force"
                  : " put version " + it.to() + " of strategy " + it.strategy() + " into force")
              + " ("
              + it.why()
              + ")";
      case SiteEvent.CallWidened it ->
          "The call had waited for " + Words.span(it.waited()) + "; more agents will do for it";
      case SiteEvent.CallAnnounced it -> Words.announced(it);
      case SiteEvent.CallReprioritised it ->
          it.by() + " changed the priority of the call from " + it.from() + " to " + it.to();
      case SiteEvent.QueueDeserted it ->
          "Nobody is there for queue " + it.queue() + "; whoever waits in it is let go later";
      case SiteEvent.QueueAttended it -> "Somebody is there for queue " + it.queue() + " again";
      case SiteEvent.CallOverflowed it ->
          "The call moved on from queue " + it.from() + " to queue " + it.to();
      case SiteEvent.CallTransferred it ->
          "Agent "
              + it.by()
              + " sent the call on from queue "
              + it.from()
              + (it.directedTo().isPresent()
                  ? " to agent " + it.directedTo().get()
                  : " to queue " + it.to())
              + (it.placeKept() ? ", where it keeps its place" : ", where it comes last");
      case SiteEvent.CallRequeued it ->
          "Agent " + it.by() + " sent the call back to the front of queue " + it.queue();
      case SiteEvent.ConsultBegan it ->
          "Agent "
              + it.agent()
              + " asks "
              + it.directedTo()
                  .map(agent -> "agent " + agent)
                  .orElse("somebody of queue " + it.to())
              + " while the caller waits";
      case SiteEvent.ConsultAnswered it ->
          "The site knows that agent " + it.agent() + " talks to the agent who asks";
      case SiteEvent.ConferenceBegan it ->
          "The site knows that the caller talks to agents "
              + it.conferring().agent()
              + " and "
              + it.conferring().askedAgent();
      case SiteEvent.ConferenceEnded it ->
          "The site knows that agents "
              + it.conferring().agent()
              + " and "
              + it.conferring().askedAgent()
              + " talk without the caller again";
      case SiteEvent.ConsultEnded it ->
          "The consultation is over; agent " + it.agent() + " has the caller";
      case SiteEvent.CallUndirected it ->
          "The call is not kept for agent " + it.agent() + " any longer";
      case SiteEvent.CallReleased it ->
          "The site will not serve the call, because " + Words.why(it.why());
      case SiteEvent.AgentReserved it -> reserved(it);
      case SiteEvent.RingStepped _ ->
          "None of those at whom the call rings has answered; one more may ring";
      case SiteEvent.OfferOverdue it ->
          "The time of offer " + it.offer().number() + " is up; the call is asked to end it";
      case SiteEvent.OfferAccepted it ->
          "The site knows that agent " + it.agent() + " talks to the caller";
      case SiteEvent.OfferEnded it ->
          "The site knows that offer "
              + it.offer().number()
              + " to agent "
              + it.agent()
              + " ended: "
              + Words.outcome(it.outcome());
      case SiteEvent.ConversationChecked _ -> "The site asked whether they still talk";
      case SiteEvent.ConversationEnded it ->
          "Agent "
              + it.agent()
              + (it.wrapUpUntil() == null
                  ? " is free again"
                  : " is in wrap-up for at most "
                      + Words.span(Duration.between(it.at(), it.wrapUpUntil())));
      case SiteEvent.CallLeft it ->
          "The call left the site: "
              + Words.outcome(it.outcome())
              + it.placeUntil()
                  .map(until ->
                      "; its place is kept for " + Words.span(Duration.between(it.at(), until)))
                  .orElse("");
      case SiteEvent.UnknownCallEnded it ->
          "The call was over before it came to the site: " + Words.outcome(it.outcome());
      case SiteEvent.WrapUpEnded it -> "The wrap-up of agent " + it.agent() + " ended";
      case SiteEvent.WrapUpExtended it ->
          "Agent "
              + it.agent()
              + " asked for more wrap-up, for "
              + Words.span(Duration.between(it.at(), it.until()));
      case SiteEvent.AgentRested it -> "Agent " + it.agent() + " may be offered calls again";
      case SiteEvent.AgentReported it -> "Agent " + it.agent() + " told the site of a change";
    };
  }

  private static final Set<Verdict> COULD =
      EnumSet.of(Verdict.IDLE_FOR_LESS, Verdict.LATER_IN_ORDER);

  private static String reserved(SiteEvent.AgentReserved it) {
    RoutingDecision decision = it.decision();
    long able =
        1 + decision.considered().stream().filter(other -> COULD.contains(other.verdict())).count();
    int all = decision.considered().size() + decision.unnamed();
    if (decision.considered().getFirst().verdict() == Verdict.LENT) {
      return "Agent "
          + it.agent()
          + " was chosen for offer "
          + it.offer().number()
          + ": the first whom a site had for queue "
          + decision.queue();
    }
    if (decision.considered().getFirst().verdict() == Verdict.ESTIMATED) {
      return "Agent "
          + it.agent()
          + " was chosen for offer "
          + it.offer().number()
          + ": somebody of a site that cannot be asked, by the estimate";
    }
    if (decision.considered().getFirst().verdict() == Verdict.NAMED) {
      return "Agent "
          + it.agent()
          + " was chosen for offer "
          + it.offer().number()
          + ": another agent had sent the caller on to this one";
    }
    return "Agent "
        + it.agent()
        + " was chosen for offer "
        + it.offer().number()
        + ": "
        + Words.first(decision.rule())
        + " of "
        + able
        + " free for queue "
        + decision.queue()
        + ", of "
        + all
        + " at the site"
        + (decision.widening() == 0
            ? ""
            : "; after a while the queue's widening " + decision.widening() + " will do");
  }
}

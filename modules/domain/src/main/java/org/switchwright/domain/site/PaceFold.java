package org.switchwright.domain.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchwright.domain.CallId;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.statistics.Paces;
import org.switchwright.domain.statistics.QueuePace;

/** What each event says of how fast the queues move. */
final class PaceFold {
  private PaceFold() {}

  /**
   * The paces after an event.
   *
   * @param before the site before it
   */
  static Paces after(SiteState before, SiteEvent event) {
    Paces paces = before.paces();
    return switch (event) {
      case SiteEvent.SiteConfigured it -> configured(paces, it.configuration());
      case SiteEvent.OfferAccepted it ->
          before
              .call(it.offer().call())
              .map(call ->
                  paces
                      .change(call.queue(), pace -> answered(pace, call, it.at()))
                      .started(it.agent(), call.queue(), it.at()))
              .orElse(paces);
      case SiteEvent.ConversationEnded it ->
          it.wrapUpUntil() == null ? paces.finished(it.agent(), it.at()) : paces;
      case SiteEvent.WrapUpEnded it -> paces.finished(it.agent(), it.at());
      case SiteEvent.CallOverflowed it -> movedOn(before, it.call(), it.at());
      case SiteEvent.CallReleased it -> movedOn(before, it.call(), it.at());
      case SiteEvent.CallStepped it ->
          before
              .call(it.call())
              .filter(call -> !call.stepped(it).queue().equals(call.queue()))
              .map(_ -> movedOn(before, it.call(), it.at()))
              .orElse(paces);
      case SiteEvent.CallLeft it when it.outcome() == CallOutcome.HANDED_ON ->
          movedOn(before, it.call(), it.at());
      case SiteEvent.CallLeft it ->
          it.outcome() == CallOutcome.ABANDONED
              ? waiting(before, it.call())
                  .map(call ->
                      paces.change(call.queue(), pace -> pace.abandoned(waited(call, it.at()))))
                  .orElse(paces)
              : paces;
      case SiteEvent.ConsultBegan _,
          SiteEvent.ConsultAnswered _,
          SiteEvent.ConferenceBegan _,
          SiteEvent.ConferenceEnded _,
          SiteEvent.ConsultEnded _,
          SiteEvent.CallEntered _,
          SiteEvent.OfOtherSites _,
          SiteEvent.CallQueued _,
          SiteEvent.CallWidened _,
          SiteEvent.CallAnnounced _,
          SiteEvent.CallRouted _,
          SiteEvent.StrategyPublished _,
          SiteEvent.StrategyActivated _,
          SiteEvent.CallReprioritised _,
          SiteEvent.QueueDeserted _,
          SiteEvent.QueueAttended _,
          SiteEvent.WrapUpExtended _,
          SiteEvent.CallTransferred _,
          SiteEvent.CallRequeued _,
          SiteEvent.CallUndirected _,
          SiteEvent.AgentReserved _,
          SiteEvent.OfferOverdue _,
          SiteEvent.RingStepped _,
          SiteEvent.OfferEnded _,
          SiteEvent.ConversationChecked _,
          SiteEvent.UnknownCallEnded _,
          SiteEvent.AgentRested _,
          SiteEvent.AgentReported _ ->
          paces;
    };
  }

  private static Paces configured(Paces paces, SiteConfiguration configuration) {
    List<QueueId> gone = new ArrayList<>();
    for (QueueId queue : paces.queues().keySet()) {
      if (configuration.queue(queue).isEmpty()) {
        gone.add(queue);
      }
    }
    return gone.isEmpty() ? paces : paces.without(gone);
  }

  private static Paces movedOn(SiteState before, CallId id, Instant at) {
    return waiting(before, id)
        .map(call -> before.paces().change(call.queue(), pace -> pace.movedOn(waited(call, at))))
        .orElse(before.paces());
  }

  /** A call that has its place elsewhere has waited there. */
  private static QueuePace answered(QueuePace pace, SiteCall call, Instant at) {
    return call.abroad().origin().isPresent() ? pace : pace.answered(waited(call, at));
  }

  private static Optional<SiteCall> waiting(SiteState before, CallId id) {
    return before
        .call(id)
        .filter(SiteCall::waiting)
        .filter(call -> call.abroad().origin().isEmpty());
  }

  private static Duration waited(SiteCall call, Instant at) {
    return Duration.between(call.enteredQueueAt(), at);
  }
}

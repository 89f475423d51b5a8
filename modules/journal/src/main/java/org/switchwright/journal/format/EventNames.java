package org.switchwright.journal.format;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.site.SiteEvent;

/**
 * The names of events in the journal, with their versions. Hand-written and for ever: a class may
 * be renamed, its name here may not. A new meaning is a new name; a new field needs a default.
 */
public final class EventNames {
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          Map.entry(CallEvent.CallArrived.class, "call.arrived/5"),
          Map.entry(CallEvent.CallExpected.class, "call.expected/1"),
          Map.entry(CallEvent.ExpectationRenewed.class, "call.expectation-renewed/1"),
          Map.entry(CallEvent.ExpectationPlaced.class, "call.expectation-placed/1"),
          Map.entry(CallEvent.OfferHeld.class, "call.offer-held/1"),
          Map.entry(CallEvent.CallUnneeded.class, "call.unneeded/1"),
          Map.entry(CallEvent.DataChanged.class, "call.data-changed/1"),
          Map.entry(CallEvent.DataProposed.class, "call.data-proposed/1"),
          Map.entry(CallEvent.DataShared.class, "call.data-shared/1"),
          Map.entry(CallEvent.HandedOver.class, "call.handed-over/1"),
          Map.entry(CallEvent.CallQueued.class, "call.queued/2"),
          Map.entry(CallEvent.SoughtAgain.class, "call.sought-again/1"),
          Map.entry(CallEvent.TreatmentStarted.class, "call.treatment-started/1"),
          Map.entry(CallEvent.TreatmentFailed.class, "call.treatment-failed/1"),
          Map.entry(CallEvent.TreatmentRestarted.class, "call.treatment-restarted/1"),
          Map.entry(CallEvent.TreatmentRenewed.class, "call.treatment-renewed/1"),
          Map.entry(CallEvent.CallerConfirmed.class, "call.caller-confirmed/1"),
          Map.entry(CallEvent.CallOffered.class, "call.offered/1"),
          Map.entry(CallEvent.StationRang.class, "call.station-rang/1"),
          Map.entry(CallEvent.OfferEnding.class, "call.offer-ending/1"),
          Map.entry(CallEvent.OfferEnded.class, "call.offer-ended/1"),
          Map.entry(CallEvent.OfferForgone.class, "call.offer-forgone/1"),
          Map.entry(CallEvent.OfferAccepted.class, "call.offer-accepted/1"),
          Map.entry(CallEvent.CallConnected.class, "call.connected/1"),
          Map.entry(CallEvent.LegReinvited.class, "call.leg-reinvited/1"),
          Map.entry(CallEvent.ReinvitePostponed.class, "call.reinvite-postponed/1"),
          Map.entry(CallEvent.ReinviteSettled.class, "call.reinvite-settled/1"),
          Map.entry(CallEvent.RenegotiationStarted.class, "call.renegotiation-started/1"),
          Map.entry(CallEvent.RenegotiationAgreed.class, "call.renegotiation-agreed/1"),
          Map.entry(CallEvent.RenegotiationRefused.class, "call.renegotiation-refused/1"),
          Map.entry(CallEvent.SessionRefreshed.class, "call.session-refreshed/1"),
          Map.entry(CallEvent.CallTransferred.class, "call.transferred/1"),
          Map.entry(CallEvent.ConsultBegan.class, "call.consult-began/2"),
          Map.entry(CallEvent.ConsultEnded.class, "call.consult-ended/2"),
          Map.entry(CallEvent.ConsultNoted.class, "call.consult-noted/1"),
          Map.entry(CallEvent.ConferenceNoted.class, "call.conference-noted/1"),
          Map.entry(CallEvent.ConferenceBegan.class, "call.conference-began/1"),
          Map.entry(CallEvent.ConferenceJoined.class, "call.conference-joined/1"),
          Map.entry(CallEvent.ConferenceEnded.class, "call.conference-ended/1"),
          Map.entry(CallEvent.CallEnded.class, "call.ended/2"),
          Map.entry(CallEvent.AnsweredTooLate.class, "call.answered-too-late/1"),
          Map.entry(CallEvent.LegReleased.class, "call.leg-released/1"),
          Map.entry(CallEvent.ReleaseGivenUp.class, "call.release-given-up/2"),
          Map.entry(CallEvent.CallSettled.class, "call.settled/1"),
          Map.entry(SiteEvent.SiteConfigured.class, "site.configured/5"),
          Map.entry(SiteEvent.CallEntered.class, "site.call-entered/3"),
          Map.entry(SiteEvent.CallEnlisted.class, "site.call-enlisted/3"),
          Map.entry(SiteEvent.EnlistmentTaken.class, "site.enlistment-taken/1"),
          Map.entry(SiteEvent.CallDataChanged.class, "site.call-data-changed/1"),
          Map.entry(SiteEvent.CallTakenOver.class, "site.call-taken-over/1"),
          Map.entry(SiteEvent.CallDelisted.class, "site.call-delisted/1"),
          Map.entry(SiteEvent.AgentLent.class, "site.agent-lent/2"),
          Map.entry(SiteEvent.SiteCutOff.class, "site.site-cut-off/1"),
          Map.entry(SiteEvent.SiteRejoined.class, "site.site-rejoined/1"),
          Map.entry(SiteEvent.PathFailed.class, "site.path-failed/1"),
          Map.entry(SiteEvent.PathTried.class, "site.path-tried/1"),
          Map.entry(SiteEvent.PathFound.class, "site.path-found/1"),
          Map.entry(SiteEvent.RoomAwaited.class, "site.room-awaited/1"),
          Map.entry(SiteEvent.CallQueued.class, "site.call-queued/1"),
          Map.entry(SiteEvent.CallRouted.class, "site.call-routed/5"),
          Map.entry(SiteEvent.CallStepped.class, "site.call-stepped/5"),
          Map.entry(SiteEvent.StrategyPublished.class, "site.strategy-published/1"),
          Map.entry(SiteEvent.StrategyActivated.class, "site.strategy-activated/1"),
          Map.entry(SiteEvent.CallWidened.class, "site.call-widened/1"),
          Map.entry(SiteEvent.CallAnnounced.class, "site.call-announced/1"),
          Map.entry(SiteEvent.CallReprioritised.class, "site.call-reprioritised/1"),
          Map.entry(SiteEvent.QueueDeserted.class, "site.queue-deserted/1"),
          Map.entry(SiteEvent.QueueAttended.class, "site.queue-attended/1"),
          Map.entry(SiteEvent.WrapUpExtended.class, "site.wrap-up-extended/1"),
          Map.entry(SiteEvent.CallOverflowed.class, "site.call-overflowed/1"),
          Map.entry(SiteEvent.CallTransferred.class, "site.call-transferred/1"),
          Map.entry(SiteEvent.CallRequeued.class, "site.call-requeued/1"),
          Map.entry(SiteEvent.ConsultBegan.class, "site.consult-began/1"),
          Map.entry(SiteEvent.ConsultAnswered.class, "site.consult-answered/1"),
          Map.entry(SiteEvent.ConferenceBegan.class, "site.conference-began/1"),
          Map.entry(SiteEvent.ConferenceEnded.class, "site.conference-ended/1"),
          Map.entry(SiteEvent.ConsultEnded.class, "site.consult-ended/1"),
          Map.entry(SiteEvent.CallUndirected.class, "site.call-undirected/1"),
          Map.entry(SiteEvent.CallReleased.class, "site.call-released/1"),
          Map.entry(SiteEvent.AgentReserved.class, "site.agent-reserved/2"),
          Map.entry(SiteEvent.RingStepped.class, "site.ring-stepped/1"),
          Map.entry(SiteEvent.OfferOverdue.class, "site.offer-overdue/1"),
          Map.entry(SiteEvent.OfferAccepted.class, "site.offer-accepted/1"),
          Map.entry(SiteEvent.OfferEnded.class, "site.offer-ended/2"),
          Map.entry(SiteEvent.ConversationChecked.class, "site.conversation-checked/1"),
          Map.entry(SiteEvent.ConversationEnded.class, "site.conversation-ended/1"),
          Map.entry(SiteEvent.CallLeft.class, "site.call-left/2"),
          Map.entry(SiteEvent.UnknownCallEnded.class, "site.unknown-call-ended/1"),
          Map.entry(SiteEvent.WrapUpEnded.class, "site.wrap-up-ended/1"),
          Map.entry(SiteEvent.AgentRested.class, "site.agent-rested/1"),
          Map.entry(SiteEvent.AgentReported.class, "site.agent-reported/1"),
          Map.entry(MonitorEvent.Reported.class, "monitor.reported/1"),
          Map.entry(MonitorEvent.StartedOver.class, "monitor.started-over/1"),
          Map.entry(MonitorEvent.LinkRestored.class, "monitor.link-restored/1"),
          Map.entry(MonitorEvent.LinkLost.class, "monitor.link-lost/1"),
          Map.entry(MonitorEvent.HistoryLoaded.class, "monitor.history-loaded/1"),
          Map.entry(MonitorEvent.HistoryForgotten.class, "monitor.history-forgotten/1"),
          Map.entry(MonitorEvent.EstimatesLearned.class, "monitor.estimates-learned/1"),
          Map.entry(MonitorEvent.ScheduleLoaded.class, "monitor.schedule-loaded/1"),
          Map.entry(MonitorEvent.EstimateScored.class, "monitor.estimate-scored/2"),
          Map.entry(AgentEvent.AgentConfigured.class, "agent.configured/1"),
          Map.entry(AgentEvent.WishChanged.class, "agent.wish-changed/2"),
          Map.entry(AgentEvent.WishRenewed.class, "agent.wish-renewed/1"),
          Map.entry(AgentEvent.StationRegistered.class, "agent.station-registered/2"),
          Map.entry(AgentEvent.RegistrationRefreshed.class, "agent.registration-refreshed/2"),
          Map.entry(AgentEvent.StationLost.class, "agent.station-lost/1"),
          Map.entry(AgentEvent.JudgementNoted.class, "agent.judgement-noted/1"),
          Map.entry(AgentEvent.ReportAcknowledged.class, "agent.report-acknowledged/1"));

  /**
   * Names under which events were written before they got more fields; {@link FieldDefaults} says
   * what those fields are where they are missing.
   */
  private static final Map<String, Class<?>> FORMER =
      Map.ofEntries(
          Map.entry("call.arrived/1", CallEvent.CallArrived.class),
          Map.entry("call.arrived/2", CallEvent.CallArrived.class),
          Map.entry("call.arrived/3", CallEvent.CallArrived.class),
          Map.entry("call.arrived/4", CallEvent.CallArrived.class),
          Map.entry("call.ended/1", CallEvent.CallEnded.class),
          Map.entry("call.queued/1", CallEvent.CallQueued.class),
          Map.entry("call.release-given-up/1", CallEvent.ReleaseGivenUp.class),
          Map.entry("call.consult-began/1", CallEvent.ConsultBegan.class),
          Map.entry("call.consult-ended/1", CallEvent.ConsultEnded.class),
          Map.entry("site.call-entered/1", SiteEvent.CallEntered.class),
          Map.entry("site.call-entered/2", SiteEvent.CallEntered.class),
          Map.entry("site.configured/4", SiteEvent.SiteConfigured.class),
          Map.entry("site.call-left/1", SiteEvent.CallLeft.class),
          Map.entry("monitor.estimate-scored/1", MonitorEvent.EstimateScored.class),
          Map.entry("site.call-routed/1", SiteEvent.CallRouted.class),
          Map.entry("site.call-routed/2", SiteEvent.CallRouted.class),
          Map.entry("site.call-stepped/1", SiteEvent.CallStepped.class),
          Map.entry("site.call-stepped/2", SiteEvent.CallStepped.class),
          Map.entry("site.call-routed/3", SiteEvent.CallRouted.class),
          Map.entry("site.call-stepped/3", SiteEvent.CallStepped.class),
          Map.entry("site.call-routed/4", SiteEvent.CallRouted.class),
          Map.entry("site.call-stepped/4", SiteEvent.CallStepped.class),
          Map.entry("site.call-enlisted/1", SiteEvent.CallEnlisted.class),
          Map.entry("site.call-enlisted/2", SiteEvent.CallEnlisted.class),
          Map.entry("site.agent-lent/1", SiteEvent.AgentLent.class),
          Map.entry("site.configured/1", SiteEvent.SiteConfigured.class),
          Map.entry("site.configured/2", SiteEvent.SiteConfigured.class),
          Map.entry("site.configured/3", SiteEvent.SiteConfigured.class),
          Map.entry("site.agent-reserved/1", SiteEvent.AgentReserved.class),
          Map.entry("site.offer-ended/1", SiteEvent.OfferEnded.class),
          Map.entry("agent.wish-changed/1", AgentEvent.WishChanged.class),
          Map.entry("agent.station-registered/1", AgentEvent.StationRegistered.class),
          Map.entry("agent.registration-refreshed/1", AgentEvent.RegistrationRefreshed.class));

  private static final Map<String, Class<?>> CLASSES = new TreeMap<>(FORMER);

  static {
    NAMES.forEach((type, name) -> CLASSES.put(name, type));
  }

  private EventNames() {}

  /** The name of this event's class; throws for a class that is none. */
  public static String of(Class<?> event) {
    return Optional.ofNullable(NAMES.get(event))
        .orElseThrow(
            () -> new IllegalArgumentException("Expected a named event, but got " + event));
  }

  static Optional<Class<?>> type(String name) {
    return Optional.ofNullable(CLASSES.get(name));
  }

  /** Every name, former ones too, in order. */
  public static Iterable<String> all() {
    return CLASSES.keySet();
  }

  /** Every name under which events of this class are in journals, in order. */
  public static Set<String> everyVersion(Class<?> event) {
    Set<String> names = new TreeSet<>();
    CLASSES.forEach((name, type) -> {
      if (type == event) {
        names.add(name);
      }
    });
    return names;
  }
}

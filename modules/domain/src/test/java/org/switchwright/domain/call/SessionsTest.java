package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Given;
import org.switchwright.domain.call.Leg.Purpose;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;

/** Who talks to whom: joining, hold, refreshes, glare, and what is left of it after a crash. */
class SessionsTest {
  private static Given<Call.Command, CallEvent, CallState> given(List<CallEvent> events) {
    return Given.given(Call.AGGREGATE, CALL.value(), events);
  }

  private static CallEvent.LegReinvited reinvited(
      int leg, Purpose purpose, long cseq, SessionDescription session) {
    return new CallEvent.LegReinvited(NOW, leg, purpose, cseq, session);
  }

  private static List<CallEvent> joining() {
    return plus(
        waitingAnswered(),
        offered(FIRST),
        accepted(),
        reinvited(0, Purpose.JOIN, 1, new SessionDescription(AGENT_SDP, 2)));
  }

  private static List<CallEvent> holding() {
    return plus(
        connected(),
        new CallEvent.RenegotiationStarted(NOW, 0, transaction("z9hG4bK-2", 2), CALLER_HOLD),
        reinvited(1, Purpose.RELAY, 2, new SessionDescription(CALLER_HOLD, 2)));
  }

  @Test
  void shouldJoinTreatedCallerByReinvite() {
    given(plus(waitingAnswered(), offered(FIRST)))
        .when(new LegReport.Answered(1, AGENT_DIALOG, AGENT_SDP), NOW)
        .then(accepted(), reinvited(0, Purpose.JOIN, 1, new SessionDescription(AGENT_SDP, 2)))
        .owing(
            signal(new Signal.Reinvite(0, CALLER_DIALOG, 1, new SessionDescription(AGENT_SDP, 2))));
  }

  @Test
  void shouldBeConnectedAndStopTreatmentWhenTheCallerAgrees() {
    given(joining())
        .when(new LegReport.ReinviteAnswered(0, 1, CALLER_SDP), NOW)
        .then(new CallEvent.ReinviteSettled(NOW, 0, CALLER_SDP), new CallEvent.CallConnected(NOW))
        .owing(signal(new Signal.StopTreatment()));
  }

  @Test
  void shouldTellAgentWhatTheCallerChangedMeanwhile() {
    given(joining())
        .when(new LegReport.ReinviteAnswered(0, 1, CALLER_HOLD), NOW)
        .then(
            new CallEvent.ReinviteSettled(NOW, 0, CALLER_HOLD),
            new CallEvent.CallConnected(NOW),
            reinvited(1, Purpose.UPDATE, 2, new SessionDescription(CALLER_HOLD, 2)));
  }

  @Test
  void shouldPassHoldOnToTheOtherSide() {
    given(connected())
        .when(new LegReport.ReinviteArrived(0, transaction("z9hG4bK-2", 2), CALLER_HOLD), NOW)
        .then(
            new CallEvent.RenegotiationStarted(NOW, 0, transaction("z9hG4bK-2", 2), CALLER_HOLD),
            reinvited(1, Purpose.RELAY, 2, new SessionDescription(CALLER_HOLD, 2)));
    given(holding())
        .when(new LegReport.ReinviteAnswered(1, 2, AGENT_SDP), NOW)
        .thenKinds(CallEvent.ReinviteSettled.class, CallEvent.RenegotiationAgreed.class)
        .owing(
            signal(
                new Signal.AnswerReinvite(
                    0, transaction("z9hG4bK-2", 2), new SessionDescription(AGENT_SDP, 1), TIMER)));
  }

  @Test
  void shouldStandByTheOldSessionsWhereTheOtherSideRefuses() {
    CallState refused =
        given(holding())
            .and(NOW, new LegReport.ReinviteRefused(1, 2, ReinviteRefusal.NOT_ACCEPTABLE, 488))
            .state();

    Leg agent = refused.agent().orElseThrow();
    assertThat(refused.callerLeg().heard()).isEqualTo(CALLER_SDP);
    assertThat(agent.said()).isEqualTo(new SessionDescription(CALLER_SDP, 1));
    assertThat(agent.next(CALLER_HOLD).version()).isEqualTo(3);
  }

  @Test
  void shouldRefuseSecondReinviteWhileOneRuns() {
    given(holding())
        .when(new LegReport.ReinviteArrived(1, transaction("z9hG4bK-9", 1), AGENT_SDP), NOW)
        .thenNothingNew()
        .owing(signal(new Signal.RefuseReinvite(1, transaction("z9hG4bK-9", 1), Refusal.GLARE)));
  }

  @Test
  void shouldTakeLateDoubleOfReinviteForWhatItIs() {
    CallState held =
        given(holding()).and(NOW, new LegReport.ReinviteAnswered(1, 2, AGENT_SDP)).state();
    ServerTransaction resume = transaction("z9hG4bK-3", 3);
    Given<Call.Command, CallEvent, CallState> resumed =
        given(holding())
            .and(
                NOW,
                new LegReport.ReinviteAnswered(1, 2, AGENT_SDP),
                new LegReport.ReinviteArrived(0, resume, CALLER_SDP),
                new LegReport.ReinviteAnswered(1, 3, AGENT_SDP));

    assertThat(held.callerLeg().heard()).isEqualTo(CALLER_HOLD);
    resumed
        .when(new LegReport.ReinviteArrived(0, transaction("z9hG4bK-2", 2), CALLER_HOLD), NOW)
        .thenNothingNew()
        .owing(
            signal(
                new Signal.RefuseReinvite(0, transaction("z9hG4bK-2", 2), Refusal.RENEGOTIATING)));
    resumed
        .when(new LegReport.ReinviteArrived(0, resume, CALLER_SDP), NOW)
        .thenNothingNew()
        .owing(
            signal(
                new Signal.AnswerReinvite(0, resume, new SessionDescription(AGENT_SDP, 1), TIMER)));
  }

  @Test
  void shouldRefreshSessionAtHalfItsIntervalAndWaitForTheAnswer() {
    Instant half = NOW.plusSeconds(900);
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        given(connected()).when(new Call.Expire(), half);

    assertThat(outcome.events())
        .hasSize(2)
        .allMatch(
            event -> event instanceof CallEvent.LegReinvited it && it.purpose() == Purpose.REFRESH);
    assertThat(Call.AGGREGATE.due(outcome.state())).contains(half.plus(Call.SETUP_PATIENCE));
  }

  @Test
  void shouldHangUpBothSidesWhereOneDoesNotAnswerARefresh() {
    Instant half = NOW.plusSeconds(900);

    given(connected())
        .and(half, new Call.Expire())
        .when(new Call.Expire(), half.plus(Call.SETUP_PATIENCE))
        .thenKinds(CallEvent.CallEnded.class)
        .owing(
            signal(new Signal.Bye(0, CALLER_DIALOG, 2, Refusal.TIMED_OUT)),
            signal(new Signal.Bye(1, AGENT_DIALOG, 3, Refusal.TIMED_OUT)));
  }

  @Test
  void shouldEndSessionWhosePeerStoppedRefreshingIt() {
    Dialog theirs = dialog("caller-tag", new SessionTimer(90, false));
    List<CallEvent> events =
        List.of(
            arrived(theirs, CALLER_SDP),
            offered(FIRST),
            accepted(),
            confirmed(),
            new CallEvent.CallConnected(NOW));

    given(events)
        .when(new Call.Expire(), NOW.plusSeconds(60))
        .then(
            new CallEvent.CallEnded(
                NOW.plusSeconds(60), CallOutcome.SERVED, Refusal.SESSION_EXPIRED, -1));
  }

  @Test
  void shouldTryAgainALittleLaterAfterGlare() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        given(joining())
            .when(new LegReport.ReinviteRefused(0, 1, ReinviteRefusal.GLARE, 491), NOW)
            .thenKinds(CallEvent.ReinvitePostponed.class);

    Instant again = Call.AGGREGATE.due(outcome.state()).orElseThrow();
    assertThat(again).isBetween(NOW, NOW.plusSeconds(2));
    given(joining())
        .and(NOW, new LegReport.ReinviteRefused(0, 1, ReinviteRefusal.GLARE, 491))
        .when(new Call.Expire(), again)
        .then(
            new CallEvent.LegReinvited(
                again, 0, Purpose.JOIN, 2, new SessionDescription(AGENT_SDP, 2)));
  }

  @Test
  void shouldNotRepeatAfterGlareWhatIsOutOfDate() {
    ServerTransaction hold = transaction("z9hG4bK-2", 2);
    Given<Call.Command, CallEvent, CallState> held =
        given(connected())
            .and(
                NOW,
                new LegReport.Orphaned(0),
                new LegReport.ReinviteRefused(0, 100, ReinviteRefusal.GLARE, 491),
                new LegReport.ReinviteArrived(0, hold, CALLER_HOLD),
                new LegReport.ReinviteAnswered(1, 2, AGENT_HELD));
    Instant again = NOW.plusSeconds(2);

    held.when(new Call.Expire(), again)
        .then(
            new CallEvent.LegReinvited(
                again, 0, Purpose.RECLAIM, 101, new SessionDescription(AGENT_HELD, 4)));
  }

  @Test
  void shouldTakeDialogsOverWithSafeNumbersAfterAnEdgeDied() {
    given(connected())
        .when(new LegReport.Orphaned(1), NOW)
        .then(
            reinvited(
                1, Purpose.RECLAIM, 1 + Leg.CSEQ_RESERVE, new SessionDescription(CALLER_SDP, 2)));
  }

  @Test
  void shouldTellWaitingCallerWhereTreatmentPlaysNow() {
    given(plus(waitingAnswered(), new CallEvent.TreatmentRestarted(NOW)))
        .when(new LegReport.TreatmentStarted(OTHER_PLAYER_SDP), NOW)
        .then(
            new CallEvent.TreatmentStarted(NOW, new SessionDescription(OTHER_PLAYER_SDP, 2)),
            reinvited(0, Purpose.RECLAIM, 1, new SessionDescription(OTHER_PLAYER_SDP, 2)));
  }

  @Test
  void shouldKeepItsWordWhereTreatmentMovedBeforeTheAcknowledgement() {
    List<CallEvent> moved =
        plus(
            waiting(TreatmentMode.AFTER_ANSWER),
            new CallEvent.TreatmentRestarted(NOW),
            new CallEvent.TreatmentStarted(NOW, new SessionDescription(OTHER_PLAYER_SDP, 2)));

    assertThat(given(moved).owed())
        .contains(signal(new Signal.Answer(INVITE, new SessionDescription(PLAYER_SDP, 1), TIMER)));
    given(moved)
        .when(new LegReport.CallerAcknowledged(null), NOW)
        .then(
            confirmed(),
            reinvited(0, Purpose.RECLAIM, 1, new SessionDescription(OTHER_PLAYER_SDP, 2)));
  }

  @Test
  void shouldRememberWhatTheStationWasOffered() {
    List<CallEvent> events =
        plus(
            waitingAnswered(),
            offered(FIRST),
            new CallEvent.TreatmentRenewed(NOW, transaction("z9hG4bK-2", 2), CALLER_HOLD, 2),
            accepted());

    assertThat(given(events).state().agent().orElseThrow().said())
        .isEqualTo(new SessionDescription(CALLER_SDP, 1));
  }
}

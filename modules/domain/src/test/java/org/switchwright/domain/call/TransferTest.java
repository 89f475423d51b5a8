package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.Phase.Seeking;
import org.switchwright.domain.call.Phase.Waiting;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** The agent sends the caller on: by a command, or by REFER from the phone. */
class TransferTest {
  private static final Destination SERVICE = new Destination.ToQueue(new QueueId("service"));
  private static final ServerTransaction REFER = transaction("z9hG4bK-refer", 7);
  private static final Call.Transfer COMMAND = new Call.Transfer(SERVICE, true, "r1");

  private static Given<Call.Command, CallEvent, CallState> given(List<CallEvent> events) {
    return Given.given(Call.AGGREGATE, CALL.value(), events);
  }

  private static CallEvent.CallTransferred transferred(
      String request, @Nullable ServerTransaction refer) {
    return new CallEvent.CallTransferred(NOW, FIRST, ANNA, SERVICE, true, request, refer);
  }

  private static List<CallEvent> sentOn() {
    return plus(connected(), transferred("r1", null));
  }

  @Test
  void shouldKeepTheCallersDialogAndEndTheAgents() {
    given(connected())
        .when(COMMAND, NOW)
        .then(transferred("r1", null))
        .owing(
            signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.TRANSFERRED)),
            signal(new Signal.StartTreatment(CALLER_SDP, null)),
            tell(new Site.Transfer(FIRST, SERVICE, true)))
        .owingNone(effect -> effect.toString().contains("leg=0"));
  }

  @Test
  void shouldTellTheSiteUntilItAnswersAndSayByeUntilTheLegIsGone() {
    Given<Call.Command, CallEvent, CallState> given = given(sentOn());

    assertThat(given.owed())
        .contains(
            tell(new Site.Transfer(FIRST, SERVICE, true)),
            signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.TRANSFERRED)));
    given.when(new LegReport.Released(1), NOW).then(new CallEvent.LegReleased(NOW, 1));
    assertThat(
            given
                .and(
                    NOW,
                    new LegReport.HungUp(1),
                    new Call.Queued(SALES, 1, NOW.plusSeconds(60), TreatmentMode.EARLY_MEDIA, 1))
                .owed())
        .containsExactly(signal(new Signal.StartTreatment(CALLER_SDP, null)));
  }

  @Test
  void shouldGiveUpALegThatNeverConfirmsItsEnd() {
    Instant late = NOW.plus(CallDeadlines.RELEASE_PATIENCE);

    given(sentOn())
        .when(new Call.Expire(), late)
        .then(new CallEvent.ReleaseGivenUp(late, Optional.of(late)));
  }

  @Test
  void shouldSayWhereTheTreatmentPlaysOnceItDoes() {
    given(sentOn())
        .when(new LegReport.TreatmentStarted(PLAYER_SDP), NOW)
        .thenKinds(CallEvent.TreatmentStarted.class, CallEvent.LegReinvited.class)
        .owing(
            signal(
                new Signal.Reinvite(0, CALLER_DIALOG, 1, new SessionDescription(PLAYER_SDP, 2))));
  }

  @Test
  void shouldNotLeaveTheCallerOnTheHoldOfTheAgentWhoIsGone() {
    Personal held = personal("c=IN IP4 127.0.0.2\nm=audio 4000 RTP/AVP 8\na=recvonly");
    Personal hold = personal("c=IN IP4 127.0.0.3\nm=audio 5000 RTP/AVP 8\na=sendonly");

    given(connected())
        .and(
            NOW,
            new LegReport.ReinviteArrived(1, transaction("z9hG4bK-hold", 2), hold),
            new LegReport.ReinviteAnswered(0, 1, held))
        .when(COMMAND, NOW)
        .owing(signal(new Signal.StartTreatment(CALLER_SDP, null)));
  }

  @Test
  void shouldAnswerAProposalThatTheTransferCrosses() {
    Personal hold = personal("c=IN IP4 127.0.0.3\nm=audio 5000 RTP/AVP 8\na=sendonly");

    given(connected())
        .and(NOW, new LegReport.ReinviteArrived(1, transaction("z9hG4bK-hold", 2), hold))
        .when(COMMAND, NOW)
        .thenKinds(CallEvent.RenegotiationRefused.class, CallEvent.CallTransferred.class);
  }

  @Test
  void shouldCarryOutTheSameWishOnce() {
    given(sentOn()).when(COMMAND, NOW).thenRefused(Reason.ALREADY_DONE);
    given(sentOn())
        .when(new Call.Transfer(SERVICE, true, "r2"), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
  }

  @Test
  void shouldSendOnOnlyWhoTalks() {
    given(ringing()).when(COMMAND, NOW).thenRefused(Reason.OUT_OF_ORDER);
    given(unconfirmed()).when(COMMAND, NOW).thenRefused(Reason.OUT_OF_ORDER);
    given(connected())
        .when(new Call.Transfer(new Destination.ToAgent(ANNA), true, "r1"), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    given(plus(connected(), new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 0)))
        .when(COMMAND, NOW)
        .thenRefused(Reason.CALL_OVER);
  }

  @Test
  void shouldTellThePhoneThatItsReferIsDoneBeforeItsBye() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        given(connected())
            .when(new LegReport.ReferArrived(1, REFER, SERVICE), NOW)
            .then(transferred("refer-1-7", REFER));

    assertThat(outcome.effects().subList(0, 2))
        .containsExactly(
            signal(new Signal.AcceptRefer(1, REFER, AGENT_DIALOG, 2)),
            signal(new Signal.Bye(1, AGENT_DIALOG, 4, Refusal.TRANSFERRED)));
  }

  @Test
  void shouldGiveARepeatedReferTheSameAnswer() {
    given(plus(connected(), transferred("refer-1-7", REFER)))
        .when(new LegReport.ReferArrived(1, REFER, SERVICE), NOW)
        .thenNothingNew()
        .owing(signal(new Signal.AcceptRefer(1, REFER, AGENT_DIALOG, 2)));
  }

  @Test
  void shouldTakeNoReferFromTheCaller() {
    given(connected())
        .when(new LegReport.ReferArrived(0, REFER, SERVICE), NOW)
        .thenRefused(Reason.CALL_OVER);
  }

  @Test
  void shouldRingTheNextAgentAndJoinWithHim() {
    Dialog next = dialog("ben-tag", TIMER);

    given(sentOn())
        .and(
            NOW,
            new LegReport.Released(1),
            new Call.Offered(SECOND, new AgentId("ben"), STATION, NOW.plusSeconds(15), 1))
        .when(new LegReport.Answered(2, next, AGENT_SDP), NOW)
        .thenKinds(CallEvent.OfferAccepted.class, CallEvent.CallConnected.class);
  }

  /**
   * Where several rang, one may have been reserved before the site heard of answer and transfer.
   */
  @Test
  void shouldForgoAnOfferThatWasMadeBeforeTheSiteHeardOfTheTransfer() {
    given(sentOn())
        .when(new Call.Offered(SECOND, new AgentId("ben"), STATION, NOW.plusSeconds(15), 0), NOW)
        .then(new CallEvent.OfferForgone(NOW, SECOND))
        .owing(
            tell(new Site.Transfer(FIRST, SERVICE, true)),
            tell(new Site.OfferEnded(SECOND, OfferOutcome.WITHDRAWN)));
  }

  @Test
  void shouldRepeatATransferToASiteThatSpokeBeforeItHeardOfIt() {
    given(sentOn())
        .when(new Call.Queued(SALES, 1, NOW, TreatmentMode.EARLY_MEDIA, 0), NOW)
        .thenNothingNew()
        .owing(tell(new Site.Transfer(FIRST, SERVICE, true)));
  }

  @Test
  void shouldEndAsAbandonedWhereTheCallerLeavesMeanwhile() {
    given(sentOn())
        .when(new LegReport.HungUp(0), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.ABANDONED, Refusal.HUNG_UP, 0))
        .owing(
            tell(
                new Site.CallOver(
                    CALL,
                    CallOutcome.ABANDONED,
                    List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED)),
                    Optional.of(new Site.Transfer(FIRST, SERVICE, true)))));
  }

  @Test
  void shouldKeepACallerForWhomNoTreatmentPlays() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        given(sentOn())
            .when(new LegReport.TreatmentFailed(LegReport.TreatmentFailure.NO_COMMON_CODEC), NOW)
            .thenKinds(CallEvent.TreatmentFailed.class);

    assertThat(outcome.state().phase()).isInstanceOf(Seeking.class);
  }

  @Test
  void shouldRefreshACallerForWhomNoTreatmentPlays() {
    given(sentOn())
        .and(
            NOW,
            new LegReport.TreatmentFailed(LegReport.TreatmentFailure.NO_CAPACITY),
            new Call.Queued(SALES, 1, NOW.plusSeconds(60), TreatmentMode.EARLY_MEDIA, 1),
            new LegReport.TreatmentFailed(LegReport.TreatmentFailure.NO_CAPACITY))
        .when(new LegReport.ReinviteArrived(0, transaction("z9hG4bK-9", 9), CALLER_SDP), NOW)
        .thenKinds(CallEvent.SessionRefreshed.class);
  }

  @Test
  void shouldAnswerASiteThatAsksWhetherTheyStillTalk() {
    Given<Call.Command, CallEvent, CallState> given = given(sentOn());

    given
        .when(new Call.AreYouTalking(FIRST), NOW)
        .thenNothingNew()
        .owing(tell(new Site.OfferAccepted(FIRST)));
    assertThat(
            given
                .and(NOW, new Call.Queued(SALES, 1, NOW, TreatmentMode.EARLY_MEDIA, 1))
                .state()
                .phase())
        .isInstanceOf(Waiting.class);
  }
}

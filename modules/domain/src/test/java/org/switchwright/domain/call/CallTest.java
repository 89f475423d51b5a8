package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.routing.OfferEnd;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** From the first INVITE to the end, as far as callers, sites and stations decide it. */
class CallTest {
  private static Given<Call.Command, CallEvent, CallState> given(CallEvent... events) {
    return given(List.of(events));
  }

  private static Given<Call.Command, CallEvent, CallState> given(List<CallEvent> events) {
    return Given.given(Call.AGGREGATE, CALL.value(), events);
  }

  private static Call.Arrive arrive() {
    CallEvent.CallArrived it = arrived();
    return new Call.Arrive(
        it.interaction(),
        it.site(),
        it.edge(),
        it.point(),
        it.invite(),
        it.dialog(),
        it.caller(),
        it.offered(),
        it.attached());
  }

  @Test
  void shouldSeekAnAgentAtItsSiteOnArrival() {
    given()
        .when(arrive(), NOW)
        .then(arrived())
        .owing(
            tell(
                new Site.Seek(
                    CALL,
                    arrived().interaction(),
                    arrived().point(),
                    arrived().at(),
                    arrived().caller(),
                    arrived().attached())));
  }

  @Test
  void shouldTakeRepeatedInviteForTheSameCall() {
    given(arrived()).when(arrive(), NOW).thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldNotKnowWhatHasNotArrived() {
    given().when(new LegReport.CallerCancelled(), NOW).thenRefused(Reason.UNKNOWN_CALL);
  }

  @Test
  void shouldGreetCallerWithoutOfferBeforeItIsRouted() {
    Given<Call.Command, CallEvent, CallState> given = given(arrived(null));

    assertThat(given.owed()).containsExactly(signal(new Signal.StartTreatment(null, null)));
  }

  @Test
  void shouldTreatCallerWhoWaits() {
    given(arrived())
        .when(new Call.Queued(SALES, 3, NOW.plusSeconds(60), TreatmentMode.EARLY_MEDIA, 0), NOW)
        .then(
            new CallEvent.CallQueued(NOW, SALES, 3, NOW.plusSeconds(60), TreatmentMode.EARLY_MEDIA))
        .owing(signal(new Signal.StartTreatment(CALLER_SDP, null)));
  }

  @Test
  void shouldNotEndForWantOfTreatmentOnceAnAgentHasAnswered() {
    given(arrived(), queued(TreatmentMode.EARLY_MEDIA), offered(FIRST), accepted())
        .when(new LegReport.TreatmentFailed(LegReport.TreatmentFailure.NO_COMMON_CODEC), NOW)
        .then(new CallEvent.TreatmentFailed(NOW, LegReport.TreatmentFailure.NO_COMMON_CODEC));
  }

  @Test
  void shouldFollowItsPlaceIntoAnotherQueue() {
    given(waiting(TreatmentMode.EARLY_MEDIA))
        .when(
            new Call.Queued(
                new org.switchwright.domain.QueueId("service"),
                1,
                NOW.plusSeconds(60),
                TreatmentMode.EARLY_MEDIA,
                0),
            NOW)
        .thenKinds(CallEvent.CallQueued.class);
  }

  @Test
  void shouldRingStationThatTheSiteOffers() {
    given(arrived())
        .when(new Call.Offered(FIRST, ANNA, STATION, NOW.plusSeconds(15), 0), NOW)
        .then(offered(FIRST))
        .owing(
            signal(
                new Signal.InviteStation(
                    1, STATION, CALLER, new SessionDescription(CALLER_SDP, 1))));
  }

  @Test
  void shouldTakeTheSameOfferOnce() {
    given(ringing())
        .when(new Call.Offered(FIRST, ANNA, STATION, NOW.plusSeconds(15), 0), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldNotTakeOfferWhoseEndCameFirst() {
    given(arrived())
        .when(new Call.EndOffer(FIRST), NOW)
        .then(new CallEvent.OfferForgone(NOW, FIRST))
        .owing(tell(new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN)));

    given(arrived(), new CallEvent.OfferForgone(NOW, FIRST))
        .when(new Call.Offered(FIRST, ANNA, STATION, NOW.plusSeconds(15), 0), NOW)
        .thenNothingNew()
        .owing(tell(new Site.OfferEnded(FIRST, OfferOutcome.WITHDRAWN)));
  }

  @Test
  void shouldAnswerCallerWithTheAgentsSession() {
    given(ringing())
        .when(new LegReport.Answered(1, AGENT_DIALOG, AGENT_SDP), NOW)
        .then(accepted())
        .owing(
            tell(new Site.OfferAccepted(FIRST)),
            signal(new Signal.Answer(INVITE, new SessionDescription(AGENT_SDP, 1), TIMER)));
  }

  @Test
  void shouldBeConnectedOnceTheCallerHasAcknowledged() {
    given(arrived(), offered(FIRST), accepted())
        .when(new LegReport.CallerAcknowledged(null), NOW)
        .then(confirmed(), new CallEvent.CallConnected(NOW));
  }

  @Test
  void shouldEndOfferAsTheStationSaid() {
    refused(StationRefusal.REJECTED, OfferOutcome.REJECTED);
    refused(StationRefusal.BUSY, OfferOutcome.BUSY);
    refused(StationRefusal.UNREACHABLE, OfferOutcome.UNREACHABLE);
  }

  private static void refused(StationRefusal refusal, OfferOutcome outcome) {
    given(ringing())
        .when(new LegReport.Refused(1, refusal, 400), NOW)
        .then(new CallEvent.OfferEnded(NOW, FIRST, outcome, 400))
        .owing(tell(new Site.OfferEnded(FIRST, outcome)));
  }

  @Test
  void shouldCallItMissedWhereAStationRangAndThenFellSilent() {
    given(arrived(), offered(FIRST), new CallEvent.StationRang(NOW, FIRST))
        .when(new LegReport.Refused(1, StationRefusal.UNREACHABLE, 408), NOW)
        .then(new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.MISSED, 408));
  }

  @Test
  void shouldSilenceAStationThatRingsForAnOfferThatIsOver() {
    given(plus(ringing(), new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.UNREACHABLE, 408)))
        .when(new LegReport.Ringing(1), NOW)
        .then()
        .owing(signal(new Signal.SilenceStation(1)));

    given(arrived(), offered(FIRST), accepted())
        .when(new LegReport.Ringing(1), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldStopRingingWhenTheTimeIsUpAndReportWhatCameOfIt() {
    given(ringing())
        .when(new Call.EndOffer(FIRST), NOW)
        .then(new CallEvent.OfferEnding(NOW, FIRST, OfferOutcome.MISSED))
        .owing(signal(new Signal.CancelStation(1, STATION, CALLER)));

    given(plus(ringing(), new CallEvent.OfferEnding(NOW, FIRST, OfferOutcome.MISSED)))
        .when(new LegReport.Refused(1, StationRefusal.CANCELLED, 487), NOW)
        .then(new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.MISSED, 487));
  }

  @Test
  void shouldTakeAnswerThatCrossedTheOrderToStopRinging() {
    given(plus(ringing(), new CallEvent.OfferEnding(NOW, FIRST, OfferOutcome.MISSED)))
        .when(new LegReport.Answered(1, AGENT_DIALOG, AGENT_SDP), NOW)
        .then(accepted());
  }

  @Test
  void shouldNotBlameAgentWhoHungUpBeforeItsAnswerWasHeard() {
    given(ringing())
        .when(new LegReport.HungUp(1), NOW)
        .then(new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.WITHDRAWN, 0));
  }

  @Test
  void shouldStopRingingAndTellTheSiteWhenTheCallerCancels() {
    given(ringing())
        .when(new LegReport.CallerCancelled(), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.ABANDONED, Refusal.CANCELLED, 0))
        .owing(
            signal(new Signal.CancelStation(1, STATION, CALLER)),
            tell(
                new Site.CallOver(
                    CALL,
                    CallOutcome.ABANDONED,
                    List.of(new OfferEnd(FIRST, OfferOutcome.WITHDRAWN)))))
        .owingNone(effect -> effect.toString().contains("Refuse["));
  }

  @Test
  void shouldEndAgentsLegWhoAnsweredTooLate() {
    given(
            plus(
                ringing(),
                new CallEvent.CallEnded(NOW, CallOutcome.ABANDONED, Refusal.CANCELLED, 0)))
        .when(new LegReport.Answered(1, AGENT_DIALOG, AGENT_SDP), NOW)
        .then(new CallEvent.AnsweredTooLate(NOW, 1, AGENT_DIALOG))
        .owing(signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.TOO_LATE)));
  }

  @Test
  void shouldRefuseCallerWhomTheSiteReleasesUntilTheRefusalIsOut() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        given(arrived())
            .when(new Call.Release(Refusal.QUEUE_FULL), NOW)
            .then(new CallEvent.CallEnded(NOW, CallOutcome.OVERFLOWED, Refusal.QUEUE_FULL, -1))
            .owing(signal(new Signal.Refuse(INVITE, Refusal.QUEUE_FULL)));

    assertThat(Call.AGGREGATE.owed(outcome.state()))
        .contains(signal(new Signal.Refuse(INVITE, Refusal.QUEUE_FULL)));
    given(arrived(), new CallEvent.CallEnded(NOW, CallOutcome.OVERFLOWED, Refusal.QUEUE_FULL, -1))
        .when(new LegReport.Released(0), NOW)
        .then(new CallEvent.LegReleased(NOW, 0));
  }

  @Test
  void shouldNotCallItOverflowWhereTheAddressIsUnknown() {
    given(arrived())
        .when(new Call.Release(Refusal.NOT_FOUND), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.REFUSED, Refusal.NOT_FOUND, -1));
  }

  @Test
  void shouldCountAsServedWhereEitherSideHangsUpAConversation() {
    given(connected())
        .when(new LegReport.HungUp(0), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 0))
        .owing(signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.HUNG_UP)));
    given(connected())
        .when(new LegReport.HungUp(1), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 1))
        .owing(signal(new Signal.Bye(0, CALLER_DIALOG, 1, Refusal.HUNG_UP)));
  }

  @Test
  void shouldCountAsServedWhereTheCallerHangsUpWhileBeingJoined() {
    given(unconfirmed())
        .when(new LegReport.HungUp(0), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 0))
        .owing(
            signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.HUNG_UP)),
            tell(
                new Site.CallOver(
                    CALL,
                    CallOutcome.SERVED,
                    List.of(new OfferEnd(FIRST, OfferOutcome.ACCEPTED)))));
  }

  @Test
  void shouldCountAsAbandonedWhereTheCallerCancelsBeforeHearingOfTheAnswer() {
    given(unconfirmed())
        .when(new LegReport.CallerCancelled(), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.ABANDONED, Refusal.CANCELLED, 0));
  }

  @Test
  void shouldCountAsFailedWhereTheCallerNeverAcknowledgesTheAnswer() {
    given(unconfirmed())
        .when(new LegReport.NeverAcknowledged(0), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.FAILED, Refusal.TIMED_OUT, -1));
  }

  @Test
  void shouldRepeatTheTruthToASiteThatDoesNotKnowIt() {
    given(connected())
        .when(new Call.EndOffer(FIRST), NOW)
        .thenNothingNew()
        .owing(tell(new Site.OfferAccepted(FIRST)));
    given(plus(ringing(), new CallEvent.OfferEnded(NOW, FIRST, OfferOutcome.REJECTED, 603)))
        .when(new Call.EndOffer(FIRST), NOW)
        .thenNothingNew()
        .owing(tell(new Site.OfferEnded(FIRST, OfferOutcome.REJECTED)));
  }

  @Test
  void shouldBeForgottenOnceSettledAndAllLegsAreGone() {
    Given<Call.Command, CallEvent, CallState> ended =
        given(
            plus(
                connected(), new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 0)));
    assertThat(Call.AGGREGATE.over(ended.state())).isFalse();

    CallState settled = ended.and(NOW, new Call.Settle(), new LegReport.Released(1)).state();

    assertThat(Call.AGGREGATE.over(settled)).isTrue();
    assertThat(Call.AGGREGATE.owed(settled)).isEmpty();
    assertThat(Call.AGGREGATE.due(settled)).isEmpty();
  }

  @Test
  void shouldRefuseCallerWhoseSiteDoesNotAnswer() {
    given(arrived())
        .when(new Call.Expire(), NOW.plus(Call.SITE_PATIENCE))
        .then(
            new CallEvent.CallEnded(
                NOW.plus(Call.SITE_PATIENCE), CallOutcome.REFUSED, Refusal.OVERLOADED, -1));
    given(arrived()).when(new Call.Expire(), NOW).thenRefused(Reason.OUT_OF_ORDER);
  }

  @Test
  void shouldWithdrawOfferWhoseEdgeDied() {
    given(ringing())
        .when(new LegReport.Orphaned(1), NOW)
        .then(new CallEvent.OfferEnding(NOW, FIRST, OfferOutcome.WITHDRAWN))
        .owing(signal(new Signal.CancelStation(1, STATION, CALLER)));
  }

  @Test
  void shouldHaveItsLegsAttendedAfterARecovery() {
    assertThat(given(connected()).resume())
        .contains(
            signal(new Signal.Attend(0, CALLER.key(), null)),
            signal(new Signal.Attend(1, CALLER.key(), null)));
    assertThat(given(arrived()).resume())
        .contains(signal(new Signal.Attend(0, CALLER.key(), INVITE)));
  }
}

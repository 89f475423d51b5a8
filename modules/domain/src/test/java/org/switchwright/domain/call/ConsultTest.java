package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Given;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.CallEvent.CallConnected;
import org.switchwright.domain.call.CallEvent.ConsultBegan;
import org.switchwright.domain.call.CallEvent.ConsultEnded;
import org.switchwright.domain.call.CallEvent.LegReinvited;
import org.switchwright.domain.call.Consultation.Ending;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.domain.site.Site;

/** An agent asks another one about the caller. */
class ConsultTest {
  private static final AgentId BEN = new AgentId("ben");
  private static final Destination SERVICE = new Destination.ToQueue(new QueueId("service"));
  private static final Call.Consult COMMAND = new Call.Consult(SERVICE, "r1");
  private static final Personal BENS_SDP = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8");
  private static final Dialog BENS_DIALOG = dialog("ben-tag", TIMER);
  private static final Personal ANNA_HELD =
      personal("c=IN IP4 127.0.0.2\nm=audio 4000 RTP/AVP 8\na=inactive");
  private static final Personal ANNA_ON_HOLD =
      personal("c=IN IP4 127.0.0.3\nm=audio 5000 RTP/AVP 8\na=inactive");
  private static final Call.Offered OFFERED =
      new Call.Offered(SECOND, BEN, STATION, NOW.plusSeconds(15), 0, 1);

  private static Given<Call.Command, CallEvent, CallState> connectedCall() {
    return Given.given(Call.AGGREGATE, CALL.value(), connected());
  }

  /** The caller hears the treatment, Anna is on hold. */
  private static Given<Call.Command, CallEvent, CallState> searching() {
    return connectedCall()
        .and(
            NOW,
            COMMAND,
            new LegReport.ReinviteAnswered(1, 2, ANNA_ON_HOLD),
            new LegReport.TreatmentStarted(PLAYER_SDP),
            new LegReport.ReinviteAnswered(0, 1, CALLER_SDP));
  }

  private static Given<Call.Command, CallEvent, CallState> ringing() {
    return searching().and(NOW, OFFERED);
  }

  /** Anna talks to Ben. */
  private static Given<Call.Command, CallEvent, CallState> answered() {
    return ringing()
        .and(
            NOW,
            new LegReport.Answered(2, BENS_DIALOG, BENS_SDP),
            new LegReport.ReinviteAnswered(1, 3, AGENT_SDP));
  }

  @Test
  void shouldLetTheCallerHearTreatmentAndPutTheAgentOnHold() {
    connectedCall()
        .when(COMMAND, NOW)
        .then(
            new ConsultBegan(NOW, 1, FIRST, ANNA, SERVICE, "r1", null),
            new LegReinvited(NOW, 1, Leg.Purpose.HOLD, 2, new SessionDescription(ANNA_HELD, 2)))
        .owing(
            signal(new Signal.StartTreatment(CALLER_SDP, null)),
            signal(new Signal.Reinvite(1, AGENT_DIALOG, 2, new SessionDescription(ANNA_HELD, 2))),
            tell(new Site.Consult(FIRST, 1, SERVICE)))
        .owingNone(effect -> effect.toString().contains("Bye"));
  }

  @Test
  void shouldTellTheSiteUntilItAnswers() {
    assertThat(searching().owed()).contains(tell(new Site.Consult(FIRST, 1, SERVICE)));
    assertThat(ringing().owed()).doesNotContain(tell(new Site.Consult(FIRST, 1, SERVICE)));
  }

  @Test
  void shouldBeginOnceAndOnlyWhereAnAgentTalks() {
    searching().when(COMMAND, NOW).thenRefused(Reason.ALREADY_DONE);
    searching().when(new Call.Consult(SERVICE, "r2"), NOW).thenRefused(Reason.OUT_OF_ORDER);
    Given.given(Call.AGGREGATE, CALL.value(), Calls.ringing())
        .when(COMMAND, NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    connectedCall()
        .when(new Call.Consult(new Destination.ToAgent(ANNA), "r1"), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    connectedCall()
        .when(new Call.Consult(new Destination.Back(), "r1"), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
  }

  @Test
  void shouldOfferTheAgentsSessionNotTheCallers() {
    searching()
        .when(OFFERED, NOW)
        .owing(
            signal(
                new Signal.InviteStation(
                    2, STATION, CALLER, new SessionDescription(AGENT_SDP, 1))));
  }

  @Test
  void shouldBringTheTwoAgentsTogether() {
    ringing()
        .when(new LegReport.Answered(2, BENS_DIALOG, BENS_SDP), NOW)
        .then(
            new CallEvent.OfferAccepted(NOW, SECOND, BENS_DIALOG, BENS_SDP),
            new LegReinvited(NOW, 1, Leg.Purpose.UPDATE, 3, new SessionDescription(BENS_SDP, 3)))
        .owing(tell(new Site.OfferAccepted(SECOND)));
    answered()
        .when(new LegReport.ReinviteAnswered(1, 3, AGENT_SDP), NOW)
        .thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldHandTheCallerOver() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        answered()
            .when(new Call.CompleteConsult(), NOW)
            .thenKinds(ConsultEnded.class, LegReinvited.class)
            .owing(
                signal(new Signal.Bye(1, AGENT_DIALOG, 4, Refusal.TRANSFERRED)),
                tell(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND))));

    assertThat(outcome.state().phase()).isInstanceOf(Phase.Joining.class);
    answered()
        .and(NOW, new Call.CompleteConsult())
        .when(new LegReport.ReinviteAnswered(0, 2, CALLER_SDP), NOW)
        .thenKinds(CallEvent.ReinviteSettled.class, CallConnected.class, LegReinvited.class)
        .owing(
            signal(new Signal.StopTreatment()),
            signal(new Signal.Reinvite(2, BENS_DIALOG, 2, new SessionDescription(CALLER_SDP, 2))));
  }

  @Test
  void shouldGiveTheCallerBackWhoeverRings() {
    ringing()
        .when(new Call.RetrieveCaller(), NOW)
        .thenKinds(ConsultEnded.class, LegReinvited.class)
        .owing(
            signal(new Signal.CancelStation(2, STATION, CALLER)),
            tell(new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty())),
            signal(new Signal.Reinvite(0, CALLER_DIALOG, 2, new SessionDescription(AGENT_SDP, 3))));
    // Anna is taken from hold once the caller hears her phone.
    ringing()
        .and(NOW, new Call.RetrieveCaller())
        .when(new LegReport.ReinviteAnswered(0, 2, CALLER_SDP), NOW)
        .owing(
            signal(new Signal.Reinvite(1, AGENT_DIALOG, 3, new SessionDescription(CALLER_SDP, 3))));
    answered()
        .when(new Call.RetrieveCaller(), NOW)
        .owing(signal(new Signal.Bye(2, BENS_DIALOG, 2, Refusal.TRANSFERRED)));
  }

  @Test
  void shouldTellTheSiteOfTheEndUntilItTakesNote() {
    Given<Call.Command, CallEvent, CallState> over =
        answered().and(NOW, new Call.CompleteConsult());

    assertThat(over.owed())
        .contains(tell(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND))));
    assertThat(over.and(NOW, new Call.ConsultOver(1)).owed())
        .doesNotContain(tell(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND))));
  }

  /** Who leaves, when, and what comes of it. */
  @Test
  void shouldEndAsDocumentedWhoeverLeaves() {
    record Case(Given<Call.Command, CallEvent, CallState> given, LegReport report, Ending ending) {}
    for (Case it :
        List.of(
            new Case(searching(), new LegReport.HungUp(1), Ending.LEFT),
            new Case(ringing(), new LegReport.HungUp(1), Ending.LEFT),
            new Case(answered(), new LegReport.HungUp(1), Ending.COMPLETED),
            new Case(answered(), new LegReport.HungUp(2), Ending.RETRIEVED),
            new Case(answered(), new LegReport.NeverAcknowledged(2), Ending.RETRIEVED),
            new Case(answered(), new LegReport.NeverAcknowledged(1), Ending.COMPLETED))) {
      assertThat(it.given().when(it.report(), NOW).events().getFirst())
          .isInstanceOfSatisfying(
              ConsultEnded.class, ended -> assertThat(ended.ending()).isEqualTo(it.ending()));
    }
  }

  @Test
  void shouldSendTheCallerBackToTheFrontWhereWhoeverAskedIsGone() {
    ringing()
        .when(new LegReport.HungUp(1), NOW)
        .then(new ConsultEnded(NOW, 1, FIRST, FIRST, ANNA, Ending.LEFT, true, false, null))
        .owing(
            signal(new Signal.CancelStation(2, STATION, CALLER)),
            tell(new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty())),
            tell(new Site.Transfer(FIRST, new Destination.Back(), true)))
        .owingNone(effect -> effect.toString().contains("Bye"));
  }

  @Test
  void shouldEndAllLegsWhenTheCallerHangsUp() {
    answered()
        .when(new LegReport.HungUp(0), NOW)
        .then(new CallEvent.CallEnded(NOW, CallOutcome.SERVED, Refusal.HUNG_UP, 0))
        .owing(
            signal(new Signal.Bye(1, AGENT_DIALOG, 4, Refusal.HUNG_UP)),
            signal(new Signal.Bye(2, BENS_DIALOG, 2, Refusal.HUNG_UP)));
  }

  @Test
  void shouldGiveTheCallerBackWhereTheSiteFindsNobodyOrIsSilent() {
    searching()
        .when(new Call.ConsultOver(1), NOW)
        .thenKinds(ConsultEnded.class, LegReinvited.class);
    searching().when(new Call.ConsultOver(7), NOW).thenRefused(Reason.ALREADY_DONE);
    var late = NOW.plus(Call.CONSULT_PATIENCE);
    searching().when(new Call.Expire(), late).thenKinds(ConsultEnded.class, LegReinvited.class);
  }

  @Test
  void shouldTakeNoOfferThatIsNotMeantForWhatItAsksNow() {
    Call.Offered old = new Call.Offered(SECOND, BEN, STATION, NOW.plusSeconds(15), 0, 0);

    searching().when(old, NOW).thenKinds(CallEvent.OfferForgone.class);
    searching()
        .and(NOW, new LegReport.HungUp(1))
        .when(OFFERED, NOW)
        .thenKinds(CallEvent.OfferForgone.class)
        .owing(
            tell(new Site.ConsultOver(FIRST, 1, FIRST, Optional.empty())),
            tell(new Site.OfferEnded(SECOND, OfferOutcome.WITHDRAWN)));
  }

  @Test
  void shouldSeeToAllLegsAfterARestart() {
    assertThat(answered().resume())
        .contains(
            signal(new Signal.Attend(0, CALLER.key(), null)),
            signal(new Signal.Attend(1, CALLER.key(), null)),
            signal(new Signal.Attend(2, CALLER.key(), null)));
    answered().when(new LegReport.Orphaned(1), NOW).thenKinds(LegReinvited.class);
    answered().when(new LegReport.Orphaned(0), NOW).thenKinds(CallEvent.TreatmentRestarted.class);
  }

  @Test
  void shouldPassOnHoldBetweenTheAgents() {
    Personal hold = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8\na=sendonly");

    answered()
        .when(new LegReport.ReinviteArrived(2, transaction("z9hG4bK-hold", 2), hold), NOW)
        .thenKinds(CallEvent.RenegotiationStarted.class, LegReinvited.class)
        .owing(signal(new Signal.Reinvite(1, AGENT_DIALOG, 4, new SessionDescription(hold, 4))));
    answered()
        .when(new LegReport.ReinviteArrived(0, transaction("z9hG4bK-9", 9), CALLER_HOLD), NOW)
        .thenKinds(CallEvent.TreatmentRenewed.class);
  }

  @Test
  void shouldConsultAgainOnceTheSiteKnowsOfTheEnd() {
    Given<Call.Command, CallEvent, CallState> back =
        searching()
            .and(NOW, new Call.RetrieveCaller(), new LegReport.ReinviteAnswered(0, 2, CALLER_SDP));

    back.when(new Call.Consult(SERVICE, "r2"), NOW).thenRefused(Reason.OUT_OF_ORDER);
    assertThat(
            back.and(NOW, new Call.ConsultOver(1))
                .when(new Call.Consult(SERVICE, "r2"), NOW)
                .events()
                .getFirst())
        .isEqualTo(new ConsultBegan(NOW, 2, FIRST, ANNA, SERVICE, "r2", null));
  }
}

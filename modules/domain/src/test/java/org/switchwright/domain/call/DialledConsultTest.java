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
import org.switchwright.domain.RoutingPointId;
import org.switchwright.domain.call.CallEvent.ConsultBegan;
import org.switchwright.domain.call.CallEvent.ConsultEnded;
import org.switchwright.domain.call.CallEvent.LegReinvited;
import org.switchwright.domain.call.Consultation.Dialled;
import org.switchwright.domain.call.Consultation.Ending;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;

/** An agent asks another one about the caller in a second call of the phone. */
class DialledConsultTest {
  private static final int LEG = 9_123;
  private static final AgentId BEN = new AgentId("ben");
  private static final Destination TO = new Destination.ToAddress(new RoutingPointId("service"));
  private static final Personal OFFERED = personal("c=IN IP4 127.0.0.3\nm=audio 5002 RTP/AVP 8");
  private static final Personal HELD =
      personal("c=IN IP4 127.0.0.3\nm=audio 5002 RTP/AVP 8\na=inactive");
  private static final ServerTransaction INVITE = transaction("z9hG4bK-dialled", 1);
  private static final ServerTransaction REFER = transaction("z9hG4bK-refer", 7);
  private static final Dialog DIALOG = dialog("anna-second", TIMER);
  private static final Dialled DIALLED = new Dialled(LEG, INVITE, DIALOG, OFFERED);
  private static final LegReport.Dialled DIALS = new LegReport.Dialled(ANNA, DIALLED, TO);
  private static final Personal BENS_SDP = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8");
  private static final Dialog BENS_DIALOG = dialog("ben-tag", TIMER);
  private static final Call.Offered TO_BEN =
      new Call.Offered(SECOND, BEN, STATION, NOW.plusSeconds(15), 0, 1);
  private static final LegReport.ReplaceArrived REPLACES =
      new LegReport.ReplaceArrived(1, REFER, LEG);

  private static Given<Call.Command, CallEvent, CallState> connectedCall() {
    return Given.given(Call.AGGREGATE, CALL.value(), connected());
  }

  private static Given<Call.Command, CallEvent, CallState> ringing() {
    return connectedCall()
        .and(
            NOW,
            DIALS,
            new LegReport.TreatmentStarted(PLAYER_SDP),
            new LegReport.ReinviteAnswered(0, 1, CALLER_SDP),
            TO_BEN);
  }

  private static Given<Call.Command, CallEvent, CallState> answered() {
    return ringing()
        .and(
            NOW,
            new LegReport.Answered(2, BENS_DIALOG, BENS_SDP),
            new LegReport.ReinviteAnswered(LEG, 2, OFFERED));
  }

  @Test
  void shouldAnswerAtOnceAndLeaveTheFirstDialogAlone() {
    connectedCall()
        .when(DIALS, NOW)
        .then(new ConsultBegan(NOW, 1, FIRST, ANNA, TO, "dialled-z9hG4bK-dialled", DIALLED))
        .owing(
            signal(new Signal.AnswerReinvite(LEG, INVITE, new SessionDescription(HELD, 1), TIMER)),
            signal(new Signal.StartTreatment(CALLER_SDP, null)),
            tell(new Site.Consult(FIRST, 1, TO)))
        .owingNone(effect -> effect.toString().contains("Signal.Reinvite"));
  }

  @Test
  void shouldBeginOnceAndOnlyForTheAgentWhoTalks() {
    ringing().when(DIALS, NOW).thenRefused(Reason.ALREADY_DONE);
    connectedCall()
        .when(new LegReport.Dialled(BEN, DIALLED, TO), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    ringing()
        .when(
            new LegReport.Dialled(
                ANNA, new Dialled(LEG, transaction("z9hG4bK-other", 1), DIALOG, OFFERED), TO),
            NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    Given.given(Call.AGGREGATE, CALL.value(), Calls.ringing())
        .when(DIALS, NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
  }

  @Test
  void shouldOfferWhatTheSecondDialogOffered() {
    assertThat(ringing().owed())
        .contains(
            signal(
                new Signal.InviteStation(2, STATION, CALLER, new SessionDescription(OFFERED, 1))));
  }

  @Test
  void shouldBringTheTwoAgentsTogetherInTheSecondDialog() {
    ringing()
        .when(new LegReport.Answered(2, BENS_DIALOG, BENS_SDP), NOW)
        .then(
            new CallEvent.OfferAccepted(NOW, SECOND, BENS_DIALOG, BENS_SDP),
            new LegReinvited(NOW, LEG, Leg.Purpose.UPDATE, 2, new SessionDescription(BENS_SDP, 2)))
        .owing(signal(new Signal.Reinvite(LEG, DIALOG, 2, new SessionDescription(BENS_SDP, 2))));
  }

  @Test
  void shouldHandOverByReplaces() {
    Given.Outcome<Call.Command, CallEvent, CallState> outcome =
        answered()
            .when(REPLACES, NOW)
            .thenKinds(ConsultEnded.class, LegReinvited.class)
            .owing(
                signal(new Signal.AcceptRefer(1, REFER, AGENT_DIALOG, 2)),
                signal(new Signal.Bye(1, AGENT_DIALOG, 4, Refusal.TRANSFERRED)),
                signal(new Signal.Bye(LEG, DIALOG, 3, Refusal.TRANSFERRED)),
                signal(
                    new Signal.Reinvite(0, CALLER_DIALOG, 2, new SessionDescription(BENS_SDP, 3))),
                tell(new Site.ConsultOver(FIRST, 1, SECOND, Optional.of(SECOND))));
    assertThat(outcome.events().getFirst())
        .isEqualTo(
            new ConsultEnded(NOW, 1, FIRST, SECOND, BEN, Ending.COMPLETED, false, false, REFER));
    // The REFER comes again: the same answer.
    answered()
        .and(NOW, REPLACES)
        .when(REPLACES, NOW)
        .then()
        .owing(signal(new Signal.AcceptRefer(1, REFER, AGENT_DIALOG, 2)));
  }

  @Test
  void shouldNotReplaceWhatIsNotThere() {
    ringing().when(REPLACES, NOW).thenRefused(Reason.OUT_OF_ORDER);
    connectedCall().when(REPLACES, NOW).thenRefused(Reason.OUT_OF_ORDER);
    answered()
        .when(new LegReport.ReplaceArrived(1, REFER, LEG + 1), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    answered()
        .when(new LegReport.ReplaceArrived(2, REFER, LEG), NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
  }

  /** Which leg ends by itself, when, and what comes of it. */
  @Test
  void shouldEndAsDocumentedWhicheverLegEnds() {
    record Case(
        Given<Call.Command, CallEvent, CallState> given, int leg, Ending ending, int... byes) {}
    for (Case it :
        List.of(
            new Case(ringing(), 1, Ending.LEFT, LEG),
            new Case(ringing(), LEG, Ending.RETRIEVED),
            new Case(answered(), 1, Ending.COMPLETED, LEG),
            new Case(answered(), 2, Ending.RETRIEVED, LEG),
            new Case(answered(), LEG, Ending.RETRIEVED, 2))) {
      Given.Outcome<Call.Command, CallEvent, CallState> outcome =
          it.given().when(new LegReport.HungUp(it.leg()), NOW);
      assertThat(outcome.events().getFirst())
          .isInstanceOfSatisfying(
              ConsultEnded.class, ended -> assertThat(ended.ending()).isEqualTo(it.ending()));
      assertThat(outcome.state().leaving().legs().keySet())
          .containsExactlyInAnyOrder(
              java.util.Arrays.stream(it.byes()).boxed().toArray(Integer[]::new));
    }
  }

  @Test
  void shouldEndAllLegsWhenTheCallerHangsUp() {
    answered()
        .when(new LegReport.HungUp(0), NOW)
        .owing(
            signal(new Signal.Bye(1, AGENT_DIALOG, 2, Refusal.HUNG_UP)),
            signal(new Signal.Bye(LEG, DIALOG, 3, Refusal.HUNG_UP)),
            signal(new Signal.Bye(2, BENS_DIALOG, 2, Refusal.HUNG_UP)));
  }

  @Test
  void shouldAnswerAgainAfterTheDeathOfTheEdgeThatMayNotHave() {
    assertThat(ringing().resume()).contains(signal(new Signal.Attend(LEG, CALLER.key(), null)));
    ringing()
        .when(new LegReport.Orphaned(LEG), NOW)
        .then()
        .owing(
            signal(new Signal.AnswerReinvite(LEG, INVITE, new SessionDescription(HELD, 1), TIMER)));
    answered()
        .when(new LegReport.Orphaned(LEG), NOW)
        .thenKinds(LegReinvited.class)
        .owingNone(effect -> effect.toString().contains("AnswerReinvite"));
  }

  @Test
  void shouldPassOnHoldBetweenTheAgents() {
    Personal hold = personal("c=IN IP4 127.0.0.3\nm=audio 5002 RTP/AVP 8\na=sendonly");

    answered()
        .when(new LegReport.ReinviteArrived(LEG, transaction("z9hG4bK-hold", 2), hold), NOW)
        .thenKinds(CallEvent.RenegotiationStarted.class, LegReinvited.class);
    // In the first dialog nothing is changed meanwhile.
    answered()
        .when(new LegReport.ReinviteArrived(1, transaction("z9hG4bK-back", 2), hold), NOW)
        .owing(
            signal(
                new Signal.RefuseReinvite(
                    1, transaction("z9hG4bK-back", 2), Refusal.RENEGOTIATING)));
  }
}

package org.switchwright.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.switchwright.domain.call.Calls.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.Decision.Reason;
import org.switchwright.domain.Effect;
import org.switchwright.domain.Given;
import org.switchwright.domain.Personal;
import org.switchwright.domain.QueueId;
import org.switchwright.domain.call.CallEvent.ConferenceBegan;
import org.switchwright.domain.call.CallEvent.ConferenceEnded;
import org.switchwright.domain.call.CallEvent.ConferenceJoined;
import org.switchwright.domain.call.CallEvent.ConsultEnded;
import org.switchwright.domain.call.CallEvent.LegReinvited;
import org.switchwright.domain.routing.Destination;
import org.switchwright.domain.site.Site;

/** A caller and two agents in a room of a mixer. */
class ConferenceTest {
  private static final Personal ROOM = Personal.of(CALLER.key(), "sip:room@127.0.0.9");
  private static final Call.Confer CONFER = new Call.Confer("sip:room@127.0.0.9");
  private static final Destination SERVICE = new Destination.ToQueue(new QueueId("service"));
  private static final Personal BENS_SDP = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8");
  private static final Dialog BENS_DIALOG = dialog("ben-tag", TIMER);
  private static final Call.Offered OFFERED =
      new Call.Offered(SECOND, new AgentId("ben"), STATION, NOW.plusSeconds(15), 0, 1);
  private static final int CALLERS = 8_000;
  private static final int ANNAS = 8_001;
  private static final int BENS = 8_002;

  private static Personal mixer(int port) {
    return personal("c=IN IP4 127.0.0.9\nm=audio " + port + " RTP/AVP 8");
  }

  private static Dialog room(int leg) {
    return dialog("room-" + leg, TIMER);
  }

  /** Anna and Ben talk, the caller hears treatment. */
  private static Given<Call.Command, CallEvent, CallState> consulting() {
    return Given.given(Call.AGGREGATE, CALL.value(), connected())
        .and(
            NOW,
            new Call.Consult(SERVICE, "r1"),
            new LegReport.ReinviteAnswered(1, 2, AGENT_SDP),
            new LegReport.TreatmentStarted(PLAYER_SDP),
            new LegReport.ReinviteAnswered(0, 1, CALLER_SDP),
            OFFERED,
            new LegReport.Answered(2, BENS_DIALOG, BENS_SDP),
            new LegReport.ReinviteAnswered(1, 3, AGENT_SDP));
  }

  private static Given<Call.Command, CallEvent, CallState> inviting() {
    return consulting().and(NOW, CONFER);
  }

  private static Given<Call.Command, CallEvent, CallState> mixed() {
    return inviting()
        .and(
            NOW,
            new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)),
            new LegReport.Answered(ANNAS, room(ANNAS), mixer(20)),
            new LegReport.Answered(BENS, room(BENS), mixer(30)),
            new LegReport.ReinviteAnswered(0, 2, CALLER_SDP),
            new LegReport.ReinviteAnswered(1, 4, AGENT_SDP),
            new LegReport.ReinviteAnswered(2, 2, BENS_SDP));
  }

  @Test
  void shouldInviteALegToTheRoomForEach() {
    consulting()
        .when(CONFER, NOW)
        .then(new ConferenceBegan(NOW, CALLERS, ROOM))
        .owing(
            signal(
                new Signal.InviteStation(
                    CALLERS, ROOM, CALLER, new SessionDescription(CALLER_SDP, 1))),
            signal(
                new Signal.InviteStation(
                    ANNAS, ROOM, CALLER, new SessionDescription(AGENT_SDP, 1))),
            signal(
                new Signal.InviteStation(BENS, ROOM, CALLER, new SessionDescription(BENS_SDP, 1))));
    assertThat(inviting().owed())
        .contains(
            signal(
                new Signal.InviteStation(BENS, ROOM, CALLER, new SessionDescription(BENS_SDP, 1))));
  }

  @Test
  void shouldConferOnlyWhereWhoeverWasAskedHasAnswered() {
    Given.given(Call.AGGREGATE, CALL.value(), connected())
        .when(CONFER, NOW)
        .thenRefused(Reason.OUT_OF_ORDER);
    inviting().when(CONFER, NOW).thenRefused(Reason.ALREADY_DONE);
  }

  @Test
  void shouldSendEachParticipantToItsOwnLegOfTheRoom() {
    inviting()
        .when(new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)), NOW)
        .then(
            new ConferenceJoined(NOW, CALLERS, room(CALLERS), mixer(10)),
            new LegReinvited(NOW, 0, Leg.Purpose.UPDATE, 2, new SessionDescription(mixer(10), 3)));
    // Once the caller is there, the treatment ends.
    inviting()
        .and(NOW, new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)))
        .when(new LegReport.ReinviteAnswered(0, 2, CALLER_SDP), NOW)
        .owing(signal(new Signal.StopTreatment()));
    inviting()
        .when(new LegReport.Answered(BENS, room(BENS), mixer(30)), NOW)
        .owing(
            signal(new Signal.Reinvite(2, BENS_DIALOG, 2, new SessionDescription(mixer(30), 2))));
  }

  /** One thing is passed on at a time; whoever came meanwhile is told after it. */
  @Test
  void shouldTellWhoeverHadToWait() {
    Personal hold = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8\na=sendonly");
    Given<Call.Command, CallEvent, CallState> passingOn =
        inviting()
            .and(
                NOW,
                new LegReport.Answered(BENS, room(BENS), mixer(30)),
                new LegReport.ReinviteAnswered(2, 2, BENS_SDP),
                new LegReport.ReinviteArrived(2, transaction("z9hG4bK-hold", 2), hold));

    passingOn
        .when(new LegReport.Answered(ANNAS, room(ANNAS), mixer(20)), NOW)
        .thenKinds(ConferenceJoined.class);
    Given<Call.Command, CallEvent, CallState> waiting =
        passingOn.and(NOW, new LegReport.Answered(ANNAS, room(ANNAS), mixer(20)));
    waiting
        .when(new LegReport.ReinviteAnswered(BENS, 2, mixer(30)), NOW)
        .owing(
            signal(new Signal.Reinvite(1, AGENT_DIALOG, 4, new SessionDescription(mixer(20), 4))));
    waiting
        .when(
            new LegReport.ReinviteRefused(BENS, 2, LegReport.ReinviteRefusal.NOT_ACCEPTABLE, 488),
            NOW)
        .owing(
            signal(new Signal.Reinvite(1, AGENT_DIALOG, 4, new SessionDescription(mixer(20), 4))));
  }

  @Test
  void shouldPassOnHoldToTheRoom() {
    Personal hold = personal("c=IN IP4 127.0.0.4\nm=audio 6000 RTP/AVP 8\na=sendonly");

    mixed()
        .when(new LegReport.ReinviteArrived(2, transaction("z9hG4bK-hold", 2), hold), NOW)
        .owing(signal(new Signal.Reinvite(BENS, room(BENS), 2, new SessionDescription(hold, 2))));
  }

  @Test
  void shouldGoOnWithTheConsultationWhereTheRoomFails() {
    for (LegReport failure :
        List.of(new LegReport.HungUp(ANNAS), new LegReport.NeverAcknowledged(ANNAS))) {
      Given.Outcome<Call.Command, CallEvent, CallState> outcome = mixed().when(failure, NOW);
      assertThat(outcome.events().getFirst()).isInstanceOf(ConferenceEnded.class);
      assertThat(outcome.state().consulting()).isTrue();
      assertThat(outcome.state().consultation().conference()).isEmpty();
      assertThat(outcome.state().leaving().legs()).containsKeys(CALLERS, BENS);
      outcome.owing(
          signal(new Signal.Bye(BENS, room(BENS), 2, Refusal.TRANSFERRED)),
          signal(new Signal.StartTreatment(CALLER_SDP, null)),
          signal(new Signal.Reinvite(1, AGENT_DIALOG, 5, new SessionDescription(BENS_SDP, 5))));
    }
  }

  @Test
  void shouldCancelWhatTheRoomHasNotAnswered() {
    Given<Call.Command, CallEvent, CallState> refused =
        inviting()
            .and(NOW, new LegReport.Refused(ANNAS, LegReport.StationRefusal.UNREACHABLE, 503));

    assertThat(refused.owed())
        .contains(signal(new Signal.CancelStation(CALLERS, ROOM, CALLER)))
        .doesNotContain(signal(new Signal.CancelStation(ANNAS, ROOM, CALLER)));
    // It answers all the same, and gets a BYE.
    refused
        .when(new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)), NOW)
        .thenKinds(CallEvent.AnsweredTooLate.class)
        .owing(signal(new Signal.Bye(CALLERS, room(CALLERS), 2, Refusal.TOO_LATE)));
    refused
        .when(new LegReport.Refused(CALLERS, LegReport.StationRefusal.CANCELLED, 487), NOW)
        .thenKinds(CallEvent.LegReleased.class);
    inviting()
        .when(new Call.Expire(), NOW.plus(Call.SETUP_PATIENCE))
        .thenKinds(ConferenceEnded.class);
  }

  @Test
  void shouldEndWithTheConsultation() {
    Given.Outcome<Call.Command, CallEvent, CallState> left =
        mixed()
            .when(new LegReport.HungUp(1), NOW)
            .thenKinds(ConsultEnded.class, LegReinvited.class);
    assertThat(left.state().leaving().legs().keySet())
        .containsExactlyInAnyOrder(CALLERS, ANNAS, BENS);
    left.owing(
        signal(new Signal.Reinvite(0, CALLER_DIALOG, 3, new SessionDescription(BENS_SDP, 4))));
    mixed()
        .when(new Call.RetrieveCaller(), NOW)
        .thenKinds(ConsultEnded.class, LegReinvited.class)
        .owing(
            signal(new Signal.Bye(2, BENS_DIALOG, 3, Refusal.TRANSFERRED)),
            signal(new Signal.Bye(CALLERS, room(CALLERS), 2, Refusal.TRANSFERRED)));
  }

  @Test
  void shouldEndAllLegsWhenTheCallerHangsUp() {
    mixed()
        .when(new LegReport.HungUp(0), NOW)
        .owing(
            signal(new Signal.Bye(1, AGENT_DIALOG, 5, Refusal.HUNG_UP)),
            signal(new Signal.Bye(2, BENS_DIALOG, 3, Refusal.HUNG_UP)),
            signal(new Signal.Bye(CALLERS, room(CALLERS), 2, Refusal.HUNG_UP)),
            signal(new Signal.Bye(ANNAS, room(ANNAS), 2, Refusal.HUNG_UP)),
            signal(new Signal.Bye(BENS, room(BENS), 2, Refusal.HUNG_UP)));
    inviting()
        .when(new LegReport.HungUp(0), NOW)
        .owing(signal(new Signal.CancelStation(BENS, ROOM, CALLER)));
  }

  /** The caller's phone has not answered yet when the conference is over. */
  @Test
  void shouldJoinACallerWhosePhoneIsStillAsked() {
    Given<Call.Command, CallEvent, CallState> early =
        inviting()
            .and(
                NOW,
                new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)),
                new Call.CompleteConsult());

    assertThat(early.state().phase()).isInstanceOf(Phase.Joining.class);
    early
        .when(new LegReport.ReinviteAnswered(0, 2, CALLER_SDP), NOW)
        .owing(
            signal(new Signal.Reinvite(0, CALLER_DIALOG, 3, new SessionDescription(BENS_SDP, 4))));
    early
        .and(NOW, new LegReport.ReinviteAnswered(0, 2, CALLER_SDP))
        .when(new LegReport.ReinviteAnswered(0, 3, CALLER_SDP), NOW)
        .owing(signal(new Signal.StopTreatment()));
    early
        .and(NOW, new LegReport.ReinviteRefused(0, 2, LegReport.ReinviteRefusal.GLARE, 491))
        .when(new Call.Expire(), NOW.plusSeconds(3))
        .owing(
            signal(new Signal.Reinvite(0, CALLER_DIALOG, 3, new SessionDescription(BENS_SDP, 4))));
  }

  /** One agent is asked to move to the room when the room turns out to be full. */
  @Test
  void shouldBringTheAgentsTogetherAgainWhoeverHadMoved() {
    Given<Call.Command, CallEvent, CallState> moving =
        inviting()
            .and(
                NOW,
                new LegReport.Answered(ANNAS, room(ANNAS), mixer(20)),
                new LegReport.Answered(BENS, room(BENS), mixer(30)),
                new LegReport.ReinviteAnswered(2, 2, BENS_SDP),
                new LegReport.Refused(CALLERS, LegReport.StationRefusal.BUSY, 486));

    moving
        .when(new LegReport.ReinviteAnswered(1, 4, AGENT_SDP), NOW)
        .owing(
            signal(new Signal.Reinvite(1, AGENT_DIALOG, 5, new SessionDescription(BENS_SDP, 5))));
    moving
        .and(NOW, new LegReport.ReinviteAnswered(1, 4, AGENT_SDP))
        .when(new LegReport.ReinviteAnswered(1, 5, AGENT_SDP), NOW)
        .owing(
            signal(new Signal.Reinvite(2, BENS_DIALOG, 3, new SessionDescription(AGENT_SDP, 3))));
  }

  /** Whose time is talk is the site's to count; it has to know when the caller is there. */
  @Test
  void shouldTellTheSiteWhoTakesPartUntilItHasHeard() {
    Effect came = tell(new Site.Attends(FIRST, SECOND, 1, 1));
    Effect went = tell(new Site.Attends(FIRST, SECOND, 1, 2));

    inviting().when(new LegReport.Answered(CALLERS, room(CALLERS), mixer(10)), NOW).owing(came);
    inviting()
        .when(new LegReport.Answered(BENS, room(BENS), mixer(30)), NOW)
        .owingNone(came::equals);
    assertThat(mixed().owed()).contains(came);
    mixed()
        .when(new Call.ConferenceNoted(1, 1), NOW)
        .then(new CallEvent.ConferenceNoted(NOW, 1, 1));
    Given<Call.Command, CallEvent, CallState> heard =
        mixed().and(NOW, new Call.ConferenceNoted(1, 1));
    assertThat(heard.owed()).doesNotContain(came);
    heard.when(new Call.ConferenceNoted(1, 1), NOW).thenRefused(Reason.ALREADY_DONE);
    heard.when(new LegReport.HungUp(ANNAS), NOW).owing(went);
    // What was over before the site heard that it began is told as over.
    assertThat(mixed().and(NOW, new LegReport.HungUp(ANNAS)).owed())
        .contains(went)
        .doesNotContain(came);
    mixed()
        .and(NOW, new LegReport.HungUp(ANNAS))
        .when(new Call.ConferenceNoted(1, 3), NOW)
        .thenRefused(Reason.ALREADY_DONE);
    assertThat(mixed().and(NOW, new Call.CompleteConsult()).owed()).doesNotContain(came, went);
    // Another conference of the same consultation.
    assertThat(
            heard
                .and(
                    NOW,
                    new LegReport.HungUp(ANNAS),
                    new Call.ConferenceNoted(1, 2),
                    CONFER,
                    new LegReport.Answered(8_003, room(8_003), mixer(40)))
                .owed())
        .contains(tell(new Site.Attends(FIRST, SECOND, 1, 3)));
  }

  @Test
  void shouldUseOtherLegsForTheNextConference() {
    assertThat(mixed().and(NOW, new LegReport.HungUp(ANNAS)).when(CONFER, NOW).events())
        .contains(new ConferenceBegan(NOW, 8_003, ROOM));
  }

  @Test
  void shouldSeeToAllLegsAfterARestart() {
    assertThat(mixed().resume())
        .contains(
            signal(new Signal.Attend(CALLERS, CALLER.key(), null)),
            signal(new Signal.Attend(BENS, CALLER.key(), null)));
    mixed().when(new LegReport.Orphaned(0), NOW).thenKinds(LegReinvited.class);
    mixed().when(new LegReport.Orphaned(BENS), NOW).thenKinds(LegReinvited.class);
    inviting().when(new LegReport.Orphaned(BENS), NOW).thenKinds(ConferenceEnded.class);
  }
}

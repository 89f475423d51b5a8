package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.sip.EdgeFixture.Conversation;
import org.switchwright.sip.RawPhone.Talk;

/** The edge died and another took its place; dialogs need not die with it. */
class RestartTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldTakeOverBothLegsOfAConversation() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    fixture.restart();

    String toCaller = caller.awaitRequest("INVITE");
    assertThat(RawPhone.body(toCaller)).contains("m=audio " + agent.mediaPort);
    caller.respond(toCaller, 200, "", caller.sdp(1));
    caller.awaitRequest("ACK");
    String toAgent = agent.awaitRequest("INVITE");
    assertThat(RawPhone.body(toAgent)).contains("m=audio " + caller.mediaPort);
    agent.respond(toAgent, 200, "at", agent.sdp(1));
    agent.awaitRequest("ACK");
    fixture.await(CallEvent.ReinviteSettled.class, 2);

    caller.request("BYE", talks.caller(), "");
    caller.awaitResponse(200, "BYE");
    agent.awaitRequest("BYE");
  }

  @Test
  void shouldTakeByeBeforeTheCallsSpokeUp() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);
    fixture.edge.close();
    fixture.open();

    caller.request("BYE", talks.caller(), "");

    caller.awaitResponse(200, "BYE");
    agent.awaitRequest("BYE");
  }

  @Test
  void shouldEndRingingOfferAndKeepTheCallersPlace() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");

    fixture.restart();

    String cancel = agent.awaitRequest("CANCEL");
    assertThat(RawPhone.header(cancel, "Via")).isEqualTo(RawPhone.header(invite, "Via"));
    agent.respond(cancel, 200, "at", "");
    agent.respond(invite, 487, "at", "");
    agent.awaitRequest("ACK");
    assertThat(fixture.await(CallEvent.OfferEnded.class).outcome())
        .isEqualTo(OfferOutcome.WITHDRAWN);
    String again = agent.awaitRequest("INVITE");
    agent.respond(again, 200, "at2", agent.sdp(1));
    String ok = caller.awaitResponse(200, "INVITE");
    caller.learn(talk, ok);
    caller.request("ACK", talk, "");
    fixture.await(CallEvent.CallConnected.class);
  }

  @Test
  void shouldAcceptCancelOfInviteFromBeforeTheRestart() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");
    fixture.edge.close();
    fixture.open();

    caller.request("CANCEL", talk, "");

    caller.awaitResponse(200, "CANCEL");
    caller.awaitResponse(487, "INVITE");
    agent.respond(agent.awaitRequest("CANCEL"), 481, "at", "");
    assertThat(fixture.await(CallEvent.CallEnded.class).outcome()).isEqualTo(CallOutcome.ABANDONED);
    fixture.await(CallEvent.LegReleased.class);
  }

  @Test
  void shouldEndCancelledInviteOnceItsCallSpokeUp() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");
    fixture.restart();
    agent.respond(agent.awaitRequest("CANCEL"), 481, "at", "");

    caller.request("CANCEL", talk, "");

    caller.awaitResponse(200, "CANCEL");
    caller.awaitResponse(487, "INVITE");
  }

  @Test
  void shouldTakeAnswerThatMissedTheRestart() {
    fixture.ready("a1", agent);
    caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");
    fixture.edge.close();
    fixture.open();

    agent.respond(invite, 200, "at", agent.sdp(1));

    agent.awaitRequest("ACK");
    caller.awaitResponse(200, "INVITE");
    fixture.await(CallEvent.OfferAccepted.class);
  }

  @Test
  void shouldNotAnswerRepeatedInviteTwice() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    agent.respond(agent.awaitRequest("INVITE"), 180, "at", "");
    caller.awaitResponse(180, "INVITE");
    fixture.edge.close();
    fixture.open();

    caller.peer.send(talk.invite);

    caller.awaitResponse(100, "INVITE");
    assertThat(fixture.happened(CallEvent.CallArrived.class)).hasSize(1);
  }

  @Test
  void shouldPlayOnAtTheSamePort() {
    Talk talk = caller.invite("sales", caller.sdp(1));
    String ok = caller.awaitResponse(200, "INVITE");
    caller.learn(talk, ok);
    caller.request("ACK", talk, "");
    fixture.await(CallEvent.CallerConfirmed.class);

    fixture.restart();

    fixture.await(CallEvent.TreatmentStarted.class, 2);
    Awaitility.await().until(() -> fixture.edge.treatments() == 1);
    assertThat(fixture.happened(CallEvent.TreatmentStarted.class))
        .extracting(CallEvent.TreatmentStarted::session)
        .satisfies(sessions -> assertThat(sessions.get(0)).isEqualTo(sessions.get(1)));
  }
}

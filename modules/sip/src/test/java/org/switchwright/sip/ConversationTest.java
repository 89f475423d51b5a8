package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.sip.EdgeFixture.Conversation;
import org.switchwright.sip.RawPhone.Talk;

/** Waiting, joining, holding, and what both sides change. */
class ConversationTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Talk waitingCaller() {
    Talk talk = caller.invite("sales", caller.sdp(1));
    String ok = caller.awaitResponse(200, "INVITE");
    caller.learn(talk, ok);
    caller.request("ACK", talk, "");
    fixture.await(CallEvent.CallerConfirmed.class);
    return talk;
  }

  @Test
  void shouldPlayMusicToWaitingCallerAndJoinWithAgent() throws IOException {
    try (DatagramSocket ear =
        new DatagramSocket(caller.mediaPort, InetAddress.getLoopbackAddress())) {
      ear.setSoTimeout(5_000);
      Talk talk = waitingCaller();
      for (int i = 0; i < 10; i++) {
        ear.receive(new DatagramPacket(new byte[200], 200));
      }

      fixture.ready("a1", agent);
      String invite = agent.awaitRequest("INVITE");
      assertThat(RawPhone.body(invite)).contains("m=audio " + caller.mediaPort);
      agent.respond(invite, 180, "at", "");
      agent.respond(invite, 200, "at", agent.sdp(1));
      agent.awaitRequest("ACK");
      String reinvite = caller.awaitRequest("INVITE");
      assertThat(RawPhone.body(reinvite)).contains("m=audio " + agent.mediaPort).contains("o=- ");
      assertThat(RawPhone.header(reinvite, "Call-ID")).isEqualTo(talk.callId);
      caller.respond(reinvite, 200, "", caller.sdp(2));
      caller.awaitRequest("ACK");

      fixture.await(CallEvent.CallConnected.class);
      Awaitility.await().until(() -> fixture.edge.treatments() == 0);
    }
  }

  /** The caller has lost the call somehow, and says so by 481 to whatever is asked of it. */
  @Test
  void shouldEndTheCallOfAPhoneThatKnowsNothingOfIt() {
    waitingCaller();
    Awaitility.await().until(() -> fixture.edge.treatments() == 1);
    fixture.ready("a1", agent);
    agent.respond(agent.awaitRequest("INVITE"), 200, "at", agent.sdp(1));

    caller.respond(caller.awaitRequest("INVITE"), 481, "", "");

    caller.awaitRequest("ACK");
    agent.respond(agent.awaitRequest("BYE"), 200, "", "");
    assertThat(fixture.await(CallEvent.CallEnded.class).by()).isZero();
    Awaitility.await().until(() -> fixture.edge.treatments() == 0);
  }

  @Test
  void shouldRepeatJoinAfterGlare() {
    waitingCaller();
    fixture.ready("a1", agent);
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 200, "at", agent.sdp(1));

    String first = caller.awaitRequest("INVITE");
    caller.respond(first, 491, "", "");
    caller.awaitRequest("ACK");
    String second =
        caller.await(
            m ->
                m.startsWith("INVITE")
                    && !RawPhone.header(m, "CSeq").equals(RawPhone.header(first, "CSeq")),
            "a second re-INVITE");
    caller.respond(second, 200, "", caller.sdp(2));

    fixture.await(CallEvent.CallConnected.class);
  }

  @Test
  void shouldKeepMusicForCallerWhoHoldsWhileWaiting() {
    Talk talk = waitingCaller();

    caller.request("INVITE", talk, caller.sdp(2, "a=sendonly"));

    String ok = caller.awaitResponse(200, "INVITE");
    assertThat(RawPhone.body(ok)).contains("a=recvonly");
    caller.request("ACK", talk, "");
    caller.request("INVITE", talk, caller.sdp(3));
    assertThat(RawPhone.body(caller.awaitResponse(200, "INVITE"))).contains("a=sendrecv");
  }

  @Test
  void shouldStopMusicWhenWaitingCallerHangsUp() {
    Talk talk = waitingCaller();
    Awaitility.await().until(() -> fixture.edge.treatments() == 1);

    caller.request("BYE", talk, "");

    caller.awaitResponse(200, "BYE");
    Awaitility.await().until(() -> fixture.edge.treatments() == 0);
    assertThat(fixture.await(CallEvent.CallEnded.class).outcome()).isEqualTo(CallOutcome.ABANDONED);
  }

  @Test
  void shouldPassHoldAndResumeOfEitherSide() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    caller.request("INVITE", talks.caller(), caller.sdp(2, "a=sendonly"));
    String held = agent.awaitRequest("INVITE");
    assertThat(RawPhone.body(held)).contains("a=sendonly");
    agent.respond(held, 200, "at", agent.sdp(2, "a=recvonly"));
    agent.awaitRequest("ACK");
    String ok = caller.awaitResponse(200, "INVITE");
    assertThat(RawPhone.body(ok)).contains("a=recvonly");
    caller.request("ACK", talks.caller(), "");

    agent.request("INVITE", talks.agent(), agent.sdp(3));
    String resumed = caller.awaitRequest("INVITE");
    caller.respond(resumed, 200, "", caller.sdp(3));
    assertThat(RawPhone.body(agent.awaitResponse(200, "INVITE")))
        .contains("m=audio " + caller.mediaPort);
  }

  @Test
  void shouldRefuseCrossingReinviteAsGlare() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    caller.request("INVITE", talks.caller(), caller.sdp(2, "a=sendonly"));
    String relayed = agent.awaitRequest("INVITE");
    agent.request("INVITE", talks.agent(), agent.sdp(2, "a=sendonly"));
    agent.awaitResponse(491, "INVITE");
    agent.respond(relayed, 491, "at", "");

    caller.awaitResponse(491, "INVITE");
  }

  @Test
  void shouldPassOnThatAReinviteIsNotAcceptable() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    caller.request("INVITE", talks.caller(), caller.sdp(2, "a=sendonly"));
    agent.respond(agent.awaitRequest("INVITE"), 488, "at", "");

    caller.awaitResponse(488, "INVITE");
  }

  @Test
  void shouldEndCallWhenPeerKnowsTheDialogNoMore() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    caller.request("INVITE", talks.caller(), caller.sdp(2, "a=sendonly"));
    agent.respond(agent.awaitRequest("INVITE"), 481, "at", "");

    fixture.await(CallEvent.CallEnded.class);
    caller.awaitRequest("BYE");
  }

  @Test
  void shouldRefuseReinviteWithOldSequenceNumber() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    talks.caller().cseq = -1;
    caller.request("INVITE", talks.caller(), caller.sdp(2));

    caller.awaitResponse(500, "INVITE");
  }

  @Test
  void shouldGreetCallerWithoutOffer() {
    Talk talk = caller.invite("sales", "");
    String ok = caller.awaitResponse(200, "INVITE");
    assertThat(RawPhone.body(ok)).contains("RTP/AVP 0 8 101");
    caller.learn(talk, ok);
    caller.request("ACK", talk, caller.sdp(1));
    fixture.await(CallEvent.CallQueued.class);

    fixture.ready("a1", agent);
    String invite = agent.awaitRequest("INVITE");
    assertThat(RawPhone.body(invite)).contains("m=audio " + caller.mediaPort);
    agent.respond(invite, 200, "at", agent.sdp(1));
    caller.respond(caller.awaitRequest("INVITE"), 200, "", caller.sdp(2));
    fixture.await(CallEvent.CallConnected.class);
  }

  @Test
  void shouldAnswerRefreshByThePeer() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    caller.request("INVITE", talks.caller(), caller.sdp(1));

    caller.awaitResponse(200, "INVITE");
    fixture.await(CallEvent.SessionRefreshed.class);
    assertThat(agent.awaitMaybe(m -> m.startsWith("INVITE"), Duration.ofMillis(300))).isEmpty();
  }

  @Test
  void shouldFollowRoutesOfTheDialog() {
    fixture.ready("a1", agent);
    Talk talk =
        caller.invite(
            "sales",
            caller.sdp(1),
            "Record-Route: <sip:127.0.0.1:" + caller.peer.port() + ";lr>",
            "Record-Route: <sip:127.0.0.9;lr>");
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 200, "at", agent.sdp(1));
    String ok = caller.awaitResponse(200, "INVITE");
    assertThat(ok).contains("Record-Route: <sip:127.0.0.1:" + caller.peer.port() + ";lr>");
    caller.learn(talk, ok);
    caller.request("ACK", talk, "");
    fixture.await(CallEvent.CallConnected.class);

    agent.request("BYE", agent.talkOf(invite, "at"), "");

    String bye = caller.awaitRequest("BYE");
    assertThat(RawPhone.header(bye, "Route"))
        .isEqualTo("<sip:127.0.0.1:" + caller.peer.port() + ";lr>,<sip:127.0.0.9;lr>");
  }
}

package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.sip.EdgeFixture.Conversation;
import org.switchwright.sip.RawPhone.Talk;
import org.switchwright.sip.digest.DigestAlgorithm;

/** An agent's phone makes a second call to ask another agent, and hands the caller over. */
class SecondCallsTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();
  private final RawPhone other = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** An INVITE of the agent's phone, with the answer to the challenge that it gets first. */
  private Talk dial(String from, String password, String to) {
    Talk second = agent.dialog(from);
    second.remote = "<sip:" + to + "@127.0.0.1>";
    second.target = "sip:" + to + "@127.0.0.1:" + fixture.port;
    agent.request("INVITE", second, agent.sdp(7));
    String challenge = agent.awaitResponse(401, "INVITE");
    agent.request("ACK", second, "");
    agent.request(
        "INVITE",
        second,
        agent.sdp(7),
        RegistrarTest.authorization(
            challenge, from, password, "INVITE", second.target, DigestAlgorithm.SHA_256));
    return second;
  }

  /** The two agents talk in the second call; the caller hears music. */
  private Talk consult() {
    fixture.ready("a2", other);
    Talk second = dial("a1", "secret-a1", "a2");
    String ok = agent.awaitResponse(200, "INVITE");
    assertThat(ok).contains("a=inactive");
    agent.learn(second, ok);
    agent.request("ACK", second, "");

    String music = caller.awaitRequest("INVITE");
    caller.respond(music, 200, "", caller.sdp(2));
    caller.awaitRequest("ACK");
    String ring = other.awaitRequest("INVITE");
    other.respond(ring, 180, "ot", "");
    other.respond(ring, 200, "ot", other.sdp(1));
    other.awaitRequest("ACK");
    String joined = agent.awaitRequest("INVITE");
    assertThat(RawPhone.header(joined, "Call-ID")).isEqualTo(second.callId);
    assertThat(joined).contains("m=audio " + other.mediaPort).doesNotContain("a=inactive");
    agent.respond(joined, 200, "", agent.sdp(8));
    agent.awaitRequest("ACK");
    return second;
  }

  private static String tag(String party) {
    return party.substring(party.indexOf(";tag=") + ";tag=".length());
  }

  @Test
  void shouldHandTheCallerOverByReplaces() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);
    Talk second = consult();

    agent.request(
        "REFER",
        talk.agent(),
        "",
        "Refer-To: <sip:a2@127.0.0.1?Replaces="
            + second.callId
            + "%3Bto-tag%3D"
            + tag(second.remote)
            + "%3Bfrom-tag%3D"
            + tag(second.local)
            + ">");

    agent.awaitResponse(202, "REFER");
    String trying = agent.awaitRequest("NOTIFY");
    agent.respond(trying, 200, "", "");
    String done = agent.awaitRequest("NOTIFY");
    agent.respond(done, 200, "", "");
    for (int leg = 0; leg < 2; leg++) {
      agent.respond(agent.awaitRequest("BYE"), 200, "", "");
    }
    String joined = caller.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + other.mediaPort);
    caller.respond(joined, 200, "", caller.sdp(3));
    caller.awaitRequest("ACK");
    String update = other.awaitRequest("INVITE");
    assertThat(update).contains("m=audio " + caller.mediaPort);
    other.respond(update, 200, "", other.sdp(2));
    other.awaitRequest("ACK");
    fixture.await(CallEvent.CallConnected.class, 2);
    fixture.await(CallEvent.ConsultNoted.class);
  }

  @Test
  void shouldGiveTheCallerBackWhenTheSecondCallEnds() {
    fixture.ready("a1", agent);
    fixture.connect(caller, agent);
    Talk second = consult();

    agent.request("BYE", second, "");

    agent.awaitResponse(200, "BYE");
    other.respond(other.awaitRequest("BYE"), 200, "", "");
    String joined = caller.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + agent.mediaPort);
    caller.respond(joined, 200, "", caller.sdp(3));
    caller.awaitRequest("ACK");
    fixture.await(CallEvent.CallConnected.class, 2);
  }

  @Test
  void shouldRefuseToReplaceWhatIsNoConsultation() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);

    agent.request(
        "REFER",
        talk.agent(),
        "",
        "Refer-To: <sip:a2@127.0.0.1?Replaces=x%3Bto-tag%3Da%3Bfrom-tag%3Db>");
    agent.awaitResponse(481, "REFER");
    // The conversation's own leg is no other one.
    agent.request(
        "REFER",
        talk.agent(),
        "",
        "Refer-To: <sip:a2@127.0.0.1?Replaces=x%3Bto-tag%3D"
            + tag(talk.agent().remote)
            + "%3Bfrom-tag%3Db>");
    agent.awaitResponse(481, "REFER");
  }

  @Test
  void shouldBelieveOnlyTheAgentsOwnPhone() {
    fixture.ready("a1", agent);
    fixture.connect(caller, agent);

    dial("a1", "wrong", "a2");

    agent.awaitResponse(401, "INVITE");
    assertThat(fixture.happened(CallEvent.ConsultBegan.class)).isEmpty();
  }

  @Test
  void shouldSayWhereThereIsNobodyToAsk() {
    fixture.ready("a1", agent);
    fixture.connect(caller, agent);

    dial("a1", "secret-a1", "nowhere");

    agent.awaitResponse(404, "INVITE");
    assertThat(fixture.happened(CallEvent.ConsultBegan.class)).isEmpty();
  }

  @Test
  void shouldTakeACallOfAnAgentWhoDoesNotTalkForOneLikeAnybodys() {
    fixture.ready("a2", other);

    dial("a1", "secret-a1", "sales");

    other.awaitRequest("INVITE");
    assertThat(fixture.happened(CallEvent.CallArrived.class)).hasSize(1);
  }
}

package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.sip.EdgeFixture.Conversation;
import org.switchwright.sip.RawPhone.Talk;

/** An agent's phone sends its caller on by REFER (RFC 3515). */
class ReferTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();
  private final RawPhone other = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void refer(RawPhone phone, Talk talk, String to) {
    phone.request("REFER", talk, "", "Refer-To: <" + to + ">");
  }

  private String ours(String user) {
    return "sip:" + user + "@127.0.0.1:" + fixture.port;
  }

  @Test
  void shouldSendTheCallerOnToTheNextAgentAndTellThePhone() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);

    refer(agent, talk.agent(), ours("sales"));

    agent.awaitResponse(202, "REFER");
    String trying = agent.await(m -> m.startsWith("NOTIFY ") && m.contains("100 Trying"), "100");
    agent.respond(trying, 200, "", "");
    String done = agent.await(m -> m.startsWith("NOTIFY ") && m.contains("SIP/2.0 200"), "200");
    assertThat(RawPhone.header(done, "Subscription-State")).startsWith("terminated");
    assertThat(RawPhone.header(done, "Event")).isEqualTo("refer");
    agent.respond(done, 200, "", "");
    agent.respond(agent.awaitRequest("BYE"), 200, "", "");
    String music = caller.awaitRequest("INVITE");
    caller.respond(music, 200, "", caller.sdp(2));
    caller.awaitRequest("ACK");
    fixture.ready("a2", other);
    fixture.await(CallEvent.CallTransferred.class);
  }

  @Test
  void shouldTakeAPhoneThatHangsUpAfterThe202() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);

    refer(agent, talk.agent(), ours("sales"));
    agent.awaitResponse(202, "REFER");
    agent.request("BYE", talk.agent(), "");

    agent.awaitResponse(200, "BYE");
    fixture.await(CallEvent.LegReleased.class);
    assertThat(fixture.happened(CallEvent.CallEnded.class)).isEmpty();
  }

  @Test
  void shouldReferOnlyWithinTheSiteAndOnlyForAgents() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);

    refer(caller, talk.caller(), ours("sales"));
    caller.awaitResponse(403, "REFER");
    refer(agent, talk.agent(), "sip:sales@192.0.2.1");
    agent.awaitResponse(403, "REFER");
    refer(agent, talk.agent(), ours("nowhere"));
    agent.awaitResponse(404, "REFER");
    refer(agent, talk.agent(), "tel:+4930123456");
    agent.awaitResponse(416, "REFER");

    assertThat(fixture.happened(CallEvent.CallTransferred.class)).isEmpty();
  }
}

package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.AgentId;
import org.switchwright.domain.CallId;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.routing.Destination;
import org.switchwright.sip.EdgeFixture.Conversation;

/** An agent asks another one, and what the three phones are told (RFC 3725). */
class ConsultTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();
  private final RawPhone other = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
  }

  private CallId call() {
    return fixture.await(CallEvent.CallOffered.class).offer().call();
  }

  /** The two agents talk; the caller hears music. The conversation is the one before. */
  private Conversation consulting() {
    fixture.ready("a1", agent);
    Conversation talk = fixture.connect(caller, agent);
    fixture.ready("a2", other);
    fixture.host.submit(call(), new Call.Consult(new Destination.ToAgent(new AgentId("a2")), "r1"));

    String hold = agent.awaitRequest("INVITE");
    assertThat(hold).contains("a=inactive");
    agent.respond(hold, 200, "", agent.sdp(2, "a=inactive"));
    agent.awaitRequest("ACK");
    String music = caller.awaitRequest("INVITE");
    caller.respond(music, 200, "", caller.sdp(2));
    caller.awaitRequest("ACK");
    String ring = other.awaitRequest("INVITE");
    assertThat(ring).contains("m=audio " + port(agent.sdp(1))).doesNotContain("a=inactive");
    other.respond(ring, 180, "ot", "");
    other.respond(ring, 200, "ot", other.sdp(1));
    other.awaitRequest("ACK");
    String joined = agent.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + port(other.sdp(1))).doesNotContain("a=inactive");
    agent.respond(joined, 200, "", agent.sdp(3));
    agent.awaitRequest("ACK");
    return talk;
  }

  private static String port(String sdp) {
    int at = sdp.indexOf("m=audio ") + "m=audio ".length();
    return sdp.substring(at, sdp.indexOf(' ', at));
  }

  @Test
  void shouldHandTheCallerOverToWhoeverWasAsked() {
    consulting();

    fixture.host.submit(call(), new Call.CompleteConsult());

    agent.respond(agent.awaitRequest("BYE"), 200, "", "");
    String joined = caller.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + port(other.sdp(1)));
    caller.respond(joined, 200, "", caller.sdp(3));
    caller.awaitRequest("ACK");
    String update = other.awaitRequest("INVITE");
    assertThat(update).contains("m=audio " + port(caller.sdp(1)));
    other.respond(update, 200, "", other.sdp(2));
    other.awaitRequest("ACK");
    fixture.await(CallEvent.CallConnected.class, 2);
    fixture.await(CallEvent.ConsultNoted.class);
  }

  @Test
  void shouldGiveTheCallerBackToWhoeverAsked() {
    consulting();

    fixture.host.submit(call(), new Call.RetrieveCaller());

    other.respond(other.awaitRequest("BYE"), 200, "", "");
    String joined = caller.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + port(agent.sdp(1)));
    caller.respond(joined, 200, "", caller.sdp(3));
    caller.awaitRequest("ACK");
    String update = agent.awaitRequest("INVITE");
    assertThat(update).contains("m=audio " + port(caller.sdp(1)));
    agent.respond(update, 200, "", agent.sdp(4));
    agent.awaitRequest("ACK");
    fixture.await(CallEvent.CallConnected.class, 2);
  }

  @Test
  void shouldCompleteWhenWhoeverAskedHangsUp() {
    Conversation talk = consulting();

    agent.request("BYE", talk.agent(), "");

    agent.awaitResponse(200, "BYE");
    String joined = caller.awaitRequest("INVITE");
    assertThat(joined).contains("m=audio " + port(other.sdp(1)));
    caller.respond(joined, 200, "", caller.sdp(3));
    fixture.await(CallEvent.CallConnected.class, 2);
  }
}

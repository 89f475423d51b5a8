package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.sip.RawPhone.Talk;

class SipEdgeTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = new RawPhone(fixture.port);
  private final RawPhone agent = new RawPhone(fixture.port);

  @AfterEach
  void close() {
    caller.close();
    agent.close();
    fixture.close();
    assertThat(fixture.edge.unexpectedFailures()).isZero();
  }

  @Test
  void shouldConnectCallerStraightThroughToFreeAgent() {
    fixture.ready("a1", agent);

    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    assertThat(RawPhone.header(invite, "From")).startsWith("\"Ann \\\"A\\\" Caller\" <sip:caller");
    assertThat(RawPhone.body(invite)).contains("m=audio " + caller.mediaPort).contains("o=- ");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");
    agent.respond(invite, 200, "at", agent.sdp(1));
    agent.awaitRequest("ACK");
    String ok = caller.awaitResponse(200, "INVITE");
    assertThat(RawPhone.body(ok)).contains("m=audio " + agent.mediaPort).contains("o=- ");
    caller.learn(talk, ok);
    caller.request("ACK", talk, "");
    awaitEvent(CallEvent.CallConnected.class);

    caller.request("BYE", talk, "");
    caller.awaitResponse(200, "BYE");
    String bye = agent.awaitRequest("BYE");
    assertThat(RawPhone.header(bye, "Reason")).contains("cause=16");
    agent.respond(bye, 200, "at", "");
    awaitEvent(CallEvent.CallSettled.class);
    awaitEvent(CallEvent.LegReleased.class);
  }

  private <E extends CallEvent> E awaitEvent(Class<E> type) {
    Awaitility.await()
        .atMost(RawPhone.SOON)
        .untilAsserted(() -> assertThat(fixture.host.callEvents).hasAtLeastOneElementOfType(type));
    return fixture.host.callEvents.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }
}

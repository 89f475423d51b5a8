package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.sip.EdgeFixture.Conversation;

/** A balancer sends what belongs to one edge's dialog to another edge. */
class ForwardingTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final EdgeFixture other = new EdgeFixture();
  private final RawPhone caller = new RawPhone(fixture.port);
  private final RawPhone agent = new RawPhone(fixture.port);

  /** The caller, by way of the other edge. */
  private final RawPhone detour = new RawPhone(other.port);

  @AfterEach
  void close() {
    caller.close();
    agent.close();
    detour.close();
    fixture.close();
    other.close();
    assertThat(fixture.edge.unexpectedFailures() + other.edge.unexpectedFailures()).isZero();
  }

  private Conversation connected() {
    fixture.ready("a1", agent);
    return fixture.connect(caller, agent);
  }

  @Test
  void shouldTakeByeToTheEdgeThatHoldsTheDialog() {
    Conversation talks = connected();
    other.neighbour = fixture.port;

    detour.request("BYE", talks.caller(), "");

    String ok = detour.awaitResponse(200, "BYE");
    assertThat(ok.lines().filter(line -> line.startsWith("Via:"))).hasSize(1);
    agent.respond(agent.awaitRequest("BYE"), 200, "at", "");
    fixture.await(CallEvent.LegReleased.class);
    assertThat(other.edge.liveCalls()).isZero();
  }

  @Test
  void shouldTakeHoldAndItsAcknowledgementThere() {
    Conversation talks = connected();
    other.neighbour = fixture.port;

    detour.request("INVITE", talks.caller(), caller.sdp(2, "a=sendonly"));
    String hold = agent.awaitRequest("INVITE");
    agent.respond(hold, 200, "at", agent.sdp(2, "a=recvonly"));
    String ok = detour.awaitResponse(200, "INVITE");
    detour.request("ACK", talks.caller(), "");

    assertThat(RawPhone.body(hold)).contains("a=sendonly");
    assertThat(RawPhone.body(ok)).contains("a=recvonly");
    fixture.await(CallEvent.RenegotiationAgreed.class);
    await().atMost(RawPhone.SOON).until(() -> acknowledged(talks.caller().cseq));
  }

  @Test
  void shouldTakeRequestsItselfWhenTheOtherEdgeIsGone() {
    Conversation talks = connected();

    detour.request("BYE", talks.caller(), "");

    detour.awaitResponse(200, "BYE");
    assertThat(other.ladder).anyMatch(it -> it.method().equals("BYE") && it.leg() == 0);
    assertThat(fixture.ladder).noneMatch(it -> it.method().equals("BYE"));
  }

  @Test
  void shouldPassNothingOnThatBearsNoTokenOfOurs() {
    Conversation talks = connected();
    other.neighbour = fixture.port;
    talks.caller().remote = talks.caller().remote + "x";

    detour.request("BYE", talks.caller(), "");

    detour.awaitResponse(481, "BYE");
    assertThat(fixture.happened(CallEvent.CallEnded.class)).isEmpty();
  }

  private boolean acknowledged(long cseq) {
    return fixture.ladder.stream()
        .anyMatch(it ->
            it.method().equals("ACK")
                && it.leg() == 0
                && it.cseq() == cseq
                && it.direction() == SipTrace.Direction.IN);
  }
}

package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallOutcome;
import org.switchwright.domain.routing.OfferOutcome;
import org.switchwright.sip.EdgeFixture.Conversation;
import org.switchwright.sip.RawPhone.Talk;

class SipEdgeTest {
  private final EdgeFixture fixture = new EdgeFixture();
  private final RawPhone caller = fixture.phone();
  private final RawPhone agent = fixture.phone();

  @AfterEach
  void close() {
    fixture.close();
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
    fixture.await(CallEvent.CallConnected.class);

    caller.request("BYE", talk, "");
    caller.awaitResponse(200, "BYE");
    String bye = agent.awaitRequest("BYE");
    assertThat(RawPhone.header(bye, "Reason")).contains("cause=16");
    agent.respond(bye, 200, "at", "");
    fixture.await(CallEvent.CallSettled.class);
    fixture.await(CallEvent.LegReleased.class);
    assertThat(fixture.ladder)
        .extracting(
            line -> line.leg() + " " + line.direction() + " " + line.method() + line.status())
        .contains("1 OUT INVITE0", "1 IN INVITE200", "1 OUT ACK0", "0 OUT INVITE200", "0 IN ACK0")
        .contains("0 IN BYE0", "1 OUT BYE0", "1 IN BYE200");
  }

  @Test
  void shouldSayWhichWayTheCallCame() {
    fixture.ready("a1", agent);

    caller.invite("sales", caller.sdp(1), "History-Info: <sip:first@example.org>;index=1");

    String invite = agent.awaitRequest("INVITE");
    assertThat(RawPhone.header(invite, "Max-Forwards")).isEqualTo("69");
    assertThat(invite)
        .contains("History-Info: <sip:first@example.org>;index=1\r\n")
        .containsPattern("History-Info: <sip:sales@127.0.0.1:\\d+>;index=1.1\r\n")
        .containsPattern("History-Info: <sip:[^>]+>;index=1.1.1;mp=1.1\r\n");
    agent.respond(invite, 486, "at", "");
  }

  @Test
  void shouldKnowNoAddressThatItHasNotGivenOut() {
    for (String user : new String[] {"x.c1.n1.AAAAAAAAAAAAAA", "y.20000.sales.AAAAAAAAAAAAAA"}) {
      caller.invite(user, caller.sdp(1));
      caller.awaitResponse(404, "INVITE");
    }
  }

  @Test
  void shouldHangUpOnCallerWhenAgentHangsUp() {
    fixture.ready("a1", agent);
    Conversation talks = fixture.connect(caller, agent);

    agent.request("BYE", talks.agent(), "");

    agent.awaitResponse(200, "BYE");
    caller.respond(caller.awaitRequest("BYE"), 200, "", "");
    fixture.await(CallEvent.LegReleased.class);
  }

  @Test
  void shouldRepeatOurOkUntilAcknowledgedAndAcknowledgeRepeatedOk() {
    fixture.ready("a1", agent);

    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 200, "at", agent.sdp(1));
    agent.awaitRequest("ACK");
    agent.respond(invite, 200, "at", agent.sdp(1));
    agent.awaitRequest("ACK");
    caller.awaitResponse(200, "INVITE");
    caller.awaitResponse(200, "INVITE");
    String third = caller.awaitResponse(200, "INVITE");
    caller.learn(talk, third);
    caller.request("ACK", talk, "");

    fixture.await(CallEvent.CallConnected.class);
    while (caller
        .awaitMaybe(m -> m.startsWith("SIP/2.0 200"), Duration.ofMillis(900))
        .isPresent()) {
      // Whatever was on its way when the ACK came.
    }
    assertThat(caller.awaitMaybe(m -> m.startsWith("SIP/2.0 200"), Duration.ofMillis(900)))
        .isEmpty();
  }

  @Test
  void shouldEndCallThatCallerNeverAcknowledges() {
    fixture.ready("a1", agent);

    caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 200, "at", agent.sdp(1));
    agent.respond(agent.awaitRequest("BYE"), 200, "at", "");

    assertThat(fixture.await(CallEvent.CallEnded.class).outcome()).isEqualTo(CallOutcome.FAILED);
    caller.awaitRequest("BYE");
  }

  @Test
  void shouldStopRingingWhenCallerCancels() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");

    caller.request("CANCEL", talk, "");

    caller.awaitResponse(200, "CANCEL");
    caller.awaitResponse(487, "INVITE");
    String cancel = agent.awaitRequest("CANCEL");
    assertThat(RawPhone.header(cancel, "Via")).isEqualTo(RawPhone.header(invite, "Via"));
    agent.respond(cancel, 200, "at", "");
    agent.respond(invite, 487, "at", "");
    agent.awaitRequest("ACK");
    fixture.await(CallEvent.LegReleased.class);
    Awaitility.await().until(() -> fixture.edge.callsInSetUp() == 0);
  }

  @Test
  void shouldLetGoAgentWhoAnswersWhileTheCallerCancels() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");

    caller.request("CANCEL", talk, "");
    agent.awaitRequest("CANCEL");
    agent.respond(invite, 200, "at", agent.sdp(1));

    agent.awaitRequest("ACK");
    agent.respond(agent.awaitRequest("BYE"), 200, "at", "");
    caller.awaitResponse(487, "INVITE");
    fixture.await(CallEvent.AnsweredTooLate.class);
    fixture.await(CallEvent.LegReleased.class);
  }

  @Test
  void shouldCancelOnlyAfterFirstSignOfTheStation() {
    fixture.ready("a1", agent);
    Talk talk = caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");

    caller.request("CANCEL", talk, "");
    caller.awaitResponse(487, "INVITE");
    assertThat(agent.awaitMaybe(m -> m.startsWith("CANCEL"), Duration.ofMillis(300))).isEmpty();
    agent.respond(invite, 100, "", "");

    agent.respond(agent.awaitRequest("CANCEL"), 200, "at", "");
    agent.respond(invite, 487, "at", "");
    fixture.await(CallEvent.LegReleased.class);
  }

  @Test
  void shouldTellHowTheStationRefused() {
    record Case(int status, OfferOutcome outcome) {}
    for (Case it :
        new Case[] {
          new Case(603, OfferOutcome.REJECTED),
          new Case(486, OfferOutcome.BUSY),
          new Case(404, OfferOutcome.UNREACHABLE)
        }) {
      EdgeFixture other = new EdgeFixture();
      try (RawPhone phone = new RawPhone(other.port);
          RawPhone customer = new RawPhone(other.port)) {
        other.ready("a1", phone);
        customer.invite("sales", customer.sdp(1));
        String invite = phone.awaitRequest("INVITE");
        phone.respond(invite, it.status(), "at", "");
        phone.awaitRequest("ACK");
        assertThat(other.await(CallEvent.OfferEnded.class))
            .satisfies(ended -> {
              assertThat(ended.outcome()).isEqualTo(it.outcome());
              assertThat(ended.status()).isEqualTo(it.status());
            });
      } finally {
        other.close();
      }
    }
  }

  @Test
  void shouldCallSilentStationUnreachable() {
    fixture.ready("a1", agent);

    caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");

    CallEvent.OfferEnded ended = fixture.await(CallEvent.OfferEnded.class);
    assertThat(ended.outcome()).isEqualTo(OfferOutcome.UNREACHABLE);
    assertThat(ended.status()).isEqualTo(408);
    caller.awaitResponse(200, "INVITE");
    agent.respond(invite, 180, "at", "");
    agent.awaitRequest("CANCEL");
  }

  @Test
  void shouldEndOfferThatNobodyAnswersAndPlayTreatment() {
    EdgeFixture quick =
        new EdgeFixture(
            org.switchwright.domain.call.TreatmentMode.EARLY_MEDIA, Duration.ofSeconds(1));
    try (RawPhone phone = new RawPhone(quick.port);
        RawPhone customer = new RawPhone(quick.port)) {
      quick.ready("a1", phone);
      customer.invite("sales", customer.sdp(1));
      String invite = phone.awaitRequest("INVITE");
      phone.respond(invite, 180, "at", "");

      phone.respond(phone.awaitRequest("CANCEL"), 200, "at", "");
      phone.respond(invite, 487, "at", "");

      assertThat(quick.await(CallEvent.OfferEnded.class).outcome()).isEqualTo(OfferOutcome.MISSED);
      String progress = customer.awaitResponse(183, "INVITE");
      assertThat(RawPhone.body(progress)).contains("RTP/AVP 0 101");
      Awaitility.await().until(() -> quick.edge.treatments() == 1);
    } finally {
      quick.close();
    }
  }

  @Test
  void shouldRefuseCallerWithoutCommonCodec() {
    fixture.ready("a1", agent);

    caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 488, "at", "");

    caller.awaitResponse(488, "INVITE");
  }

  @Test
  void shouldNotFindUnknownAddressAndUnknownDialog() {
    caller.invite("nobody", caller.sdp(1));
    caller.awaitResponse(404, "INVITE");

    Talk talk = caller.invite("sales", caller.sdp(1));
    caller.awaitResponse(200, "INVITE");
    talk.remote = "<sip:sales@127.0.0.1>;tag=forged.0.0123456789abcdef";
    caller.request("BYE", talk, "");
    caller.awaitResponse(481, "BYE");
    caller.request("INVITE", talk, caller.sdp(2));
    caller.awaitResponse(481, "INVITE");
  }

  @Test
  void shouldAnswerOptionsAndRefuseOtherMethods() {
    Talk talk = caller.invite("nobody", "");
    caller.awaitResponse(404, "INVITE");

    caller.request("OPTIONS", talk, "");
    assertThat(caller.awaitResponse(200, "OPTIONS")).contains("Allow: ").contains("timer");
    caller.request("MESSAGE", talk, "");
    assertThat(caller.awaitResponse(405, "MESSAGE")).contains("Allow: ");
    caller.request("UPDATE", talk, "");
    caller.awaitResponse(405, "UPDATE");
    caller.request("SUBSCRIBE", talk, "", "Event: presence");
    caller.awaitResponse(405, "SUBSCRIBE");
  }

  @Test
  void shouldRefuseBodiesItCannotRead() {
    caller.invite("sales", "not a session");
    caller.awaitResponse(400, "INVITE");
  }

  @Test
  void shouldAgreeOnSessionTimers() {
    caller.invite("sales", caller.sdp(1), "Supported: timer", "Session-Expires: 60");
    assertThat(caller.awaitResponse(422, "INVITE")).contains("Min-SE: 90");

    caller.invite("sales", caller.sdp(1), "Supported: timer", "Session-Expires: 200;refresher=uac");
    assertThat(caller.awaitResponse(200, "INVITE"))
        .contains("Session-Expires: 200;refresher=uac")
        .contains("Require: timer");

    caller.invite("sales", caller.sdp(1));
    assertThat(caller.awaitResponse(200, "INVITE"))
        .contains("Session-Expires: 1800;refresher=uas")
        .doesNotContain("Require");
  }

  @Test
  void shouldRefuseCallsWhenNothingIsJournaled() {
    fixture.host.stall();

    caller.invite("sales", caller.sdp(1));

    assertThat(caller.awaitResponse(503, "INVITE")).contains("Retry-After: ");
  }

  @Test
  void shouldHangUpOnAgentWhoseAnswerIsNotJournaled() {
    fixture.ready("a1", agent);
    caller.invite("sales", caller.sdp(1));
    String invite = agent.awaitRequest("INVITE");
    agent.respond(invite, 180, "at", "");
    caller.awaitResponse(180, "INVITE");

    fixture.host.stall();
    agent.respond(invite, 200, "at", agent.sdp(1));

    agent.awaitRequest("ACK");
    agent.awaitRequest("BYE");
  }
}

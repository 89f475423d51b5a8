package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.switchwright.domain.CallId;
import org.switchwright.domain.EdgeId;
import org.switchwright.domain.KeyId;
import org.switchwright.domain.Personal;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.call.Dialog;
import org.switchwright.domain.call.LegReport.ReinviteRefusal;
import org.switchwright.domain.call.LegReport.StationRefusal;
import org.switchwright.domain.call.Refusal;
import org.switchwright.domain.call.ServerTransaction;
import org.switchwright.domain.call.SessionDescription;
import org.switchwright.domain.call.SessionTimer;
import org.switchwright.domain.call.Signal;
import org.switchwright.sip.token.EdgeSecret;

/** Message text in, records out; and back. */
class SipTranslationTest {
  private static final KeyId KEY = new KeyId("k");
  private static final CallId CALL = new CallId("c1");
  private static final SessionTimer TIMER = new SessionTimer(1800, true);
  private static final EdgeSettings SETTINGS =
      EdgeSettings.of(
          new EdgeId("e"),
          new SiteId("desk"),
          "127.0.0.1",
          5060,
          new EdgeSecret("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
  private final SipWriter writer = new SipWriter(SETTINGS);

  private static final String INVITE =
      """
      INVITE sip:sales@127.0.0.1 SIP/2.0
      v: SIP/2.0/UDP 127.0.0.7:5070;branch=z9hG4bKin1;rport=5071;received=127.0.0.8
      Via: SIP/2.0/UDP 127.0.0.9;branch=z9hG4bKin0
      Max-Forwards: 70
      f: Zoe <sip:zoe@example.org;user=phone>;tag=ft
      t: sip:sales@127.0.0.1
      i: abc@127.0.0.7
      CSeq: 7 INVITE
      m: "Z" <sip:zoe@127.0.0.7:5070;transport=udp>;q=1
      Record-Route: <sip:127.0.0.5;lr>, <sip:127.0.0.6;lr>
      k: timer
      x: 600;refresher=uac
      c: application/sdp
      l: 5

      v=0
      """
          .replace("\n", "\r\n");

  private static SIPRequest request(String text) {
    try {
      return (SIPRequest)
          new StringMsgParser()
              .parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void shouldReadDialogOfCaller() {
    Dialog dialog = SipReader.dialogOfCaller(request(INVITE), "lt", KEY, TIMER).orElseThrow();

    assertThat(dialog)
        .isEqualTo(
            new Dialog(
                Personal.of(KEY, "abc@127.0.0.7"),
                "lt",
                "ft",
                Personal.of(KEY, "<sip:sales@127.0.0.1>"),
                Personal.of(KEY, "\"Zoe\" <sip:zoe@example.org;user=phone>"),
                Personal.of(KEY, "sip:zoe@127.0.0.7:5070;transport=udp"),
                Personal.of(KEY, "<sip:127.0.0.5;lr>\r\n<sip:127.0.0.6;lr>"),
                TIMER));
  }

  @Test
  void shouldReadInviteAsDataThatCanBeAnswered() {
    ServerTransaction data = SipReader.transaction(request(INVITE), "lt", KEY);

    assertThat(data.branch()).isEqualTo("z9hG4bKin1");
    assertThat(data.cseq()).isEqualTo(7);
    SIPResponse response = writer.response(data, 180, "Ringing", List.of());
    assertThat(response.toString())
        .startsWith("SIP/2.0 180 Ringing\r\n")
        .contains("received=127.0.0.8", "rport=5071", "z9hG4bKin0", "tag=lt", "127.0.0.6");
    assertThat(response.getTopmostVia().getBranch()).isEqualTo("z9hG4bKin1");
    assertThat(SipReader.session(request(INVITE))).contains("v=0\r\n");
  }

  @Test
  void shouldReadDialogOfStationWithRoutesReversed() {
    SIPRequest invite =
        writer.invite(
            CALL,
            new Signal.InviteStation(
                3,
                Personal.of(KEY, "sip:a1@127.0.0.2:5062"),
                Personal.of(KEY, "\"Zoe\" <sip:zoe@example.org>"),
                new SessionDescription(Personal.of(KEY, "v=0\r\no=x 1 1 IN IP4 1.2.3.4\r\n"), 4)));
    SIPResponse ok =
        writer.response(
            SipReader.repeatedHeaders(invite, "rt")
                + "Record-Route: <sip:127.0.0.5;lr>, <sip:127.0.0.6;lr>\r\n",
            200,
            "OK",
            List.of("Contact: <sip:a1@127.0.0.3>"),
            "");

    Dialog dialog = SipReader.dialogOfStation(ok, "lt", KEY, TIMER).orElseThrow();

    assertThat(dialog.remoteTag()).isEqualTo("rt");
    assertThat(dialog.routeSet())
        .isEqualTo(Personal.of(KEY, "<sip:127.0.0.6;lr>\r\n<sip:127.0.0.5;lr>"));
    assertThat(dialog.remoteTarget()).isEqualTo(Personal.of(KEY, "sip:a1@127.0.0.3"));
    assertThat(dialog.localParty()).isEqualTo(Personal.of(KEY, "\"Zoe\" <sip:zoe@example.org>"));
  }

  @Test
  void shouldWriteTheSameInviteOnAnyEdgeAndACancelThatFits() {
    Personal station = Personal.of(KEY, "sip:a1@127.0.0.2:5062");
    Personal caller = Personal.of(KEY, "<sip:zoe@example.org>");
    SessionDescription offer =
        new SessionDescription(Personal.of(KEY, "v=0\r\no=x 1 1 IN IP4 1.2.3.4\r\n"), 4);

    Signal.InviteStation signal = new Signal.InviteStation(3, station, caller, offer);
    String invite = writer.invite(CALL, signal).toString();
    SIPRequest cancel = new SipWriter(SETTINGS).cancel(CALL, 3, station, caller);

    assertThat(new SipWriter(SETTINGS).invite(CALL, signal)).hasToString(invite);
    assertThat(invite)
        .contains("Call-ID: c1-3@desk", "CSeq: 1 INVITE", " 4 IN IP4 127.0.0.1", "timer")
        .doesNotContain("1.2.3.4");
    SIPRequest same = request(invite);
    assertThat(cancel.getTopmostVia()).isEqualTo(same.getTopmostVia());
    assertThat(cancel.getFrom()).isEqualTo(same.getFrom());
    assertThat(cancel.getTo()).isEqualTo(same.getTo());
    assertThat(cancel.getRequestURI()).isEqualTo(same.getRequestURI());
    assertThat(cancel.getCSeq().getSeqNumber()).isEqualTo(1);
  }

  @Test
  void shouldMakeAnInviteOfACancel() {
    SIPRequest cancel =
        request(
            INVITE
                .replace("INVITE", "CANCEL")
                .replaceFirst("(?s)c: application.*", "l: 0\r\n\r\n"));

    assertThat(SipReader.cancelled(cancel, "lt", KEY))
        .satisfies(data -> {
          assertThat(data.branch()).isEqualTo("z9hG4bKin1");
          assertThat(data.headers().text().orElseThrow()).contains("CSeq: 7 INVITE\r\n");
        });
  }

  @Test
  void shouldNotWriteToErasedPersons() {
    ServerTransaction erased = new ServerTransaction(new Personal.Erased(KEY), "b", 1);

    assertThatThrownBy(() -> writer.response(erased, 180, "Ringing", List.of()))
        .isInstanceOf(SipWriter.ErasedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x: 600;refresher=uac|600|false",
        "x: 600;refresher=uas|600|true",
        "x: 600|600|true",
        "x: 9999|1800|true",
        "Subject: none|1800|true",
        "Min-SE: 3000|3000|true",
        "x: many|1800|true"
      })
  void shouldAgreeOnSessionTimer(String header, int seconds, boolean weRefresh) {
    SIPRequest invite = request(INVITE.replace("x: 600;refresher=uac", header));

    assertThat(new SessionTimers(EdgeSettings.Times.DEFAULT).withCaller(invite))
        .contains(new SessionTimer(seconds, weRefresh));
  }

  @Test
  void shouldRefuseTooSmallSessionInterval() {
    SIPRequest invite = request(INVITE.replace("x: 600;refresher=uac", "x: 89"));

    assertThat(new SessionTimers(EdgeSettings.Times.DEFAULT).withCaller(invite))
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldHaveAStatusForEachRefusal(Refusal refusal) {
    Statuses.Status status = Statuses.of(refusal);

    assertThat(status.code()).isBetween(400, 699);
    assertThat(status.phrase()).matches("[A-Za-z ,-]+");
    assertThat(status.retryAfterSeconds() > 0)
        .isEqualTo(refusal == Refusal.OVERLOADED || refusal == Refusal.RENEGOTIATING);
  }

  @ParameterizedTest
  @CsvSource({
    "486,BUSY",
    "600,BUSY",
    "603,REJECTED",
    "480,REJECTED",
    "403,REJECTED",
    "487,CANCELLED",
    "488,NOT_ACCEPTABLE",
    "606,NOT_ACCEPTABLE",
    "415,NOT_ACCEPTABLE",
    "404,UNREACHABLE",
    "408,UNREACHABLE",
    "500,UNREACHABLE",
    "302,UNREACHABLE",
    "407,UNREACHABLE",
    "699,UNREACHABLE"
  })
  void shouldTellWhyAStationRefused(int status, StationRefusal refusal) {
    assertThat(Statuses.stationRefusal(status)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "491,GLARE",
    "481,GONE",
    "408,GONE",
    "488,NOT_ACCEPTABLE",
    "500,FAILED",
    "403,FAILED"
  })
  void shouldTellWhyAReinviteFailed(int status, ReinviteRefusal refusal) {
    assertThat(Statuses.reinviteRefusal(status)).isEqualTo(refusal);
  }
}

package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.useragent.CallFixture.SOON;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Offer and answer of the first INVITE (RFC 3264). */
class NegotiationTest {
  private final CallFixture it = new CallFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void shouldSpeakTheOnlyCommonCodec() {
    it.phone.profile(Profile.standard().withCodecs(Codec.G729, Codec.PCMA));

    var pair = it.connect();

    pair.awaitAudioBothWays();
    assertThat(pair.calling().audio().sources().getFirst().payloadType()).isEqualTo(8);
    assertThat(pair.called().audio().sources().getFirst().payloadType()).isEqualTo(8);
  }

  @Test
  void shouldRefuseWhenNoCodecIsCommon() {
    it.phone.profile(Profile.standard().withCodecs(Codec.G729, Codec.TELEPHONE_EVENT));

    Call call = it.request().place();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(488);
  }

  @Test
  void shouldAnswerInTheAckWhatWasOfferedInTheResponse() {
    var pair = it.connect(it.request().withoutOffer());

    assertThat(pair.called().invite().orElseThrow().sdp()).isEmpty();
    assertThat(pair.called().remoteMedia()).contains(pair.calling().audio().local());
    pair.awaitAudioBothWays();
  }

  @Test
  void shouldHangUpWhenTheDelayedOfferHoldsNothingUsable() {
    it.phone.profile(Profile.standard().withCodecs(Codec.G729));

    Call call = it.request().withoutOffer().place();

    assertThat(call.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.NOT_ACCEPTABLE);
    Call answered = it.phone.awaitCall(SOON);
    assertThat(answered.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.NOT_ACCEPTABLE);
  }

  @Test
  void shouldHearEarlyMedia() {
    it.phone.behave(Behaviour.answerAfter(Duration.ofMinutes(1)).withEarlyMedia());

    Call call = it.request().place();

    assertThat(call.awaitEarlyMedia(SOON).status()).isEqualTo(183);
    Call ringing = it.phone.awaitCall(SOON);
    assertThat(call.remoteMedia()).contains(ringing.audio().local());
    await().atMost(SOON).until(() -> !call.audio().audibleSince(call.beganAt()).isEmpty());
    assertThat(call.phase()).isEqualTo(Call.Phase.RINGING);
    ringing.answer();
    call.awaitEstablished(SOON);
    assertThat(call.complaints()).isEmpty();
  }

  @Test
  void shouldAnswerEveryStreamAndTakeTheFirstAudioOverPlainRtp() {
    var session =
        new LocalSession(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000),
            List.of(Codec.PCMU, Codec.OPUS),
            _ -> {});
    String offer =
        """
        v=0
        o=- 1 1 IN IP4 127.0.0.9
        s=-
        c=IN IP4 127.0.0.9
        t=0 0
        m=video 6000 RTP/AVP 99
        a=rtpmap:99 VP8/90000
        m=audio 6002 RTP/AVP 96 0
        a=rtpmap:96 opus/48000/2
        a=sendonly
        """
            .replace("\n", "\r\n");

    String answer = session.answer(offer).orElseThrow();

    assertThat(answer.lines())
        .contains("m=video 0 RTP/AVP 99", "m=audio 4000 RTP/AVP 0 96", "a=rtpmap:96 opus/48000/2")
        .contains("a=recvonly");
    assertThat(session.codec()).contains(Codec.OPUS);
    assertThat(session.target()).isEmpty();
    assertThat(session.isHeldByRemote()).isTrue();
  }
}

package org.switchwright.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchwright.sip.sdp.SessionDescriptions.Answer;

class SessionDescriptionsTest {
  private static final Origin OURS = new Origin(7, 1, "127.0.0.9");
  private static final String HEAD =
      "v=0\r\no=bob 1 1 IN IP4 127.0.0.2\r\ns=talk\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n";

  @Test
  void shouldAnswerWithFirstCommonLawAndTelephoneEvents() {
    String offer =
        HEAD
            + "m=audio 4000 RTP/AVP 96 8 0 101\r\na=rtpmap:96 opus/48000/2\r\n"
            + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";

    Answer answer = SessionDescriptions.answer(offer, OURS, 5000);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Answered.class,
            a -> {
              assertThat(a.law()).isEqualTo(Law.PCMA);
              assertThat(a.payloadType()).isEqualTo(8);
              assertThat(a.remote().address()).isEqualTo("127.0.0.2");
              assertThat(a.remote().port()).isEqualTo(4000);
              assertThat(a.direction()).isEqualTo(Direction.SENDRECV);
              assertThat(a.sdp())
                  .isEqualTo(
                      """
                      v=0
                      o=- 7 1 IN IP4 127.0.0.9
                      s=-
                      c=IN IP4 127.0.0.9
                      t=0 0
                      m=audio 5000 RTP/AVP 8 101
                      a=rtpmap:8 PCMA/8000
                      a=rtpmap:101 telephone-event/8000
                      a=fmtp:101 0-16
                      a=ptime:20
                      a=sendrecv
                      """
                          .replace("\n", "\r\n"));
            });
  }

  @ParameterizedTest
  @CsvSource({"sendrecv,SENDRECV", "sendonly,RECVONLY", "recvonly,SENDONLY", "inactive,INACTIVE"})
  void shouldMirrorDirection(String offered, Direction expected) {
    String offer = HEAD + "m=audio 4000 RTP/AVP 0\r\na=" + offered + "\r\n";

    assertThat(SessionDescriptions.answer(offer, OURS, 5000))
        .isInstanceOfSatisfying(
            Answer.Answered.class, a -> assertThat(a.direction()).isEqualTo(expected));
  }

  @Test
  void shouldTakeSessionDirectionAndMediaAddress() {
    String offer = HEAD + "a=sendonly\r\nm=audio 4000 RTP/AVP 0\r\nc=IN IP4 127.0.0.3\r\n";

    RemoteAudio audio = SessionDescriptions.audioOf(offer).orElseThrow();

    assertThat(audio.direction()).isEqualTo(Direction.SENDONLY);
    assertThat(audio.address()).isEqualTo("127.0.0.3");
  }

  @Test
  void shouldTakeOldHoldAsNotReceiving() {
    String offer =
        HEAD.replace("c=IN IP4 127.0.0.2", "c=IN IP4 0.0.0.0") + "m=audio 4000 RTP/AVP 0\r\n";

    assertThat(SessionDescriptions.audioOf(offer).orElseThrow().direction())
        .isEqualTo(Direction.SENDONLY);
  }

  @Test
  void shouldRefuseOtherStreamsInPlace() {
    String offer =
        HEAD + "m=video 4002 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 0\r\nm=audio 4004 RTP/AVP 8\r\n";

    assertThat(SessionDescriptions.answer(offer, OURS, 5000))
        .isInstanceOfSatisfying(
            Answer.Answered.class,
            a ->
                assertThat(a.sdp().lines().filter(l -> l.startsWith("m=")))
                    .containsExactly(
                        "m=video 0 RTP/AVP 31", "m=audio 5000 RTP/AVP 0", "m=audio 0 RTP/AVP 8"));
  }

  @Test
  void shouldUseDynamicNumberOfTheOffer() {
    String offer = HEAD + "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 pcmu/8000\r\n";

    assertThat(SessionDescriptions.answer(offer, OURS, 5000))
        .isInstanceOfSatisfying(
            Answer.Answered.class,
            a -> {
              assertThat(a.law()).isEqualTo(Law.PCMU);
              assertThat(a.payloadType()).isEqualTo(97);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=audio 4000 RTP/AVP 18\r\n",
        "m=audio 0 RTP/AVP 0\r\n",
        "m=audio 4000 RTP/SAVP 0\r\n",
        "m=video 4000 RTP/AVP 31\r\n",
        "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 phone.example\r\n",
        "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 G729/8000\r\n",
        ""
      })
  void shouldSayWhenNothingIsCommon(String media) {
    assertThat(SessionDescriptions.answer(HEAD + media, OURS, 5000))
        .isEqualTo(new Answer.NoCommonCodec());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "v=0\r\n",
        "v=1\r\n",
        "v=0\r\no=x\r\n",
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nm=audio RTP/AVP\r\n",
        "v=0\r\nm=audio 99999999999 RTP/AVP 0\r\n"
      })
  void shouldSayWhatIsUnreadable(String text) {
    assertThat(SessionDescriptions.answer(text, OURS, 5000)).isEqualTo(new Answer.Unreadable());
  }

  @Test
  void shouldOfferBothLaws() {
    String offer = SessionDescriptions.offer(OURS, 5000, Direction.SENDONLY);

    RemoteAudio audio = SessionDescriptions.audioOf(offer).orElseThrow();

    assertThat(audio.payloads())
        .extracting(RemoteAudio.Payload::encoding)
        .containsExactly("PCMU", "PCMA", "TELEPHONE-EVENT");
    assertThat(audio.direction()).isEqualTo(Direction.SENDONLY);
  }

  @Test
  void shouldRewriteNothingButTheOrigin() {
    String offer = HEAD + "m=audio 4000 RTP/AVP 0\r\na=x-odd:o=1\r\n";

    assertThat(SessionDescriptions.withOrigin(offer, OURS))
        .isEqualTo(offer.replace("o=bob 1 1 IN IP4 127.0.0.2", "o=- 7 1 IN IP4 127.0.0.9"));
  }

  @Test
  void shouldPrintNoAddress() {
    String offer = HEAD + "m=audio 4000 RTP/AVP 0\r\n";

    assertThat(SessionDescriptions.answer(offer, OURS, 5000).toString()).doesNotContain("127.");
    assertThat(SessionDescriptions.audioOf(offer).toString()).doesNotContain("127.");
  }
}

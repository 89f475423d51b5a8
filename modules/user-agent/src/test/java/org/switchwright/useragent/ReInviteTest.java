package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.useragent.CallFixture.SOON;
import static org.switchwright.useragent.CallFixture.sent;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What re-INVITE does to a call that is up (RFC 3261 section 14). */
class ReInviteTest {
  private final CallFixture it = new CallFixture();

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void shouldFallSilentBothWaysOnHoldAndSpeakAgainAfterIt() {
    var pair = it.connect();
    pair.awaitAudioBothWays();

    assertThat(pair.called().hold().join()).isEqualTo(200);

    pair.calling().awaitReInvited(1, SOON);
    pair.calling().awaitEvent(CallEvent.Held.class, 1, _ -> true, SOON);
    assertThat(pair.calling().events(CallEvent.Held.class).getFirst().by())
        .isEqualTo(CallEvent.By.REMOTE);
    assertThat(pair.called().events(CallEvent.Held.class).getFirst().by())
        .isEqualTo(CallEvent.By.LOCAL);
    assertThat(pair.calling().audio().isSending()).isFalse();
    assertThat(pair.called().audio().isSending()).isFalse();

    assertThat(pair.called().resume().join()).isEqualTo(200);

    pair.calling().awaitEvent(CallEvent.Resumed.class, 1, _ -> true, SOON);
    pair.awaitAudioBothWays();
    assertThat(pair.calling().complaints()).isEmpty();
    assertThat(pair.called().complaints()).isEmpty();
  }

  @Test
  void shouldAllowHoldByBothSides() {
    var pair = it.connect();

    assertThat(pair.called().hold().join()).isEqualTo(200);
    assertThat(pair.calling().hold().join()).isEqualTo(200);
    assertThat(pair.called().resume().join()).isEqualTo(200);
    pair.calling().awaitReInvited(2, SOON);
    assertThat(pair.calling().audio().isSending()).isFalse();
    assertThat(pair.called().audio().isSending()).isFalse();
    assertThat(pair.calling().resume().join()).isEqualTo(200);

    pair.awaitAudioBothWays();
  }

  @Test
  void shouldRaiseTheVersionAndKeepTheRestOfTheOriginLine() {
    var pair = it.connect();
    pair.called().hold().join();
    pair.called().resume().join();

    List<String> origins =
        it
            .callers
            .messages(message ->
                message.way() == RecordedMessage.Way.SENT && message.message().sdp().isPresent())
            .stream()
            .map(message -> RemoteMedia.parse(message.message().body()).orElseThrow())
            .map(media -> media.origin() + "#" + media.version())
            .toList();

    assertThat(origins).hasSize(3).doesNotHaveDuplicates();
    assertThat(origins.stream().map(origin -> origin.substring(0, origin.indexOf('#'))).distinct())
        .hasSize(1);
  }

  @Test
  void shouldMakeTheOfferWhenTheReInviteHasNone() {
    var pair = it.connect();

    assertThat(pair.calling().reInviteWithoutOffer().join()).isEqualTo(200);

    pair.called().awaitReInvited(1, SOON);
    pair.awaitAudioBothWays();
    assertThat(pair.called().complaints()).isEmpty();
  }

  @Test
  void shouldTryAgainAfterGlare() {
    var pair = it.connect();
    var callersLost = new AtomicBoolean();
    it.phones.loseIncoming(message -> {
      boolean early = pair.called().events(CallEvent.ReInviteAnswered.class).isEmpty();
      boolean lost = message.isRequest("INVITE") && early;
      callersLost.compareAndSet(false, lost);
      return lost;
    });

    var callersHold = pair.calling().hold();
    await().atMost(SOON).untilTrue(callersLost);
    var phonesRefresh = pair.called().refresh();

    assertThat(callersHold.join()).isEqualTo(200);
    assertThat(phonesRefresh.join()).isEqualTo(200);
    assertThat(pair.called().events(CallEvent.ReInviteAnswered.class))
        .extracting(CallEvent.ReInviteAnswered::status)
        .startsWith(491)
        .endsWith(200);
  }

  @Test
  void shouldKeepTheSessionWhenAReInviteIsRefused() {
    it.phone.profile(Profile.standard().withQuirks(Quirk.REFUSES_REINVITE));
    var pair = it.connect();

    assertThat(pair.calling().hold().join()).isEqualTo(488);

    assertThat(pair.calling().events(CallEvent.Held.class)).isEmpty();
    pair.awaitAudioBothWays();
  }

  @Test
  void shouldEndTheCallWhenAReInviteIsNotAnswered() {
    it.phone.profile(Profile.standard().withQuirks(Quirk.IGNORES_REINVITE));
    var pair = it.connect();

    assertThat(pair.calling().refresh().join()).isEqualTo(408);

    assertThat(pair.calling().awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.NO_RESPONSE);
  }

  @Test
  void shouldFollowAMovedContactAndMovedMedia() {
    try (var elsewhere = UserAgents.at("127.0.0.3").start()) {
      var pair = it.connect();
      RtpStream moved = elsewhere.openAudio();
      var calling = pair.calling().conversation();
      Draft invite =
          calling
              .dialog()
              .request("INVITE")
              .replace("Contact", "<" + elsewhere.contact("moved") + ">")
              .sdp(movedSdp(moved.local()));

      it.callers.sendRaw(
          invite.via(it.callers.transactions().newVia()).bytes(), it.phones.address());

      CallEvent.ReInvited seen = pair.called().awaitReInvited(1, SOON);
      assertThat(seen.remoteMedia()).contains(moved.local());
      await().atMost(SOON).until(() -> moved.packetsReceived() > 0);
      pair.called().hangUp();
      await()
          .atMost(SOON)
          .until(() -> !elsewhere.messages(it -> it.message().isRequest("BYE")).isEmpty());
    }
  }

  private static String movedSdp(InetSocketAddress address) {
    return new LocalSession(address, List.of(Codec.PCMU), _ -> {}).offer(false);
  }

  @Test
  void shouldAnswerOptionsAndRefuseUpdate() {
    var pair = it.connect();

    assertThat(pair.calling().request("OPTIONS").join()).isEqualTo(200);
    assertThat(pair.calling().request("UPDATE").join()).isEqualTo(405);
  }

  @Test
  void shouldTellSinceWhenItHeardSomebody() {
    var pair = it.connect();
    pair.awaitAudioBothWays();
    pair.called().hangUp();
    pair.calling().awaitEnded(SOON);

    assertThat(pair.calling().audio().heardSince(pair.calling().beganAt())).hasSize(1);
    assertThat(pair.calling().audio().heardSince(Instant.MAX)).isEmpty();
    assertThat(sent(it.phones, pair.called())).contains("BYE");
  }
}

package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.useragent.CallFixture.SOON;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.switchwright.useragent.SessionTimer.Refresher;

/** RFC 4028, with intervals shorter than the standard's. */
class SessionTimerTest {
  private static final Duration INTERVAL = Duration.ofSeconds(4);
  private final CallFixture it = new CallFixture();

  @AfterEach
  void close() {
    it.close();
  }

  private Caller asking(Refresher refresher) {
    return it.caller.profile(
        Profile.standard().withSessionTimer(SessionTimer.every(INTERVAL, refresher)));
  }

  private void phoneWith(SessionTimer timer) {
    it.phone.profile(Profile.standard().withSessionTimer(timer));
  }

  @Test
  void shouldRefreshByTheCaller() {
    phoneWith(SessionTimer.onDemand(INTERVAL));

    var pair = it.connect(it.request(asking(Refresher.UAC)));

    CallEvent.ReInvited refreshed = pair.called().awaitReInvited(1, SOON);
    assertThat(refreshed.sdpChanged()).isFalse();
    assertThat(pair.called().complaints()).isEmpty();
    assertThat(pair.calling().phase()).isEqualTo(Call.Phase.ESTABLISHED);
  }

  @Test
  void shouldRefreshByThePhone() {
    phoneWith(SessionTimer.onDemand(INTERVAL));

    var pair = it.connect(it.request(asking(Refresher.UAS)));

    pair.calling().awaitReInvited(1, SOON);
    assertThat(pair.called().phase()).isEqualTo(Call.Phase.ESTABLISHED);
  }

  @Test
  void shouldRefreshByThePhoneWhichAsksByItself() {
    phoneWith(SessionTimer.every(INTERVAL, Refresher.UAS));
    Caller plain = it.caller.profile(Profile.standard().withSessionTimer(SessionTimer.none()));

    var pair = it.connect(it.request(plain));

    pair.calling().awaitReInvited(1, SOON);
  }

  @Test
  void shouldEndASessionThatIsNotRefreshed() {
    phoneWith(SessionTimer.onDemand(INTERVAL));
    var pair = it.connect(it.request(asking(Refresher.UAC)));
    it.callers.loseOutgoing(message -> message.isRequest("INVITE"));

    assertThat(pair.called().awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.SESSION_EXPIRED);
  }

  @Test
  void shouldAskForMoreAfter422() {
    phoneWith(SessionTimer.onDemand(Duration.ofSeconds(90)));

    Call call = it.request(asking(Refresher.UAC)).place();

    call.awaitEstablished(SOON);
    assertThat(it.phone.calls()).hasSize(2);
    assertThat(it.phone.calls().getFirst().awaitFinal(SOON).status()).isEqualTo(422);
    assertThat(it.phone.calls().getLast().invite().orElseThrow().header("Session-Expires"))
        .contains("90;refresher=uac");
  }

  @Test
  void shouldDoWithoutWhereThePhoneKnowsNoTimers() {
    phoneWith(SessionTimer.none());

    var pair = it.connect(it.request(asking(Refresher.UAC)));

    await()
        .during(Duration.ofMillis(2_500))
        .atMost(SOON)
        .until(() -> pair.called().events(CallEvent.ReInvited.class).isEmpty());
  }
}

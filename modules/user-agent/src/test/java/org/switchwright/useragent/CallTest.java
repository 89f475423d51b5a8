package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.switchwright.useragent.CallFixture.SOON;
import static org.switchwright.useragent.CallFixture.sent;
import static org.switchwright.useragent.CallFixture.sentWithRepeats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
  private final CallFixture it = new CallFixture();
  private final Phone phone = it.phone;

  @AfterEach
  void close() {
    it.close();
  }

  @Test
  void shouldCarryAudioBothWaysUntilCallerHangsUp() {
    phone.behave(Behaviour.answerAfter(Duration.ofMillis(50)));

    var pair = it.connect();
    pair.calling().awaitProvisional(180, SOON);
    assertThat(pair.calling().remoteMedia()).contains(pair.called().audio().local());
    assertThat(pair.called().remoteMedia()).contains(pair.calling().audio().local());
    pair.awaitAudioBothWays();
    pair.calling().hangUp();

    CallEvent.Ended ended = pair.called().awaitEnded(SOON);
    assertThat(ended.by()).isEqualTo(CallEvent.By.REMOTE);
    assertThat(ended.cause()).isEqualTo(CallEvent.Cause.HUNG_UP);
    assertThat(pair.calling().awaitEnded(SOON).by()).isEqualTo(CallEvent.By.LOCAL);
    assertThat(pair.calling().complaints()).isEmpty();
    assertThat(pair.called().complaints()).isEmpty();
    assertThat(it.callers.liveCalls() + it.phones.liveCalls()).isZero();
    assertThat(sent(it.callers, pair.calling())).containsExactly("INVITE", "ACK", "BYE");
    assertThat(sent(it.phones, pair.called()))
        .containsExactly("100 (INVITE)", "180 (INVITE)", "200 (INVITE)", "200 (BYE)");
    assertThat(pair.called().invite().orElseThrow().header("From").orElse(""))
        .startsWith("\"A \\\"quoted\\\" caller\" <sip:+15550100@127.0.0.1>");
  }

  @Test
  void shouldTellWhoHungUpAndWhy() {
    var pair = it.connect();

    pair.called().hangUp(Optional.of("Q.850;cause=16"));

    CallEvent.Ended ended = pair.calling().awaitEnded(SOON);
    assertThat(ended.by()).isEqualTo(CallEvent.By.REMOTE);
    assertThat(ended.reason()).contains("Q.850;cause=16");
  }

  @Test
  void shouldHangUpAfterTalkTime() {
    phone.behave(Behaviour.answer().talkFor(Duration.ofMillis(100)));

    Call call = it.request().place();

    assertThat(call.awaitEnded(SOON).by()).isEqualTo(CallEvent.By.REMOTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 480, 486, 488, 503, 600, 603})
  void shouldRefuseWithAnyStatus(int status) {
    phone.behave(Behaviour.refuse(status));

    Call call = it.request().place();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(status);
    CallEvent.Ended ended = call.awaitEnded(SOON);
    assertThat(ended.cause()).isEqualTo(CallEvent.Cause.REFUSED);
    assertThat(call.events(CallEvent.Established.class)).isEmpty();
    await().atMost(SOON).until(() -> sent(it.callers, call).equals(List.of("INVITE", "ACK")));
  }

  @Test
  void shouldRefuseAfterRinging() {
    phone.behave(Behaviour.refuseAfter(Duration.ofMillis(50), 486));

    Call call = it.request().place();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(486);
    call.awaitProvisional(180, SOON);
  }

  @Test
  void shouldBeBusyWithAllLinesTaken() {
    var pair = it.connect();

    assertThat(it.request().place().awaitFinal(SOON).status()).isEqualTo(486);

    pair.calling().hangUp();
    pair.called().awaitEnded(SOON);
    it.connect();
  }

  @Test
  void shouldRingUntilTheCallerGivesUp() {
    phone.behave(Behaviour.ring());
    Call call = it.request().place();
    call.awaitProvisional(180, SOON);

    call.cancel();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
    assertThat(call.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.CANCELLED);
    Call missed = phone.awaitCall(SOON);
    assertThat(missed.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.CANCELLED);
    assertThat(missed.events(CallEvent.CancelCame.class)).hasSize(1);
    assertThat(sent(it.callers, call)).containsExactly("INVITE", "CANCEL", "ACK");
  }

  @Test
  void shouldCancelOnlyAfterAProvisionalResponse() {
    phone.behave(Behaviour.ring());
    it.callers.loseIncoming(message -> message.status() == 100 || message.status() == 180);
    Call call = it.request().place();
    phone.awaitCall(SOON);

    call.cancel();
    assertThat(sent(it.callers, call)).doesNotContain("CANCEL");
    it.callers.loseIncoming(_ -> false);

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
    assertThat(sent(it.callers, call)).contains("CANCEL");
  }

  @Test
  void shouldGiveUpWhenPatienceEnds() {
    phone.behave(Behaviour.ring());

    Call call = it.request().patience(Duration.ofMillis(50)).place();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(487);
  }

  @Test
  void shouldHangUpWhenTheAnswerCrossesTheCancel() {
    phone.behave(Behaviour.ring()).profile(Profile.standard().withQuirks(Quirk.ANSWERS_ON_CANCEL));
    Call call = it.request().place();
    call.awaitProvisional(180, SOON);

    call.cancel();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(200);
    assertThat(call.awaitEnded(SOON).by()).isEqualTo(CallEvent.By.LOCAL);
    Call answered = phone.awaitCall(SOON);
    assertThat(answered.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.HUNG_UP);
    assertThat(sent(it.callers, call)).containsExactly("INVITE", "CANCEL", "ACK", "BYE");
  }

  @Test
  void shouldMeetSilence() {
    phone.behave(Behaviour.silent());

    Call call = it.request().place();

    CallEvent.Final last = call.awaitFinal(SOON);
    assertThat(last.status()).isEqualTo(408);
    assertThat(last.fromPeer()).isFalse();
    assertThat(call.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.NO_RESPONSE);
    assertThat(sent(it.callers, call)).containsExactly("INVITE");
    assertThat(sentWithRepeats(it.callers, call)).hasSizeBetween(6, 7);
    assertThat(sent(it.phones, call)).isEmpty();
  }

  @Test
  void shouldAnswerOnCommand() {
    phone.behave(Behaviour.ring());
    Call call = it.request().place();
    call.awaitProvisional(180, SOON);

    phone.awaitCall(SOON).answer();

    call.awaitEstablished(SOON);
  }

  @Test
  void shouldFindNobody() {
    Call call = it.caller.call("sip:nobody@example.test", it.phones.address()).place();

    assertThat(call.awaitFinal(SOON).status()).isEqualTo(404);
  }

  @Test
  void shouldNameWhatWasExpectedWhenWaitingInVain() {
    phone.behave(Behaviour.ring());
    Call call = it.request().place();
    call.awaitProvisional(180, SOON);

    assertThatThrownBy(() -> call.awaitEstablished(Duration.ofMillis(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Expected Established")
        .hasMessageContaining("[100, 180]");
  }

  @Test
  void shouldForgetTransactionsWithTime() {
    var pair = it.connect();
    pair.calling().hangUp();
    pair.called().awaitEnded(SOON);

    await()
        .atMost(SOON)
        .until(() -> it.callers.transactions().size() + it.phones.transactions().size() == 0);
  }

  @Test
  void shouldFreePortsAndThreadsOnClose() {
    int port = it.phones.address().getPort();
    int audioPort = it.connect().called().audio().local().getPort();

    it.close();

    try (var again = UserAgents.at("127.0.0.2").port(port).withoutAudio().start()) {
      assertThat(again.address().getPort()).isEqualTo(port);
    }
    try (var again = UserAgents.at("127.0.0.2").port(audioPort).start()) {
      assertThat(again.address().getPort()).isEqualTo(audioPort);
    }
    await()
        .atMost(SOON)
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ua-")));
  }
}

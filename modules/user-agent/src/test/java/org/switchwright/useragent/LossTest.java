package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.switchwright.useragent.CallFixture.SOON;
import static org.switchwright.useragent.CallFixture.sentWithRepeats;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What repetition repairs, and what it does when there is nothing to repair (RFC 3261 17). */
class LossTest {
  private final CallFixture it = new CallFixture();

  @AfterEach
  void close() {
    it.close();
  }

  private static Predicate<SipMessage> first(int times, Predicate<SipMessage> kind) {
    var left = new AtomicInteger(times);
    return message -> kind.test(message) && left.getAndDecrement() > 0;
  }

  @Test
  void shouldAcknowledgeEachRepeated2xx() {
    it.phones.loseIncoming(first(2, message -> message.isRequest("ACK")));

    var pair = it.connect();

    assertThat(
            sentWithRepeats(it.phones, pair.called()).stream()
                .filter("200 (INVITE)"::equals)
                .count())
        .isGreaterThanOrEqualTo(3);
    assertThat(sentWithRepeats(it.callers, pair.calling()).stream().filter("ACK"::equals).count())
        .isGreaterThanOrEqualTo(3);
    assertThat(pair.calling().events(CallEvent.Established.class)).hasSize(1);
  }

  @Test
  void shouldHangUpWhenTheAnswerIsNeverAcknowledged() {
    Caller rude = it.caller.profile(Profile.standard().withQuirks(Quirk.NEVER_ACKS));

    Call call = it.request(rude).place();

    CallEvent.Ended ended = it.phone.awaitCall(SOON).awaitEnded(SOON);
    assertThat(ended.by()).isEqualTo(CallEvent.By.LOCAL);
    assertThat(ended.cause()).isEqualTo(CallEvent.Cause.NO_ACK);
    assertThat(call.awaitEnded(SOON).by()).isEqualTo(CallEvent.By.REMOTE);
  }

  @Test
  void shouldWaitForTheAckBeforeHangingUp() {
    it.phones.loseIncoming(message -> message.isRequest("ACK"));
    Call call = it.request().place();
    call.awaitEstablished(SOON);
    Call answered = it.phone.awaitCall(SOON);

    answered.hangUp();
    await().atMost(SOON).until(() -> sentWithRepeats(it.callers, call).size() > 3);
    assertThat(sentWithRepeats(it.phones, answered)).doesNotContain("BYE");
    it.phones.loseIncoming(_ -> false);

    assertThat(call.awaitEnded(SOON).by()).isEqualTo(CallEvent.By.REMOTE);
  }

  @Test
  void shouldRepeatAFailureUntilItIsAcknowledged() {
    it.phone.behave(Behaviour.busy());
    it.phones.loseIncoming(first(2, message -> message.isRequest("ACK")));

    Call call = it.request().place();

    await()
        .atMost(SOON)
        .until(() -> sentWithRepeats(it.callers, call).stream().filter("ACK"::equals).count() >= 3);
    assertThat(call.events(CallEvent.Final.class)).hasSize(1);
  }

  @Test
  void shouldEndTheCallThoughNobodyAnswersTheBye() {
    it.phone.profile(Profile.standard().withQuirks(Quirk.IGNORES_BYE));
    var pair = it.connect();

    pair.calling().hangUp();

    assertThat(pair.calling().awaitEnded(SOON).by()).isEqualTo(CallEvent.By.LOCAL);
    assertThat(pair.calling().complaints()).containsExactly("BYE got 408");
    assertThat(pair.called().phase()).isEqualTo(Call.Phase.ESTABLISHED);
  }

  @Test
  void shouldEndTheInviteThoughNobodyAnswersTheCancel() {
    it.phone.behave(Behaviour.ring()).profile(Profile.standard().withQuirks(Quirk.IGNORES_CANCEL));
    Call call = it.request().place();
    call.awaitProvisional(180, SOON);

    call.cancel();

    assertThat(call.awaitEnded(SOON).cause()).isEqualTo(CallEvent.Cause.NO_RESPONSE);
  }

  @Test
  void shouldEndBothSidesWhenByesCross() {
    var pair = it.connect();

    pair.calling().hangUp();
    pair.called().hangUp();

    pair.calling().awaitEnded(SOON);
    pair.called().awaitEnded(SOON);
    assertThat(it.callers.liveCalls() + it.phones.liveCalls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldCompleteCallsThroughALossyNetwork(long seed) {
    var random = new Random(seed);
    it.callers.loseIncoming(_ -> random.nextInt(4) == 0);
    it.phones.loseIncoming(_ -> random.nextInt(4) == 0);

    for (int i = 0; i < 5; i++) {
      var pair = it.connect();
      pair.calling().hangUp();
      pair.calling().awaitEnded(SOON);
      pair.called().awaitEnded(SOON);
    }
  }

  @Test
  void shouldCountGarbageAndGoOn() {
    it.callers.sendRaw(
        "hello, is this SIP?\r\n\r\n".getBytes(StandardCharsets.UTF_8), it.phones.address());

    it.connect();

    assertThat(it.phones.garbage()).isEqualTo(1);
  }
}

package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One caller, one phone, nothing between them. */
class CallTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final UserAgents callers = UserAgents.at("127.0.0.1").start();
  private final UserAgents phones = UserAgents.at("127.0.0.2").start();
  private final Phone phone =
      phones.phone(Account.of("2001", "unused", "example.test", phones.address()));
  private final Caller caller = callers.caller("+15550100").named("A \"quoted\" caller");

  @AfterEach
  void close() {
    callers.close();
    phones.close();
  }

  private CallRequest request() {
    return caller.call("sip:2001@example.test", phones.address());
  }

  @Test
  void shouldCarryAudioBothWaysUntilCallerHangsUp() {
    phone.behave(Behaviour.answerAfter(Duration.ofMillis(50)));

    Call call = request().place();
    call.awaitProvisional(180, SOON);
    call.awaitEstablished(SOON);
    Call answered = phone.awaitCall(SOON);
    answered.awaitEstablished(SOON);

    assertThat(call.remoteMedia()).contains(answered.audio().local());
    assertThat(answered.remoteMedia()).contains(call.audio().local());
    awaitAudible(call, answered);
    awaitAudible(answered, call);

    assertThat(call.hangUp().orTimeout(10, TimeUnit.SECONDS).join().by())
        .isEqualTo(CallEvent.By.LOCAL);
    CallEvent.Ended ended = answered.awaitEnded(SOON);
    assertThat(ended.by()).isEqualTo(CallEvent.By.REMOTE);
    assertThat(ended.cause()).isEqualTo(CallEvent.Cause.HUNG_UP);
    assertThat(call.complaints()).isEmpty();
    assertThat(answered.complaints()).isEmpty();
    assertThat(callers.liveCalls() + phones.liveCalls()).isZero();
    assertThat(sent(callers, call)).containsExactly("INVITE", "ACK", "BYE");
    assertThat(sent(phones, answered))
        .containsExactly("100 (INVITE)", "180 (INVITE)", "200 (INVITE)", "200 (BYE)");
  }

  private static void awaitAudible(Call listener, Call talker) {
    Instant since = Instant.now();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(listener.audio().audibleSince(since))
                .containsExactly(talker.audio().local()));
  }

  private static List<String> sent(UserAgents host, Call call) {
    return host
        .messages(
            it -> it.callId().equals(call.sipCallId()) && it.way() == RecordedMessage.Way.SENT)
        .stream()
        .map(it -> it.message().toString())
        .toList();
  }

  @Test
  void shouldHangUpFromThePhoneAfterTalkTimeWithReason() {
    phone.behave(Behaviour.answer());

    Call call = request().place();
    Call answered = phone.awaitCall(SOON);
    answered.awaitEstablished(SOON);
    answered.hangUp(Optional.of("Q.850;cause=16"));

    CallEvent.Ended ended = call.awaitEnded(SOON);
    assertThat(ended.by()).isEqualTo(CallEvent.By.REMOTE);
    assertThat(ended.reason()).contains("Q.850;cause=16");
  }
}

package org.switchwright.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallPoolTest {
  @Test
  void shouldAccountForEachOfManyCalls() {
    try (var callers = UserAgents.at("127.0.0.1").start();
        var phones = UserAgents.at("127.0.0.2").start()) {
      for (int i = 0; i < 50; i++) {
        phones
            .phone(Account.of("a" + i, "unused", "example.test", phones.address()))
            .lines(100)
            .behave(i % 10 == 0 ? Behaviour.busy() : Behaviour.answer());
      }

      Ledger ledger =
          CallPool.of(
                  callers,
                  1_000,
                  500,
                  i -> callers.caller("c" + i).call("sip:a" + i % 50 + "@x", phones.address()))
              .holdFor(Duration.ofMillis(200))
              .run()
              .orTimeout(60, TimeUnit.SECONDS)
              .join();

      assertThat(ledger.entries()).hasSize(1_000);
      assertThat(ledger.byStatus()).isEqualTo(Map.of(200, 900L, 486, 100L));
      assertThat(ledger.entries()).allMatch(entry -> entry.complaints().isEmpty());
      assertThat(ledger.entries().stream().map(Ledger.Entry::sipCallId)).doesNotHaveDuplicates();
      assertThat(ledger.with(200)).allMatch(entry -> entry.talk().isPresent());
      assertThat(callers.liveCalls() + phones.liveCalls()).isZero();
    }
  }

  @Test
  void shouldKeepToTheBoundOfCallsAtOnce() {
    try (var callers = UserAgents.at("127.0.0.1").withoutAudio().start();
        var phones = UserAgents.at("127.0.0.2").withoutAudio().start()) {
      phones.phone(Account.of("a", "unused", "example.test", phones.address())).lines(2);

      Ledger ledger =
          CallPool.of(
                  callers, 20, 1_000, i -> callers.caller("c").call("sip:a@x", phones.address()))
              .holdFor(Duration.ofMillis(20))
              .atMostAtOnce(2)
              .run()
              .orTimeout(60, TimeUnit.SECONDS)
              .join();

      assertThat(ledger.byStatus()).isEqualTo(Map.of(200, 20L));
    }
  }

  @Test
  void shouldHangUpEverything() {
    try (var it = new CallFixture()) {
      it.phone.lines(3);
      it.connect();
      it.connect();
      it.phone.behave(Behaviour.ring());
      it.request().place().awaitProvisional(180, CallFixture.SOON);

      assertThat(it.callers.hangUpAll(CallFixture.SOON)).isTrue();
      assertThat(it.phones.hangUpAll(CallFixture.SOON)).isTrue();
    }
  }
}

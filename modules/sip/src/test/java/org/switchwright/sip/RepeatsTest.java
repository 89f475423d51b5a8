package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Repeats repeats = new Repeats(timer, Duration.ofMillis(5), 2);
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger givenUp = new AtomicInteger();

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  @Test
  void shouldSendTenTimesMoreAndGiveUpOnce() {
    repeats.start("a", sent::incrementAndGet, givenUp::incrementAndGet);

    Awaitility.await().until(() -> givenUp.get() == 1);

    // At 1, 3, 7, 15, 23, 31, 39, 47, 55 and 63 T1 (RFC 3261 13.3.1.4 with T2 = 8*T1).
    assertThat(sent.get()).isEqualTo(10);
    assertThat(repeats.size()).isZero();
  }

  @Test
  void shouldStopWhenAcknowledged() {
    repeats.start("a", sent::incrementAndGet, givenUp::incrementAndGet);
    Awaitility.await().until(() -> sent.get() > 0);

    assertThat(repeats.stop("a")).isTrue();
    assertThat(repeats.stop("a")).isFalse();
    assertThat(repeats.runs("a")).isFalse();
  }

  @Test
  void shouldNotStartTwiceNorBeyondItsBound() {
    assertThat(repeats.start("a", sent::incrementAndGet, () -> {})).isTrue();
    assertThat(repeats.start("a", sent::incrementAndGet, () -> {})).isTrue();
    assertThat(repeats.start("b", sent::incrementAndGet, () -> {})).isTrue();
    assertThat(repeats.size()).isEqualTo(2);

    assertThat(repeats.start("c", sent::incrementAndGet, () -> {})).isFalse();
  }
}

package org.switchwright.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.switchwright.sip.stack.Admission.Verdict;

class AdmissionTest {
  private long now = 1_000_000_000_000L;
  private int inSetUp;
  private final Admission admission =
      new Admission(
          new Admission.Limits(Duration.ofMillis(100), 3, 10, Duration.ofSeconds(5)),
          () -> inSetUp,
          () -> now);

  @Test
  void shouldAdmitASecondsWorthAtOnceAndThenTheRate() {
    int admitted = 0;
    while (admission.ask(Duration.ZERO) == Verdict.ADMITTED) {
      admitted++;
    }
    assertThat(admitted).isEqualTo(10);

    now += Duration.ofMillis(100).toNanos();
    assertThat(admission.ask(Duration.ZERO)).isEqualTo(Verdict.ADMITTED);
    assertThat(admission.ask(Duration.ZERO)).isEqualTo(Verdict.TOO_FAST);
  }

  @Test
  void shouldRefuseByAgeOfQueueAndCallsInSetUp() {
    assertThat(admission.ask(Duration.ofMillis(101))).isEqualTo(Verdict.QUEUE_TOO_OLD);
    inSetUp = 3;
    assertThat(admission.ask(Duration.ZERO)).isEqualTo(Verdict.TOO_MANY_IN_SET_UP);
    inSetUp = 2;
    assertThat(admission.ask(Duration.ZERO)).isEqualTo(Verdict.ADMITTED);
    assertThat(admission.admitted()).isEqualTo(1);
    assertThat(admission.refused()).isEqualTo(2);
  }

  @Test
  void shouldSpreadTheWait() {
    assertThat(admission.retryAfterSeconds(0)).isEqualTo(5);
    assertThat(admission.retryAfterSeconds(0.999)).isEqualTo(10);
  }
}

package org.switchwright.domain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a phone is asked, and from when on it counts as silent. */
class ProbingTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Probing.Times TIMES =
      new Probing.Times(Duration.ofSeconds(15), Duration.ofSeconds(4));

  private static Instant at(int second) {
    return NOW.plusSeconds(second);
  }

  @Test
  void shouldProbeOnceAnIntervalWhileThereAreAnswers() {
    Probing begun = Probing.begun(TIMES, NOW, 0.2);
    assertThat(begun.due()).isEqualTo(at(3));

    Probing sent = begun.sent(at(3));
    assertThat(sent.out()).isTrue();
    assertThat(sent.due()).isEqualTo(at(7));

    Probing answered = sent.answered(at(4));
    assertThat(answered.out()).isFalse();
    assertThat(answered.due()).isEqualTo(at(19));
  }

  @Test
  void shouldProbeAgainAtOnceAndBeSilentAfterTwoInARow() {
    Probing once = Probing.begun(TIMES, NOW, 0).sent(NOW).unanswered(at(4));
    assertThat(once.silent()).isFalse();
    assertThat(once.due()).isEqualTo(at(4));

    Probing twice = once.sent(at(4)).unanswered(at(8));
    assertThat(twice.silent()).isTrue();
    assertThat(TIMES.silentWithin()).isEqualTo(Duration.ofSeconds(23));
  }

  @Test
  void shouldForgetALostProbeWithTheNextAnswer() {
    Probing heard =
        Probing.begun(TIMES, NOW, 0).sent(NOW).unanswered(at(4)).sent(at(4)).answered(at(5));

    assertThat(heard.sent(at(20)).unanswered(at(24)).silent()).isFalse();
  }

  @Test
  void shouldNotBlameThePhoneWhereTheEdgeItselfWasLate() {
    Probing late = Probing.begun(TIMES, NOW, 0).sent(NOW).unanswered(at(6));

    assertThat(late.lost()).isZero();
    assertThat(late.due()).isEqualTo(at(6));
  }
}

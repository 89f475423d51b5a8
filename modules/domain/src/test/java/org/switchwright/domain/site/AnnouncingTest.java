package org.switchwright.domain.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told to whom, against what was told before. 0 stands for nothing. */
class AnnouncingTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static Announcements rules(int limit) {
    return new Announcements(
        true, limit, true, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(45));
  }

  private static Told told(int position, int waitSeconds) {
    return new Told(Optional.of(NOW), position, wait(waitSeconds));
  }

  private static Optional<Duration> wait(int seconds) {
    return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    // limit, told position and wait, position and wait now, said position and wait
    "0, 0, 0, 3, 181, 3, 240",
    "0, 3, 240, 3, 200, 3, 240",
    "0, 3, 240, 2, 61, 2, 120",
    "0, 3, 240, 4, 100, 0, 120",
    "0, 3, 240, 2, 300, 2, 0",
    "0, 3, 240, 4, 300, 0, 0",
    "0, 3, 240, 2, 0, 2, 0",
    "5, 0, 0, 6, 600, 0, 600",
    "5, 0, 0, 5, 600, 5, 600",
    "0, 0, 0, 1, 1, 1, 60"
  })
  void shouldTellWhatIsKnownAndNotWorse(
      int limit, int place, int wait, int placeNow, int waitNow, int said, int saidWait) {
    assertThat(Announcing.now(rules(limit), told(place, wait), placeNow, wait(waitNow)))
        .isEqualTo(new Announcing.Said(said, wait(saidWait)));
  }

  @Test
  void shouldKeepItsDistance() {
    assertThat(Announcing.next(rules(0), NOW, Optional.empty())).isEqualTo(NOW.plusSeconds(20));
    assertThat(Announcing.next(rules(0), NOW, Optional.of(NOW.plusSeconds(20))))
        .isEqualTo(NOW.plusSeconds(65));
    // Told elsewhere 18 s and 2 s before it came to this queue.
    assertThat(Announcing.next(rules(0), NOW, Optional.of(NOW.minusSeconds(18))))
        .isEqualTo(NOW.plusSeconds(20));
    assertThat(
            Announcing.next(
                new Announcements(
                    true, 0, true, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(45)),
                NOW,
                Optional.of(NOW.minusSeconds(2))))
        .isEqualTo(NOW.plusSeconds(13));
    assertThatThrownBy(() ->
            new Announcements(
                true, 0, true, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(14)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.switchwright.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchwright.sip.media.SoundLibrary;

class WordingTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "9, 9",
    "10, 10",
    "13, 13",
    "20, 20",
    "21, 20 1",
    "30, 30",
    "99, 90 9",
    "100, 1 hundred",
    "101, 1 hundred 1",
    "110, 1 hundred 10",
    "342, 3 hundred 40 2",
    "999, 9 hundred 90 9",
  })
  void shouldSpeakNumbers(int number, String words) {
    assertThat(String.join(" ", Wording.number(number)).replace("digits/", "")).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    // place, seconds to wait; 0: not told | prompts without their prefixes
    "0, 0, ''",
    "1, 0, youarenext thankyou",
    "3, 0, thereare 3 callswaiting thankyou",
    "3, 240, thereare 3 callswaiting holdtime less-than 4 minutes thankyou",
    "0, 60, holdtime less-than 1 minute thankyou",
    "0, 30, holdtime less-than 30 seconds thankyou",
    "1, 90, youarenext holdtime less-than 1 minute 30 seconds thankyou",
    "1000, 0, ''",
    "0, 60000, ''",
  })
  void shouldSayWhatIsKnown(int position, int seconds, String words) {
    Optional<Duration> wait =
        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));

    assertThat(
            String.join(" ", Wording.of(position, wait))
                .replace("digits/", "")
                .replace("queue-", ""))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"3, 240", "999, 3599", "1, 60"})
  void shouldHaveEachPromptThatItNames(int position, int seconds) {
    var words = Wording.of(position, Optional.of(Duration.ofSeconds(seconds)));

    assertThat(SoundLibrary.builtIn().prompts(words)).hasSameSizeAs(words);
  }
}

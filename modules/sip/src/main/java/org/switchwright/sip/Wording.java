package org.switchwright.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which prompts say a place and a wait. A number beyond those that can be spoken is not said. */
final class Wording {
  private static final int HIGHEST = 999;

  private Wording() {}

  /**
   * @param position 0: not said
   * @param expectedWait empty: not said
   * @return empty where there is nothing to say
   */
  static List<String> of(int position, Optional<Duration> expectedWait) {
    List<String> words = new ArrayList<>();
    if (position == 1) {
      words.add("queue-youarenext");
    } else if (position > 1 && position <= HIGHEST) {
      words.add("queue-thereare");
      words.addAll(number(position));
      words.add("queue-callswaiting");
    }
    expectedWait
        .filter(wait -> !wait.isNegative() && !wait.isZero() && wait.toMinutes() <= HIGHEST)
        .ifPresent(wait -> {
          words.add("queue-holdtime");
          words.add("queue-less-than");
          words.addAll(span(wait));
        });
    if (!words.isEmpty()) {
      words.add("queue-thankyou");
    }
    return words;
  }

  private static List<String> span(Duration wait) {
    List<String> words = new ArrayList<>();
    int minutes = (int) wait.toMinutes();
    int seconds = wait.toSecondsPart();
    if (minutes > 0) {
      words.addAll(number(minutes));
      words.add(minutes == 1 ? "queue-minute" : "queue-minutes");
    }
    if (seconds > 0 || minutes == 0) {
      words.addAll(number(Math.max(1, seconds)));
      words.add("queue-seconds");
    }
    return words;
  }

  /** 1 to 999. */
  static List<String> number(int number) {
    if (number < 1 || number > HIGHEST) {
      throw new IllegalArgumentException(
          "Expected a number from 1 to " + HIGHEST + ", but got " + number);
    }
    List<String> words = new ArrayList<>();
    if (number >= 100) {
      words.add("digits/" + number / 100);
      words.add("digits/hundred");
    }
    int rest = number % 100;
    if (rest > 20) {
      words.add("digits/" + rest / 10 * 10);
      rest %= 10;
    }
    if (rest > 0) {
      words.add("digits/" + rest);
    }
    return words;
  }
}

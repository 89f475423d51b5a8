package org.switchwright.useragent;

import java.time.Duration;
import java.util.Optional;

/** What a phone does with an INVITE; read when the INVITE comes. */
public sealed interface Behaviour {

  /**
   * Rings (180), then answers.
   *
   * @param talkTime after which it hangs up; without it, it waits for the other side or a command
   * @param earlyMedia sends a 183 with its SDP, and audio, after ringing began
   */
  record Answer(Duration ringTime, Optional<Duration> talkTime, boolean earlyMedia)
      implements Behaviour {
    public Answer talkFor(Duration time) {
      return new Answer(ringTime, Optional.of(time), earlyMedia);
    }

    public Answer withEarlyMedia() {
      return new Answer(ringTime, talkTime, true);
    }
  }

  /**
   * Rings until somebody gives up, or until {@link Call#answer} or {@link Call#refuse}; after three
   * minutes the phone itself does, with 480.
   */
  record Ring() implements Behaviour {}

  /** Rings for {@code after}, then refuses; with no time at all it refuses at once, unrung. */
  record Refuse(int status, Duration after) implements Behaviour {}

  /** Does not react to any request that begins something, as if it were not there. */
  record Silent() implements Behaviour {}

  static Answer answerAfter(Duration ringTime) {
    return new Answer(ringTime, Optional.empty(), false);
  }

  static Answer answer() {
    return answerAfter(Duration.ZERO);
  }

  static Behaviour ring() {
    return new Ring();
  }

  static Behaviour reject() {
    return refuse(603);
  }

  static Behaviour busy() {
    return refuse(486);
  }

  static Behaviour refuse(int status) {
    return new Refuse(status, Duration.ZERO);
  }

  static Behaviour refuseAfter(Duration ringTime, int status) {
    return new Refuse(status, ringTime);
  }

  static Behaviour silent() {
    return new Silent();
  }
}

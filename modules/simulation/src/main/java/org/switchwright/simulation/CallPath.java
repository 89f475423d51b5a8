package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The way that calls take from one data center to another. It fails by itself, whatever the link
 * between the two does: INVITEs get lost there, or are refused. What is up stays up.
 */
final class CallPath {
  private final Agenda agenda;
  private final Dice dice;
  private final Faults faults;
  private boolean calm;
  private boolean refuses;
  private Instant failsUntil = Instant.EPOCH;
  private int failures;

  /**
   * @param every mean time between failures; zero: none
   * @param longest how long one may last
   */
  record Faults(Duration every, Duration longest) {
    static final Faults NONE = new Faults(Duration.ZERO, Duration.ZERO);

    static Faults draw(Dice dice) {
      return dice.chance(0.5)
          ? NONE
          : new Faults(dice.seconds(20, 120), Duration.ofSeconds(dice.pick(List.of(3, 15, 90))));
    }
  }

  /** How an INVITE fares. */
  enum Way {
    OPEN,
    SILENT,
    REFUSING
  }

  CallPath(Agenda agenda, Dice dice, Faults faults) {
    this.agenda = agenda;
    this.dice = dice;
    this.faults = faults;
  }

  int failures() {
    return failures;
  }

  Way way() {
    return !fails() ? Way.OPEN : refuses ? Way.REFUSING : Way.SILENT;
  }

  private boolean fails() {
    return agenda.now().isBefore(failsUntil);
  }

  /** Whether it fails, or did so in the last few moments. */
  boolean failedIn(Duration last) {
    return agenda.now().isBefore(failsUntil.plus(last));
  }

  void calm() {
    calm = true;
    if (fails()) {
      failsUntil = agenda.now();
    }
  }

  void begin() {
    if (faults.every().isZero()) {
      return;
    }
    agenda.in(
        dice.around(faults.every()),
        () -> {
          if (!calm) {
            fail(dice.between(Duration.ofSeconds(1), faults.longest()), dice.chance(0.5));
            begin();
          }
        });
  }

  /**
   * @param refusing whether whoever calls hears of it at once
   */
  void fail(Duration time, boolean refusing) {
    failures++;
    refuses = refusing;
    failsUntil = agenda.now().plus(time);
  }
}

package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;

/** The faults as they strike, until the calm at the end of a run. */
final class Weather {
  private final Faults faults;
  private final Dice dice;
  private boolean calm;
  private Instant cutUntil = Instant.MIN;

  Weather(Faults faults, Dice dice) {
    this.faults = faults;
    this.dice = dice;
  }

  Faults faults() {
    return faults;
  }

  void clear() {
    calm = true;
  }

  /** No message between actors gets through for a while. */
  void cut(Instant now, Duration time) {
    cutUntil = now.plus(time);
  }

  boolean cut(Instant now) {
    return now.isBefore(cutUntil);
  }

  Instant cutUntil() {
    return cutUntil;
  }

  boolean calm() {
    return calm;
  }

  boolean loses() {
    return !calm && dice.chance(faults.lose());
  }

  boolean losesSignal() {
    return !calm && dice.chance(faults.loseSignal());
  }

  boolean doubles() {
    return !calm && dice.chance(faults.twice());
  }

  boolean losesPacket() {
    return !calm && dice.chance(faults.losePacket());
  }

  boolean crashesAtWrite() {
    return !calm && dice.chance(faults.crashAtWrite());
  }

  Duration delay() {
    Duration slowest = calm ? Faults.NONE.slowest() : faults.slowest();
    return dice.between(Duration.ofNanos(200_000), slowest);
  }

  Duration down() {
    return dice.between(Duration.ofMillis(50), faults.longestDown());
  }
}

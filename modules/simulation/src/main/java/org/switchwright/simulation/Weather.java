package org.switchwright.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The faults as they strike, until the calm at the end of a run. */
final class Weather {
  static final Duration SLOWEST_WRITE = Duration.ofSeconds(4);

  private final Faults faults;
  private final Dice dice;
  private boolean calm;
  private Instant cutUntil = Instant.MIN;
  private Instant slowUntil = Instant.MIN;
  private Instant outUntil = Instant.MIN;
  private Instant stoppedUntil = Instant.MIN;
  private boolean hasStopped;
  private final List<Spell> spells;
  private final Faults around;
  private final Agenda agenda;

  /** A time, truly, in which the journal was slow or out, or a whole site. */
  record Spell(Instant from, Instant until) {}

  /**
   * @param around what goes wrong here or wherever else it can be felt here
   * @param agenda by whose clock instants are given
   */
  Weather(Faults faults, Around around, Dice dice, Agenda agenda) {
    this.faults = faults;
    this.around = around.faults();
    this.spells = around.spells();
    this.dice = dice;
    this.agenda = agenda;
  }

  /** What several data centers suffer from together: whoever is judged is judged by all of it. */
  record Around(Faults faults, List<Spell> spells) {
    Around(Faults faults) {
      this(faults, new ArrayList<>());
    }
  }

  /** What those are judged by who may suffer from it. */
  Faults faults() {
    return around;
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

  void slowJournal(Instant now, Duration time) {
    slowUntil = now.plus(time);
    stalls(now, slowUntil.plus(SLOWEST_WRITE));
  }

  void failJournal(Instant now, Duration time) {
    outUntil = now.plus(time);
    stalls(now, outUntil);
  }

  /** Nobody can be blamed for what does not happen in this time. */
  void stalls(Instant from, Instant until) {
    spells.add(new Spell(agenda.truly(from), agenda.truly(until)));
  }

  boolean journalIsOut(Instant now) {
    return !calm && now.isBefore(outUntil);
  }

  /** Nothing runs for a while, and it takes some time until all is as it was. */
  void stop(Instant now, Duration time, Duration recovery) {
    stoppedUntil = now.plus(time);
    hasStopped = true;
    stalls(now, stoppedUntil.plus(recovery));
  }

  /** Whether that ever was so. */
  boolean hasStopped() {
    return hasStopped;
  }

  boolean stopped(Instant now) {
    return now.isBefore(stoppedUntil);
  }

  boolean failsWrite(Instant now) {
    return journalIsOut(now);
  }

  Duration writeTakes(Instant now) {
    if (calm) {
      return Duration.ZERO;
    }
    boolean hangs = now.isBefore(slowUntil) || now.isBefore(outUntil);
    return hangs ? dice.between(Duration.ofMillis(1), SLOWEST_WRITE) : Duration.ZERO;
  }

  /** How long an actor whose write failed waits until it reads the journal. */
  Duration backoff() {
    return dice.millis(200, 2_000);
  }

  /** For how long of the time since then the journal was slow or out, or a whole site. */
  Duration stalledSince(Instant since, Instant now) {
    Duration stalled = Duration.ZERO;
    if (spells.isEmpty()) {
      return stalled;
    }
    Instant begun = agenda.truly(since);
    Instant end = agenda.truly(now);
    for (Spell spell : spells) {
      Instant from = spell.from().isBefore(begun) ? begun : spell.from();
      Instant until = spell.until().isAfter(end) ? end : spell.until();
      if (from.isBefore(until)) {
        stalled = stalled.plus(Duration.between(from, until));
      }
    }
    return stalled;
  }

  Duration delay() {
    Duration slowest = calm ? Faults.NONE.slowest() : faults.slowest();
    return dice.between(Duration.ofNanos(200_000), slowest);
  }

  Duration down() {
    return dice.between(Duration.ofMillis(50), faults.longestDown());
  }
}

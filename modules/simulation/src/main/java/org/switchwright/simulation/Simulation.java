package org.switchwright.simulation;

import java.time.Duration;
import java.util.SortedMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One run: a site with its agents and callers in virtual time, driven by a seed alone. After every
 * step it is checked what was promised; a broken promise ends the run with a {@link Violation}.
 */
public final class Simulation {
  /** After the last arrival: the longest wait, the longest talk, and then everybody is gone. */
  static final Duration PEACE = Duration.ofMinutes(14);

  static final Duration AFTER_WORK = Duration.ofMinutes(4);

  private final long seed;
  private final Agenda agenda = new Agenda();
  private final Scenario scenario;
  private final Trace trace;
  private final DataCenter site;
  private boolean digested;

  Simulation(long seed, Cast cast, @Nullable Scenario given, @Nullable String traced) {
    this.seed = seed;
    Dice dice = new Dice(generator(seed));
    Variety variety = new Variety(seed, new Dice(generator(seed ^ Long.MIN_VALUE)));
    this.scenario = given == null ? variety.of(Scenario.draw(dice)) : given;
    this.trace = new Trace(agenda, traced);
    this.site = new DataCenter(seed, agenda, trace, dice, variety, scenario, cast);
  }

  static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Plays a site, people and faults that are drawn from the seed. */
  public static Report run(long seed) {
    return new Simulation(seed, Cast.REAL, null, null).play();
  }

  /** The same, with a digest of the journal. */
  Simulation digesting() {
    digested = true;
    site.host().journal().keep();
    return this;
  }

  /**
   * What a run was like.
   *
   * @param events how many there were of each kind, by the simple names of their classes
   * @param journal SHA-256 over all events in order, in hexadecimal: the same for the same seed;
   *     empty where it was not asked for
   */
  public record Report(
      long seed,
      Faults faults,
      long calls,
      SortedMap<String, Integer> events,
      long steps,
      Duration simulated,
      String journal) {}

  Report play() {
    try {
      site.begin();
      agenda.stepUntil(scenario.lasts());
      site.calm();
      agenda.stepUntil(scenario.lasts().plus(PEACE));
      site.beforeTheEnd();
      site.retire();
      agenda.stepUntil(scenario.lasts().plus(PEACE).plus(AFTER_WORK));
      site.atTheEnd();
      return new Report(
          seed,
          scenario.faults(),
          site.callers().size(),
          site.host().journal().kinds(),
          agenda.steps(),
          agenda.elapsed(),
          digested ? site.host().journal().digest() : "");
    } catch (RuntimeException e) {
      throw Violation.of(e).seen(seed, agenda, trace);
    }
  }
}

package org.switchwright.server.running;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.switchwright.domain.AgentId;

/**
 * What callers and agents of the demonstration are like: those who speak real SIP, and those of its
 * made-up past. So an estimate that is made of that past comes true.
 */
final class DemonstrationPeople {
  private static final double USUAL_GAP_MS = 4_000;
  private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  private static final double PEAK_HOUR = 14;

  private DemonstrationPeople() {}

  /**
   * How long after a call the next one comes: about four seconds, between half as much and half as
   * much again.
   *
   * @param chance from 0 to 1
   * @param when by the wall clocks of the site that is called
   */
  static Duration untilNextCall(double chance, LocalDateTime when) {
    return Duration.ofMillis(Math.round(USUAL_GAP_MS * (0.5 + chance) / pace(when)));
  }

  /**
   * How many calls come at that time of the week, as a share of the usual: fewer by night and at
   * weekends, but so many that there is always something to see.
   */
  static double pace(LocalDateTime when) {
    double hour = when.getHour() + when.getMinute() / 60.0;
    double byHour = 0.1 * StrictMath.cos((hour - PEAK_HOUR) / 24 * 2 * StrictMath.PI);
    return (WEEKEND.contains(when.getDayOfWeek()) ? 0.9 : 1.05) + byHour;
  }

  /** How long that agent's phone rings: 0.8 to 2.8 s. */
  static Duration ring(AgentId agent) {
    return Duration.ofMillis(800 + own(agent).nextInt(2_000));
  }

  /** How long that agent talks: 8 to 19 s. */
  static Duration talk(AgentId agent) {
    SplittableRandom own = own(agent);
    own.nextInt();
    return Duration.ofSeconds(8 + own.nextInt(12));
  }

  private static SplittableRandom own(AgentId agent) {
    return new SplittableRandom(agent.value().hashCode());
  }

  /**
   * After how long a caller who waits hangs up: 20 to 60 s.
   *
   * @param chance from 0 to 1
   */
  static Duration patience(double chance) {
    return Duration.ofMillis(Math.round(20_000 + 40_000 * chance));
  }
}

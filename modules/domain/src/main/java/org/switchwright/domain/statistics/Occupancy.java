package org.switchwright.domain.statistics;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.switchwright.domain.statistics.Stint.Activity;

/**
 * How busy agents were, as products define it, in percent; unknown for who was not there. What one
 * does counts as logged in, whatever one wants afterwards.
 */
public enum Occupancy {
  /** {@code StatAgentOccupancy}: busy time since login / login time. */
  GENESYS_STAT_AGENT_OCCUPANCY("busy / logged in"),
  /** Percent utilisation. */
  CISCO_PERCENT_UTILIZATION("(talking + wrapping up) / (logged in - not ready)"),
  /** Ringing, talking, hold and after-call work count. */
  AVAYA_OCCUPANCY("(ringing + talking + wrapping up) / (logged in - not ready)");

  private final String formula;

  Occupancy(String formula) {
    this.formula = formula;
  }

  /** 0 to 100; empty where there was no time that counts. */
  public OptionalDouble percent(SortedMap<Activity, Duration> times) {
    long whole = 0;
    long part = 0;
    for (var time : times.entrySet()) {
      long ms = time.getValue().toMillis();
      whole += counts(time.getKey()) ? ms : 0;
      part += busy(time.getKey()) ? ms : 0;
    }
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * part / whole);
  }

  private boolean counts(Activity activity) {
    return switch (activity) {
      case LOGGED_OUT -> false;
      case NOT_READY -> this == GENESYS_STAT_AGENT_OCCUPANCY;
      case NO_STATION,
          READY,
          RESERVED,
          TALKING,
          CONSULTING,
          WRAPPING_UP,
          RESTING,
          UNDER_JUDGEMENT ->
          true;
    };
  }

  private boolean busy(Activity activity) {
    return switch (activity) {
      case TALKING, CONSULTING, WRAPPING_UP -> true;
      case RESERVED -> this != CISCO_PERCENT_UTILIZATION;
      case LOGGED_OUT, NOT_READY, NO_STATION, READY, RESTING, UNDER_JUDGEMENT -> false;
    };
  }

  /** In words. */
  public String formula() {
    return formula;
  }

  /** As people and files name it: {@code avaya-occupancy}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

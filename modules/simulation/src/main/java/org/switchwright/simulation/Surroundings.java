package org.switchwright.simulation;

import java.time.Instant;

/** What every phone and person of a run has in common. */
record Surroundings(
    Agenda agenda, Dice dice, Weather weather, Trace trace, Wire wire, Scenario scenario) {
  Instant now() {
    return agenda.now();
  }
}

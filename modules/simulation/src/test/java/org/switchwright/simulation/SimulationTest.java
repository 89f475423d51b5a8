package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
  @Test
  void shouldServeEveryCallerWhereNothingGoesWrong() {
    Simulation.Report report = new Simulation(1, Cast.REAL, Scenario.small(), null).play();

    assertThat(report.calls()).isPositive();
    assertThat(report.simulated()).isGreaterThan(Duration.ofMinutes(10));
    System.out.println(report);
  }
}

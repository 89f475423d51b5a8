package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.site.SiteEvent;

/**
 * Runs thousands of seeds, each an hour long. One seed alone, with every step that names a call:
 * {@code -Dsimulation.seed=17 -Dsimulation.trace=c42}; a longer soak: {@code
 * -Dsimulation.seeds=20000}.
 */
class SimulationTest {
  static final long SEEDS = Long.getLong("simulation.seeds", 2_000);

  @Test
  void shouldServeEveryCallerWhereNothingGoesWrong() {
    Simulation.Report report = new Simulation(1, Cast.REAL, Scenario.small(), null).play();

    assertThat(report.calls()).isPositive();
    assertThat(report.events())
        .containsEntry("CallArrived", (int) report.calls())
        .containsEntry("CallConnected", (int) report.calls())
        .containsEntry("CallSettled", (int) report.calls());
  }

  @Test
  void shouldLetOneOfManyWinWhereAllAnswerAtTheSameMoment() {
    Simulation.Report report = new Simulation(1, Cast.REAL, Scenario.inChorus(), null).play();

    int calls = (int) report.calls();
    assertThat(report.events())
        .containsEntry("CallConnected", calls)
        .containsEntry("CallSettled", calls);
    assertThat(report.events().get("AnsweredTooLate")).isGreaterThan(calls);
  }

  @Test
  void shouldKeepEveryPromiseWithEverySeed() {
    Long only = Long.getLong("simulation.seed");
    LongStream seeds = only == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(only);
    long begun = System.nanoTime();

    List<Simulation.Report> reports =
        seeds
            .parallel()
            .mapToObj(seed ->
                new Simulation(seed, Cast.REAL, null, System.getProperty("simulation.trace"))
                    .play())
            .toList();

    print(reports, Duration.ofNanos(System.nanoTime() - begun));
    Set<String> met =
        reports.stream()
            .flatMap(report -> report.events().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(only != null || met.containsAll(kinds()))
        .as("each kind of event happens, but only %s did", met)
        .isTrue();
  }

  private static void print(List<Simulation.Report> reports, Duration took) {
    double hours =
        reports.stream().mapToDouble(report -> report.simulated().toSeconds() / 3_600.0).sum();
    System.out.printf(
        "%d seeds, %d calls, %.0f simulated hours in %.1f s: %.1f hours per second%n",
        reports.size(),
        reports.stream().mapToLong(Simulation.Report::calls).sum(),
        hours,
        took.toMillis() / 1_000.0,
        hours * 1_000 / Math.max(1, took.toMillis()));
  }

  /**
   * Conversations are checked after a quarter of an hour, for which nobody here talks; and a site
   * on its own asks no other.
   */
  private static Set<String> kinds() {
    return Stream.of(CallEvent.class, SiteEvent.class, AgentEvent.class)
        .flatMap(sealed -> Arrays.stream(sealed.getPermittedSubclasses()))
        .filter(kind -> !kind.isInterface())
        .map(Class::getSimpleName)
        .filter(name -> !NetworkSimulationTest.KINDS.contains(name))
        .filter(name -> !name.equals("ConversationChecked"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void shouldWriteTheSameJournalForTheSameSeed() {
    for (long seed = 1; seed <= 6; seed++) {
      String first = new Simulation(seed, Cast.REAL, null, null).digesting().play().journal();
      String second = new Simulation(seed, Cast.REAL, null, null).digesting().play().journal();
      String other = new Simulation(-seed, Cast.REAL, null, null).digesting().play().journal();

      assertThat(first).as("seed %d", seed).hasSize(64).isEqualTo(second).isNotEqualTo(other);
    }
  }
}

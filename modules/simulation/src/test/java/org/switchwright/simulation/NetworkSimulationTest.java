package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs thousands of seeds of two or three data centers, as {@link SimulationTest} does of one; with
 * the same properties.
 */
class NetworkSimulationTest {
  /** What only happens where sites look for agents at each other. */
  static final Set<String> KINDS =
      new TreeSet<>(
          Set.of(
              "CallExpected",
              "ExpectationRenewed",
              "ExpectationPlaced",
              "OfferHeld",
              "CallUnneeded",
              "CallEnlisted",
              "EnlistmentTaken",
              "CallDelisted",
              "CallTakenOver",
              "AgentLent",
              "SiteCutOff",
              "SiteRejoined",
              "PathFailed",
              "PathTried",
              "PathFound",
              "RoomAwaited"));

  @Test
  void shouldServeEveryCallerByTheOnlyAgentElsewhere() {
    NetworkSimulation.Report report =
        new NetworkSimulation(1, Cast.REAL, NetworkScenario.small(), null).play();

    // Who is handed on calls once more, and once more where that is too late.
    int relayed = report.met().getOrDefault(Met.ANSWERED_ELSEWHERE, 0);
    int handedOn = report.met().getOrDefault(Met.HANDED_ON, 0);
    int late = report.met().getOrDefault(Met.CAME_LATE, 0);
    assertThat(relayed).isPositive();
    assertThat(handedOn).isPositive();
    assertThat(report.calls()).isEqualTo(relayed + 2L * handedOn + late);
    assertThat(report.met()).doesNotContainKey(Met.TWO_AT_ONCE);
    assertThat(report.events()).containsEntry("CallConnected", 2 * relayed + handedOn);
  }

  @Test
  void shouldKeepEveryPromiseWithEverySeed() {
    Long only = Long.getLong("simulation.seed");
    LongStream seeds =
        only == null ? LongStream.rangeClosed(1, SimulationTest.SEEDS) : LongStream.of(only);
    long begun = System.nanoTime();

    List<NetworkSimulation.Report> reports =
        seeds
            .parallel()
            .mapToObj(seed ->
                new NetworkSimulation(seed, Cast.REAL, null, System.getProperty("simulation.trace"))
                    .play())
            .toList();

    print(reports, Duration.ofNanos(System.nanoTime() - begun));
    Set<String> kinds =
        reports.stream()
            .flatMap(report -> report.events().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Met> met =
        reports.stream()
            .flatMap(report -> report.met().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(only != null || kinds.containsAll(KINDS)).as("%s of %s", kinds, KINDS).isTrue();
    assertThat(only != null || met.size() == Met.values().length)
        .as("all is met, but only %s was", met)
        .isTrue();
  }

  private static void print(List<NetworkSimulation.Report> reports, Duration took) {
    Map<Met, Integer> met = new TreeMap<>();
    reports.forEach(
        report -> report.met().forEach((what, count) -> met.merge(what, count, Integer::sum)));
    System.out.printf(
        "%d networks, %d data centers, %d calls, %s, %d links cut, %d paths failed, %d sites stopped,"
            + " in %.1f s%n",
        reports.size(),
        reports.stream().mapToInt(NetworkSimulation.Report::sites).sum(),
        reports.stream().mapToLong(NetworkSimulation.Report::calls).sum(),
        met,
        reports.stream().mapToInt(NetworkSimulation.Report::cuts).sum(),
        reports.stream().mapToInt(NetworkSimulation.Report::failures).sum(),
        reports.stream().mapToInt(NetworkSimulation.Report::stops).sum(),
        took.toMillis() / 1_000.0);
  }

  @Test
  void shouldWriteTheSameJournalsForTheSameSeed() {
    for (long seed = 1; seed <= 6; seed++) {
      String first = digest(seed);

      assertThat(first)
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(digest(seed))
          .isNotEqualTo(digest(-seed));
    }
  }

  private static String digest(long seed) {
    return new NetworkSimulation(seed, Cast.REAL, null, null).digesting().play().journal();
  }
}

package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;
import org.switchwright.simulation.PlantedBugsTest.Planted;

/** As {@link PlantedBugsTest}, of what sites do for each other. */
class NetworkPlantedBugsTest {
  static Stream<Planted> bugs() {
    return Stream.of(
        new Planted(
            "two agents: the others are kept looking, and one is taken for a call that rings",
            () -> site(new SpoiltEnlisting.LendsToWhoRings()),
            Set.of(
                "an agent is lent for a call that waits for anybody",
                "nobody is expected who does not wait")),
        new Planted(
            "nobody is told that a call is not to be expected any more",
            () -> site(new SpoiltEnlisting.TellsNobody()),
            Set.of("nobody is expected who does not wait")),
        new Planted(
            "a lent agent is kept",
            () -> site(new SpoiltEnlisting.NeverReturns()),
            Set.of(
                "an agent is lent for as long as there is a call",
                "call and agent agree at the site")),
        new Planted(
            "an enlistment is not renewed",
            () -> site(new SpoiltEnlisting.NeverRenews()),
            Set.of("who waits does so at each site that is asked")),
        new Planted(
            "whoever is expected is counted",
            () -> site(new SpoiltEnlisting.CountsTheExpected()),
            Set.of("nobody is lost")),
        new Planted(
            "lost place: whoever comes back from another site is put last",
            () -> site(new SpoiltEnlisting.PutsLastWhoComesBack()),
            Set.of("the place is kept")),
        new Planted(
            "an agent is blamed for a caller who did not come",
            () -> site(new SpoiltEnlisting.BlamesWhoIsHeld()),
            Set.of(
                "a site believes only what the call says",
                "who is held for a caller of another site comes to no harm")),
        new Planted(
            "whoever is on the way there is forgotten when the enlistment is confirmed again",
            () -> site(new SpoiltEnlisting.ForgetsWhomItSends()),
            Set.of(
                "nobody is forgotten who is on the way", "who is sent to a lent agent gets there")),
        new Planted(
            "an agent who has sent a caller on is not taken again",
            () -> site(new SpoiltEnlisting.TakesNobodyTwice()),
            Set.of("no agent is held for one who does not come")),
        new Planted(
            "an agent rings before the caller has come",
            () -> call(new SpoiltExpecting.RingsAtOnce()),
            Set.of("no phone rings for nobody", "no agent is left in a dead dialog")),
        new Planted(
            "nobody hears that a call is not to be expected any more",
            () -> call(new SpoiltExpecting.IgnoresForget()),
            Set.of("nobody is expected who does not wait")),
        new Planted(
            "a call is expected for longer than anybody speaks of it",
            () -> call(new SpoiltExpecting.ExpectsForLong()),
            Set.of("who is not spoken of any more is forgotten")),
        new Planted(
            "wrong place: whoever is expected comes last",
            () -> call(new SpoiltExpecting.ForgetsTheWait()),
            Set.of("the place is kept elsewhere")),
        new Planted(
            "wrong place: whoever is expected has waited for longer than is true",
            () -> call(new SpoiltExpecting.ClaimsMore()),
            Set.of("the place is kept elsewhere")),
        new Planted(
            "a caller who was not answered waits at the other site",
            () -> call(new SpoiltExpecting.KeepsTheCaller()),
            Set.of("whoever is not answered elsewhere waits at home")),
        new Planted(
            "an agent is lent twice, by two offers",
            () -> monitor(new SpoiltExpecting.LendsTwice()),
            Set.of(
                "who is lent works for that call",
                "nobody is forgotten who is on the way",
                "who is sent to a lent agent gets there")),
        new Planted(
            "an agent is lent once, whether that is heard or not",
            () -> monitor(new SpoiltExpecting.LendsOnce()),
            Set.of("no agent is held for one who does not come")));
  }

  private static Cast call(Aggregate<Call.Command, CallEvent, CallState> spoilt) {
    return new Cast(spoilt, Site.AGGREGATE, Agent.AGGREGATE);
  }

  private static Cast site(Aggregate<Site.Command, SiteEvent, SiteState> spoilt) {
    return new Cast(Call.AGGREGATE, spoilt, Agent.AGGREGATE);
  }

  private static Cast monitor(Aggregate<SiteMonitor.Command, MonitorEvent, MonitorState> spoilt) {
    return new Cast(Call.AGGREGATE, Site.AGGREGATE, Agent.AGGREGATE, spoilt, Cast.HostFault.NONE);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void shouldFindPlantedBug(Planted bug) {
    Optional<Violation> found =
        LongStream.rangeClosed(1, SimulationTest.SEEDS)
            .mapToObj(seed -> broken(seed, bug.cast().get()))
            .flatMap(Optional::stream)
            .findFirst();

    assertThat(found).as("a seed of %d that finds it", SimulationTest.SEEDS).isPresent();
    assertThat(bug.promises()).as(found.get().getMessage()).contains(found.get().promise());
  }

  private static Optional<Violation> broken(long seed, Cast cast) {
    try {
      new NetworkSimulation(seed, cast, null, null).play();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(violation);
    }
  }
}

package org.switchwright.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.switchwright.domain.Aggregate;
import org.switchwright.domain.SiteId;
import org.switchwright.domain.agent.Agent;
import org.switchwright.domain.agent.AgentEvent;
import org.switchwright.domain.agent.AgentState;
import org.switchwright.domain.call.Call;
import org.switchwright.domain.call.CallEvent;
import org.switchwright.domain.call.CallState;
import org.switchwright.domain.network.MonitorEvent;
import org.switchwright.domain.network.MonitorState;
import org.switchwright.domain.network.SiteMonitor;
import org.switchwright.domain.site.Site;
import org.switchwright.domain.site.SiteEvent;
import org.switchwright.domain.site.SiteState;

/** A bug, and the promises of which it must break one. */
record Planted(String name, Supplier<Cast> cast, Set<String> promises) {
  @Override
  public String toString() {
    return name;
  }

  static Cast call(Aggregate<Call.Command, CallEvent, CallState> spoilt) {
    return new Cast(spoilt, new EstimatingSite(), Agent.AGGREGATE);
  }

  static Cast site(Aggregate<Site.Command, SiteEvent, SiteState> spoilt) {
    return new Cast(Call.AGGREGATE, spoilt, Agent.AGGREGATE);
  }

  static Cast agent(Aggregate<Agent.Command, AgentEvent, AgentState> spoilt) {
    return new Cast(Call.AGGREGATE, new EstimatingSite(), spoilt);
  }

  static Cast host(Cast.HostFault fault) {
    return new Cast(Call.AGGREGATE, new EstimatingSite(), Agent.AGGREGATE, fault);
  }

  static Cast monitor(
      Function<SiteId, Aggregate<SiteMonitor.Command, MonitorEvent, MonitorState>> spoilt) {
    return new Cast(
        Call.AGGREGATE, new EstimatingSite(), Agent.AGGREGATE, spoilt, Cast.HostFault.NONE);
  }

  /**
   * Plays seed after seed until one finds the bug.
   *
   * @param play a run of a seed with the bug
   */
  void mustBeFound(BiConsumer<Long, Cast> play) {
    Optional<Violation> found =
        LongStream.rangeClosed(1, SimulationTest.SEEDS)
            .mapToObj(seed -> broken(() -> play.accept(seed, cast.get())))
            .flatMap(Optional::stream)
            .findFirst();

    assertThat(found).as("a seed of %d that finds it", SimulationTest.SEEDS).isPresent();
    assertThat(promises).as(found.get().getMessage()).contains(found.get().promise());
  }

  private static Optional<Violation> broken(Runnable run) {
    try {
      run.run();
      return Optional.empty();
    } catch (Violation violation) {
      return Optional.of(violation);
    }
  }
}
